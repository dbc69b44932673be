using System;
using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec3s : IVec<Vec3s, short>
{
    public short Item0;
    public short Item1;
    public short Item2;

    public Vec3s(short item0, short item1, short item2) => (Item0, Item1, Item2) = (item0, item1, item2);

    public readonly void Deconstruct(out short item0, out short item1, out short item2) =>
        (item0, item1, item2) = (Item0, Item1, Item2);

    public readonly Vec3s Add(Vec3s other) => new(Saturate.ToInt16(Item0 + other.Item0), Saturate.ToInt16(Item1 + other.Item1), Saturate.ToInt16(Item2 + other.Item2));
    public readonly Vec3s Subtract(Vec3s other) => new(Saturate.ToInt16(Item0 - other.Item0), Saturate.ToInt16(Item1 - other.Item1), Saturate.ToInt16(Item2 - other.Item2));
    public readonly Vec3s Multiply(double alpha) => new(Saturate.ToInt16(Item0 * alpha), Saturate.ToInt16(Item1 * alpha), Saturate.ToInt16(Item2 * alpha));
    public readonly Vec3s Divide(double alpha) => new(Saturate.ToInt16(Item0 / alpha), Saturate.ToInt16(Item1 / alpha), Saturate.ToInt16(Item2 / alpha));

    public static Vec3s operator +(Vec3s a, Vec3s b) => a.Add(b);
    public static Vec3s operator -(Vec3s a, Vec3s b) => a.Subtract(b);
    public static Vec3s operator *(Vec3s a, double alpha) => a.Multiply(alpha);
    public static Vec3s operator /(Vec3s a, double alpha) => a.Divide(alpha);

    public short this[int i]
    {
        readonly get => i switch
        {
            0 => Item0,
            1 => Item1,
            2 => Item2,
            _ => throw new ArgumentOutOfRangeException(nameof(i)),
        };
        set
        {
            switch (i)
            {
                case 0: Item0 = value; break;
                case 1: Item1 = value; break;
                case 2: Item2 = value; break;
                default: throw new ArgumentOutOfRangeException(nameof(i));
            }
        }
    }
}
