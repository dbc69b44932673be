using System;
using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec6d : IVec<Vec6d, double>
{
    public double Item0;
    public double Item1;
    public double Item2;
    public double Item3;
    public double Item4;
    public double Item5;

    public Vec6d(double item0, double item1, double item2, double item3, double item4, double item5) => (Item0, Item1, Item2, Item3, Item4, Item5) = (item0, item1, item2, item3, item4, item5);

    public readonly void Deconstruct(out double item0, out double item1, out double item2, out double item3, out double item4, out double item5) =>
        (item0, item1, item2, item3, item4, item5) = (Item0, Item1, Item2, Item3, Item4, Item5);

    public readonly Vec6d Add(Vec6d other) => new(Item0 + other.Item0, Item1 + other.Item1, Item2 + other.Item2, Item3 + other.Item3, Item4 + other.Item4, Item5 + other.Item5);
    public readonly Vec6d Subtract(Vec6d other) => new(Item0 - other.Item0, Item1 - other.Item1, Item2 - other.Item2, Item3 - other.Item3, Item4 - other.Item4, Item5 - other.Item5);
    public readonly Vec6d Multiply(double alpha) => new(Item0 * alpha, Item1 * alpha, Item2 * alpha, Item3 * alpha, Item4 * alpha, Item5 * alpha);
    public readonly Vec6d Divide(double alpha) => new(Item0 / alpha, Item1 / alpha, Item2 / alpha, Item3 / alpha, Item4 / alpha, Item5 / alpha);

    public static Vec6d operator +(Vec6d a, Vec6d b) => a.Add(b);
    public static Vec6d operator -(Vec6d a, Vec6d b) => a.Subtract(b);
    public static Vec6d operator *(Vec6d a, double alpha) => a.Multiply(alpha);
    public static Vec6d operator /(Vec6d a, double alpha) => a.Divide(alpha);

    public double this[int i]
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
