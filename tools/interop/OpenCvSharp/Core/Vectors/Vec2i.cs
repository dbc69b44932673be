using System;
using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec2i : IVec<Vec2i, int>
{
    public int Item0;
    public int Item1;

    public Vec2i(int item0, int item1) => (Item0, Item1) = (item0, item1);

    public readonly void Deconstruct(out int item0, out int item1) =>
        (item0, item1) = (Item0, Item1);

    public readonly Vec2i Add(Vec2i other) => new(Saturate.ToInt32((long)Item0 + other.Item0), Saturate.ToInt32((long)Item1 + other.Item1));
    public readonly Vec2i Subtract(Vec2i other) => new(Saturate.ToInt32((long)Item0 - other.Item0), Saturate.ToInt32((long)Item1 - other.Item1));
    public readonly Vec2i Multiply(double alpha) => new(Saturate.ToInt32(Item0 * alpha), Saturate.ToInt32(Item1 * alpha));
    public readonly Vec2i Divide(double alpha) => new(Saturate.ToInt32(Item0 / alpha), Saturate.ToInt32(Item1 / alpha));

    public static Vec2i operator +(Vec2i a, Vec2i b) => a.Add(b);
    public static Vec2i operator -(Vec2i a, Vec2i b) => a.Subtract(b);
    public static Vec2i operator *(Vec2i a, double alpha) => a.Multiply(alpha);
    public static Vec2i operator /(Vec2i a, double alpha) => a.Divide(alpha);

    public int this[int i]
    {
        readonly get => i switch
        {
            0 => Item0,
            1 => Item1,
            _ => throw new ArgumentOutOfRangeException(nameof(i)),
        };
        set
        {
            switch (i)
            {
                case 0: Item0 = value; break;
                case 1: Item1 = value; break;
                default: throw new ArgumentOutOfRangeException(nameof(i));
            }
        }
    }
}
