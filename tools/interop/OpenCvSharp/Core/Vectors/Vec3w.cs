using System;
using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec3w : IVec<Vec3w, ushort>
{
    public ushort Item0;
    public ushort Item1;
    public ushort Item2;

    public Vec3w(ushort item0, ushort item1, ushort item2) => (Item0, Item1, Item2) = (item0, item1, item2);

    public readonly void Deconstruct(out ushort item0, out ushort item1, out ushort item2) =>
        (item0, item1, item2) = (Item0, Item1, Item2);

    public readonly Vec3w Add(Vec3w other) => new(Saturate.ToUInt16(Item0 + other.Item0), Saturate.ToUInt16(Item1 + other.Item1), Saturate.ToUInt16(Item2 + other.Item2));
    public readonly Vec3w Subtract(Vec3w other) => new(Saturate.ToUInt16(Item0 - other.Item0), Saturate.ToUInt16(Item1 - other.Item1), Saturate.ToUInt16(Item2 - other.Item2));
    public readonly Vec3w Multiply(double alpha) => new(Saturate.ToUInt16(Item0 * alpha), Saturate.ToUInt16(Item1 * alpha), Saturate.ToUInt16(Item2 * alpha));
    public readonly Vec3w Divide(double alpha) => new(Saturate.ToUInt16(Item0 / alpha), Saturate.ToUInt16(Item1 / alpha), Saturate.ToUInt16(Item2 / alpha));

    public static Vec3w operator +(Vec3w a, Vec3w b) => a.Add(b);
    public static Vec3w operator -(Vec3w a, Vec3w b) => a.Subtract(b);
    public static Vec3w operator *(Vec3w a, double alpha) => a.Multiply(alpha);
    public static Vec3w operator /(Vec3w a, double alpha) => a.Divide(alpha);

    public ushort this[int i]
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
