using System;
using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec2d : IVec<Vec2d, double>
{
    public double Item0;
    public double Item1;

    public Vec2d(double item0, double item1) => (Item0, Item1) = (item0, item1);

    public readonly void Deconstruct(out double item0, out double item1) =>
        (item0, item1) = (Item0, Item1);

    public readonly Vec2d Add(Vec2d other) => new(Item0 + other.Item0, Item1 + other.Item1);
    public readonly Vec2d Subtract(Vec2d other) => new(Item0 - other.Item0, Item1 - other.Item1);
    public readonly Vec2d Multiply(double alpha) => new(Item0 * alpha, Item1 * alpha);
    public readonly Vec2d Divide(double alpha) => new(Item0 / alpha, Item1 / alpha);

    public static Vec2d operator +(Vec2d a, Vec2d b) => a.Add(b);
    public static Vec2d operator -(Vec2d a, Vec2d b) => a.Subtract(b);
    public static Vec2d operator *(Vec2d a, double alpha) => a.Multiply(alpha);
    public static Vec2d operator /(Vec2d a, double alpha) => a.Divide(alpha);

    public double this[int i]
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
