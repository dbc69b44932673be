using System;
using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec4i : IVec<Vec4i, int>
{
    public int Item0;
    public int Item1;
    public int Item2;
    public int Item3;

    public Vec4i(int item0, int item1, int item2, int item3) => (Item0, Item1, Item2, Item3) = (item0, item1, item2, item3);

    public readonly void Deconstruct(out int item0, out int item1, out int item2, out int item3) =>
        (item0, item1, item2, item3) = (Item0, Item1, Item2, Item3);

    public readonly Vec4i Add(Vec4i other) => new(Saturate.ToInt32((long)Item0 + other.Item0), Saturate.ToInt32((long)Item1 + other.Item1), Saturate.ToInt32((long)Item2 + other.Item2), Saturate.ToInt32((long)Item3 + other.Item3));
    public readonly Vec4i Subtract(Vec4i other) => new(Saturate.ToInt32((long)Item0 - other.Item0), Saturate.ToInt32((long)Item1 - other.Item1), Saturate.ToInt32((long)Item2 - other.Item2), Saturate.ToInt32((long)Item3 - other.Item3));
    public readonly Vec4i Multiply(double alpha) => new(Saturate.ToInt32(Item0 * alpha), Saturate.ToInt32(Item1 * alpha), Saturate.ToInt32(Item2 * alpha), Saturate.ToInt32(Item3 * alpha));
    public readonly Vec4i Divide(double alpha) => new(Saturate.ToInt32(Item0 / alpha), Saturate.ToInt32(Item1 / alpha), Saturate.ToInt32(Item2 / alpha), Saturate.ToInt32(Item3 / alpha));

    public static Vec4i operator +(Vec4i a, Vec4i b) => a.Add(b);
    public static Vec4i operator -(Vec4i a, Vec4i b) => a.Subtract(b);
    public static Vec4i operator *(Vec4i a, double alpha) => a.Multiply(alpha);
    public static Vec4i operator /(Vec4i a, double alpha) => a.Divide(alpha);

    public int this[int i]
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
