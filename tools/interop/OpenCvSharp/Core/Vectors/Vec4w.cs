using System;
using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec4w : IVec<Vec4w, ushort>
{
    public ushort Item0;
    public ushort Item1;
    public ushort Item2;
    public ushort Item3;

    public Vec4w(ushort item0, ushort item1, ushort item2, ushort item3) => (Item0, Item1, Item2, Item3) = (item0, item1, item2, item3);

    public readonly void Deconstruct(out ushort item0, out ushort item1, out ushort item2, out ushort item3) =>
        (item0, item1, item2, item3) = (Item0, Item1, Item2, Item3);

    public readonly Vec4w Add(Vec4w other) => new(Saturate.ToUInt16(Item0 + other.Item0), Saturate.ToUInt16(Item1 + other.Item1), Saturate.ToUInt16(Item2 + other.Item2), Saturate.ToUInt16(Item3 + other.Item3));
    public readonly Vec4w Subtract(Vec4w other) => new(Saturate.ToUInt16(Item0 - other.Item0), Saturate.ToUInt16(Item1 - other.Item1), Saturate.ToUInt16(Item2 - other.Item2), Saturate.ToUInt16(Item3 - other.Item3));
    public readonly Vec4w Multiply(double alpha) => new(Saturate.ToUInt16(Item0 * alpha), Saturate.ToUInt16(Item1 * alpha), Saturate.ToUInt16(Item2 * alpha), Saturate.ToUInt16(Item3 * alpha));
    public readonly Vec4w Divide(double alpha) => new(Saturate.ToUInt16(Item0 / alpha), Saturate.ToUInt16(Item1 / alpha), Saturate.ToUInt16(Item2 / alpha), Saturate.ToUInt16(Item3 / alpha));

    public static Vec4w operator +(Vec4w a, Vec4w b) => a.Add(b);
    public static Vec4w operator -(Vec4w a, Vec4w b) => a.Subtract(b);
    public static Vec4w operator *(Vec4w a, double alpha) => a.Multiply(alpha);
    public static Vec4w operator /(Vec4w a, double alpha) => a.Divide(alpha);

    public ushort this[int i]
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
