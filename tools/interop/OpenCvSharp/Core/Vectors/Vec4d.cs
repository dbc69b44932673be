using System;
using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec4d : IVec<Vec4d, double>
{
    public double Item0;
    public double Item1;
    public double Item2;
    public double Item3;

    public Vec4d(double item0, double item1, double item2, double item3) => (Item0, Item1, Item2, Item3) = (item0, item1, item2, item3);

    public readonly void Deconstruct(out double item0, out double item1, out double item2, out double item3) =>
        (item0, item1, item2, item3) = (Item0, Item1, Item2, Item3);

    public readonly Vec4d Add(Vec4d other) => new(Item0 + other.Item0, Item1 + other.Item1, Item2 + other.Item2, Item3 + other.Item3);
    public readonly Vec4d Subtract(Vec4d other) => new(Item0 - other.Item0, Item1 - other.Item1, Item2 - other.Item2, Item3 - other.Item3);
    public readonly Vec4d Multiply(double alpha) => new(Item0 * alpha, Item1 * alpha, Item2 * alpha, Item3 * alpha);
    public readonly Vec4d Divide(double alpha) => new(Item0 / alpha, Item1 / alpha, Item2 / alpha, Item3 / alpha);

    public static Vec4d operator +(Vec4d a, Vec4d b) => a.Add(b);
    public static Vec4d operator -(Vec4d a, Vec4d b) => a.Subtract(b);
    public static Vec4d operator *(Vec4d a, double alpha) => a.Multiply(alpha);
    public static Vec4d operator /(Vec4d a, double alpha) => a.Divide(alpha);

    public double this[int i]
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
