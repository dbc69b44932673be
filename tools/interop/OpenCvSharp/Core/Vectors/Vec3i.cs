using System;
using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec3i : IVec<Vec3i, int>
{
    public int Item0;
    public int Item1;
    public int Item2;

    public Vec3i(int item0, int item1, int item2) => (Item0, Item1, Item2) = (item0, item1, item2);

    public readonly void Deconstruct(out int item0, out int item1, out int item2) =>
        (item0, item1, item2) = (Item0, Item1, Item2);

    public readonly Vec3i Add(Vec3i other) => new(Saturate.ToInt32((long)Item0 + other.Item0), Saturate.ToInt32((long)Item1 + other.Item1), Saturate.ToInt32((long)Item2 + other.Item2));
    public readonly Vec3i Subtract(Vec3i other) => new(Saturate.ToInt32((long)Item0 - other.Item0), Saturate.ToInt32((long)Item1 - other.Item1), Saturate.ToInt32((long)Item2 - other.Item2));
    public readonly Vec3i Multiply(double alpha) => new(Saturate.ToInt32(Item0 * alpha), Saturate.ToInt32(Item1 * alpha), Saturate.ToInt32(Item2 * alpha));
    public readonly Vec3i Divide(double alpha) => new(Saturate.ToInt32(Item0 / alpha), Saturate.ToInt32(Item1 / alpha), Saturate.ToInt32(Item2 / alpha));

    public static Vec3i operator +(Vec3i a, Vec3i b) => a.Add(b);
    public static Vec3i operator -(Vec3i a, Vec3i b) => a.Subtract(b);
    public static Vec3i operator *(Vec3i a, double alpha) => a.Multiply(alpha);
    public static Vec3i operator /(Vec3i a, double alpha) => a.Divide(alpha);

    public int this[int i]
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
