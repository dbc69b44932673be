using System;
using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec4f : IVec<Vec4f, float>
{
    public float Item0;
    public float Item1;
    public float Item2;
    public float Item3;

    public Vec4f(float item0, float item1, float item2, float item3) => (Item0, Item1, Item2, Item3) = (item0, item1, item2, item3);

    public readonly void Deconstruct(out float item0, out float item1, out float item2, out float item3) =>
        (item0, item1, item2, item3) = (Item0, Item1, Item2, Item3);

    public readonly Vec4f Add(Vec4f other) => new(Item0 + other.Item0, Item1 + other.Item1, Item2 + other.Item2, Item3 + other.Item3);
    public readonly Vec4f Subtract(Vec4f other) => new(Item0 - other.Item0, Item1 - other.Item1, Item2 - other.Item2, Item3 - other.Item3);
    public readonly Vec4f Multiply(double alpha) => new((float)(Item0 * alpha), (float)(Item1 * alpha), (float)(Item2 * alpha), (float)(Item3 * alpha));
    public readonly Vec4f Divide(double alpha) => new((float)(Item0 / alpha), (float)(Item1 / alpha), (float)(Item2 / alpha), (float)(Item3 / alpha));

    public static Vec4f operator +(Vec4f a, Vec4f b) => a.Add(b);
    public static Vec4f operator -(Vec4f a, Vec4f b) => a.Subtract(b);
    public static Vec4f operator *(Vec4f a, double alpha) => a.Multiply(alpha);
    public static Vec4f operator /(Vec4f a, double alpha) => a.Divide(alpha);

    public float this[int i]
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
