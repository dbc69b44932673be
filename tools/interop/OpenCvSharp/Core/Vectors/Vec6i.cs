using System;
using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec6i : IVec<Vec6i, int>
{
    public int Item0;
    public int Item1;
    public int Item2;
    public int Item3;
    public int Item4;
    public int Item5;

    public Vec6i(int item0, int item1, int item2, int item3, int item4, int item5) => (Item0, Item1, Item2, Item3, Item4, Item5) = (item0, item1, item2, item3, item4, item5);

    public readonly void Deconstruct(out int item0, out int item1, out int item2, out int item3, out int item4, out int item5) =>
        (item0, item1, item2, item3, item4, item5) = (Item0, Item1, Item2, Item3, Item4, Item5);

    public readonly Vec6i Add(Vec6i other) => new(Saturate.ToInt32((long)Item0 + other.Item0), Saturate.ToInt32((long)Item1 + other.Item1), Saturate.ToInt32((long)Item2 + other.Item2), Saturate.ToInt32((long)Item3 + other.Item3), Saturate.ToInt32((long)Item4 + other.Item4), Saturate.ToInt32((long)Item5 + other.Item5));
    public readonly Vec6i Subtract(Vec6i other) => new(Saturate.ToInt32((long)Item0 - other.Item0), Saturate.ToInt32((long)Item1 - other.Item1), Saturate.ToInt32((long)Item2 - other.Item2), Saturate.ToInt32((long)Item3 - other.Item3), Saturate.ToInt32((long)Item4 - other.Item4), Saturate.ToInt32((long)Item5 - other.Item5));
    public readonly Vec6i Multiply(double alpha) => new(Saturate.ToInt32(Item0 * alpha), Saturate.ToInt32(Item1 * alpha), Saturate.ToInt32(Item2 * alpha), Saturate.ToInt32(Item3 * alpha), Saturate.ToInt32(Item4 * alpha), Saturate.ToInt32(Item5 * alpha));
    public readonly Vec6i Divide(double alpha) => new(Saturate.ToInt32(Item0 / alpha), Saturate.ToInt32(Item1 / alpha), Saturate.ToInt32(Item2 / alpha), Saturate.ToInt32(Item3 / alpha), Saturate.ToInt32(Item4 / alpha), Saturate.ToInt32(Item5 / alpha));

    public static Vec6i operator +(Vec6i a, Vec6i b) => a.Add(b);
    public static Vec6i operator -(Vec6i a, Vec6i b) => a.Subtract(b);
    public static Vec6i operator *(Vec6i a, double alpha) => a.Multiply(alpha);
    public static Vec6i operator /(Vec6i a, double alpha) => a.Divide(alpha);

    public int this[int i]
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
