using System;
using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec3f : IVec<Vec3f, float>
{
    public float Item0;
    public float Item1;
    public float Item2;

    public Vec3f(float item0, float item1, float item2) => (Item0, Item1, Item2) = (item0, item1, item2);

    public readonly void Deconstruct(out float item0, out float item1, out float item2) =>
        (item0, item1, item2) = (Item0, Item1, Item2);

    public readonly Vec3f Add(Vec3f other) => new(Item0 + other.Item0, Item1 + other.Item1, Item2 + other.Item2);
    public readonly Vec3f Subtract(Vec3f other) => new(Item0 - other.Item0, Item1 - other.Item1, Item2 - other.Item2);
    public readonly Vec3f Multiply(double alpha) => new((float)(Item0 * alpha), (float)(Item1 * alpha), (float)(Item2 * alpha));
    public readonly Vec3f Divide(double alpha) => new((float)(Item0 / alpha), (float)(Item1 / alpha), (float)(Item2 / alpha));

    public static Vec3f operator +(Vec3f a, Vec3f b) => a.Add(b);
    public static Vec3f operator -(Vec3f a, Vec3f b) => a.Subtract(b);
    public static Vec3f operator *(Vec3f a, double alpha) => a.Multiply(alpha);
    public static Vec3f operator /(Vec3f a, double alpha) => a.Divide(alpha);

    public float this[int i]
    {
        readonly get => i switch
        {
            0 => Item0,
            1 => Item1,
            2 => Item2,
            _ => throw new ArgumentOutOfRangeException(nameof(i)),
        };
        set
        {
            switch (i)
            {
                case 0: Item0 = value; break;
                case 1: Item1 = value; break;
                case 2: Item2 = value; break;
                default: throw new ArgumentOutOfRangeException(nameof(i));
            }
        }
    }
}
