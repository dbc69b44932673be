using System;
using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec4s : IVec<Vec4s, short>
{
    public short Item0;
    public short Item1;
    public short Item2;
    public short Item3;

    public Vec4s(short item0, short item1, short item2, short item3) => (Item0, Item1, Item2, Item3) = (item0, item1, item2, item3);

    public readonly void Deconstruct(out short item0, out short item1, out short item2, out short item3) =>
        (item0, item1, item2, item3) = (Item0, Item1, Item2, Item3);

    public readonly Vec4s Add(Vec4s other) => new(Saturate.ToInt16(Item0 + other.Item0), Saturate.ToInt16(Item1 + other.Item1), Saturate.ToInt16(Item2 + other.Item2), Saturate.ToInt16(Item3 + other.Item3));
    public readonly Vec4s Subtract(Vec4s other) => new(Saturate.ToInt16(Item0 - other.Item0), Saturate.ToInt16(Item1 - other.Item1), Saturate.ToInt16(Item2 - other.Item2), Saturate.ToInt16(Item3 - other.Item3));
    public readonly Vec4s Multiply(double alpha) => new(Saturate.ToInt16(Item0 * alpha), Saturate.ToInt16(Item1 * alpha), Saturate.ToInt16(Item2 * alpha), Saturate.ToInt16(Item3 * alpha));
    public readonly Vec4s Divide(double alpha) => new(Saturate.ToInt16(Item0 / alpha), Saturate.ToInt16(Item1 / alpha), Saturate.ToInt16(Item2 / alpha), Saturate.ToInt16(Item3 / alpha));

    public static Vec4s operator +(Vec4s a, Vec4s b) => a.Add(b);
    public static Vec4s operator -(Vec4s a, Vec4s b) => a.Subtract(b);
    public static Vec4s operator *(Vec4s a, double alpha) => a.Multiply(alpha);
    public static Vec4s operator /(Vec4s a, double alpha) => a.Divide(alpha);

    public short this[int i]
    {
        readonly get => i switch
        {
            0 => Item0,
            1 => Item1,
            2 => Item2,
            3 => Item3,
            _ => throw new ArgumentOutOfRangeException(nameof(i)),
        };
        set
        {
            switch (i)
            {
                case 0: Item0 = value; break;
                case 1: Item1 = value; break;
                case 2: Item2 = value; break;
                case 3: Item3 = value; break;
                default: throw new ArgumentOutOfRangeException(nameof(i));
            }
        }
    }
}
