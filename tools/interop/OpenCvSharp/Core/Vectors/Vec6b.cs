using System;
using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec6b : IVec<Vec6b, byte>
{
    public byte Item0;
    public byte Item1;
    public byte Item2;
    public byte Item3;
    public byte Item4;
    public byte Item5;

    public Vec6b(byte item0, byte item1, byte item2, byte item3, byte item4, byte item5) => (Item0, Item1, Item2, Item3, Item4, Item5) = (item0, item1, item2, item3, item4, item5);

    public readonly void Deconstruct(out byte item0, out byte item1, out byte item2, out byte item3, out byte item4, out byte item5) =>
        (item0, item1, item2, item3, item4, item5) = (Item0, Item1, Item2, Item3, Item4, Item5);

    public readonly Vec6b Add(Vec6b other) => new(Saturate.ToByte(Item0 + other.Item0), Saturate.ToByte(Item1 + other.Item1), Saturate.ToByte(Item2 + other.Item2), Saturate.ToByte(Item3 + other.Item3), Saturate.ToByte(Item4 + other.Item4), Saturate.ToByte(Item5 + other.Item5));
    public readonly Vec6b Subtract(Vec6b other) => new(Saturate.ToByte(Item0 - other.Item0), Saturate.ToByte(Item1 - other.Item1), Saturate.ToByte(Item2 - other.Item2), Saturate.ToByte(Item3 - other.Item3), Saturate.ToByte(Item4 - other.Item4), Saturate.ToByte(Item5 - other.Item5));
    public readonly Vec6b Multiply(double alpha) => new(Saturate.ToByte(Item0 * alpha), Saturate.ToByte(Item1 * alpha), Saturate.ToByte(Item2 * alpha), Saturate.ToByte(Item3 * alpha), Saturate.ToByte(Item4 * alpha), Saturate.ToByte(Item5 * alpha));
    public readonly Vec6b Divide(double alpha) => new(Saturate.ToByte(Item0 / alpha), Saturate.ToByte(Item1 / alpha), Saturate.ToByte(Item2 / alpha), Saturate.ToByte(Item3 / alpha), Saturate.ToByte(Item4 / alpha), Saturate.ToByte(Item5 / alpha));

    public static Vec6b operator +(Vec6b a, Vec6b b) => a.Add(b);
    public static Vec6b operator -(Vec6b a, Vec6b b) => a.Subtract(b);
    public static Vec6b operator *(Vec6b a, double alpha) => a.Multiply(alpha);
    public static Vec6b operator /(Vec6b a, double alpha) => a.Divide(alpha);

    public byte this[int i]
    {
        readonly get => i switch
        {
            0 => Item0,
            1 => Item1,
            2 => Item2,
            3 => Item3,
            4 => Item4,
            5 => Item5,
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
                case 4: Item4 = value; break;
                case 5: Item5 = value; break;
                default: throw new ArgumentOutOfRangeException(nameof(i));
            }
        }
    }
}
