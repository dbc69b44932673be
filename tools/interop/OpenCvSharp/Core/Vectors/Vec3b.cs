using System;
using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec3b : IVec<Vec3b, byte>
{
    public byte Item0;
    public byte Item1;
    public byte Item2;

    public Vec3b(byte item0, byte item1, byte item2) => (Item0, Item1, Item2) = (item0, item1, item2);

    public readonly void Deconstruct(out byte item0, out byte item1, out byte item2) =>
        (item0, item1, item2) = (Item0, Item1, Item2);

    public readonly Vec3b Add(Vec3b other) => new(Saturate.ToByte(Item0 + other.Item0), Saturate.ToByte(Item1 + other.Item1), Saturate.ToByte(Item2 + other.Item2));
    public readonly Vec3b Subtract(Vec3b other) => new(Saturate.ToByte(Item0 - other.Item0), Saturate.ToByte(Item1 - other.Item1), Saturate.ToByte(Item2 - other.Item2));
    public readonly Vec3b Multiply(double alpha) => new(Saturate.ToByte(Item0 * alpha), Saturate.ToByte(Item1 * alpha), Saturate.ToByte(Item2 * alpha));
    public readonly Vec3b Divide(double alpha) => new(Saturate.ToByte(Item0 / alpha), Saturate.ToByte(Item1 / alpha), Saturate.ToByte(Item2 / alpha));

    public static Vec3b operator +(Vec3b a, Vec3b b) => a.Add(b);
    public static Vec3b operator -(Vec3b a, Vec3b b) => a.Subtract(b);
    public static Vec3b operator *(Vec3b a, double alpha) => a.Multiply(alpha);
    public static Vec3b operator /(Vec3b a, double alpha) => a.Divide(alpha);

    public byte this[int i]
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
