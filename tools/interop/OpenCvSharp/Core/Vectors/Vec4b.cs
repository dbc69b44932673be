using System;
using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec4b : IVec<Vec4b, byte>
{
    public byte Item0;
    public byte Item1;
    public byte Item2;
    public byte Item3;

    public Vec4b(byte item0, byte item1, byte item2, byte item3) => (Item0, Item1, Item2, Item3) = (item0, item1, item2, item3);

    public readonly void Deconstruct(out byte item0, out byte item1, out byte item2, out byte item3) =>
        (item0, item1, item2, item3) = (Item0, Item1, Item2, Item3);

    public readonly Vec4b Add(Vec4b other) => new(Saturate.ToByte(Item0 + other.Item0), Saturate.ToByte(Item1 + other.Item1), Saturate.ToByte(Item2 + other.Item2), Saturate.ToByte(Item3 + other.Item3));
    public readonly Vec4b Subtract(Vec4b other) => new(Saturate.ToByte(Item0 - other.Item0), Saturate.ToByte(Item1 - other.Item1), Saturate.ToByte(Item2 - other.Item2), Saturate.ToByte(Item3 - other.Item3));
    public readonly Vec4b Multiply(double alpha) => new(Saturate.ToByte(Item0 * alpha), Saturate.ToByte(Item1 * alpha), Saturate.ToByte(Item2 * alpha), Saturate.ToByte(Item3 * alpha));
    public readonly Vec4b Divide(double alpha) => new(Saturate.ToByte(Item0 / alpha), Saturate.ToByte(Item1 / alpha), Saturate.ToByte(Item2 / alpha), Saturate.ToByte(Item3 / alpha));

    public static Vec4b operator +(Vec4b a, Vec4b b) => a.Add(b);
    public static Vec4b operator -(Vec4b a, Vec4b b) => a.Subtract(b);
    public static Vec4b operator *(Vec4b a, double alpha) => a.Multiply(alpha);
    public static Vec4b operator /(Vec4b a, double alpha) => a.Divide(alpha);

    public byte this[int i]
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
