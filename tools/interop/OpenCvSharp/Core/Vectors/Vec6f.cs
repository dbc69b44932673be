using System;
using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec6f : IVec<Vec6f, float>
{
    public float Item0;
    public float Item1;
    public float Item2;
    public float Item3;
    public float Item4;
    public float Item5;

    public Vec6f(float item0, float item1, float item2, float item3, float item4, float item5) => (Item0, Item1, Item2, Item3, Item4, Item5) = (item0, item1, item2, item3, item4, item5);

    public readonly void Deconstruct(out float item0, out float item1, out float item2, out float item3, out float item4, out float item5) =>
        (item0, item1, item2, item3, item4, item5) = (Item0, Item1, Item2, Item3, Item4, Item5);

    public readonly Vec6f Add(Vec6f other) => new(Item0 + other.Item0, Item1 + other.Item1, Item2 + other.Item2, Item3 + other.Item3, Item4 + other.Item4, Item5 + other.Item5);
    public readonly Vec6f Subtract(Vec6f other) => new(Item0 - other.Item0, Item1 - other.Item1, Item2 - other.Item2, Item3 - other.Item3, Item4 - other.Item4, Item5 - other.Item5);
    public readonly Vec6f Multiply(double alpha) => new((float)(Item0 * alpha), (float)(Item1 * alpha), (float)(Item2 * alpha), (float)(Item3 * alpha), (float)(Item4 * alpha), (float)(Item5 * alpha));
    public readonly Vec6f Divide(double alpha) => new((float)(Item0 / alpha), (float)(Item1 / alpha), (float)(Item2 / alpha), (float)(Item3 / alpha), (float)(Item4 / alpha), (float)(Item5 / alpha));

    public static Vec6f operator +(Vec6f a, Vec6f b) => a.Add(b);
    public static Vec6f operator -(Vec6f a, Vec6f b) => a.Subtract(b);
    public static Vec6f operator *(Vec6f a, double alpha) => a.Multiply(alpha);
    public static Vec6f operator /(Vec6f a, double alpha) => a.Divide(alpha);

    public float this[int i]
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
