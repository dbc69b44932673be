using System;
using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec2b : IVec<Vec2b, byte>
{
    public byte Item0;
    public byte Item1;

    public Vec2b(byte item0, byte item1) => (Item0, Item1) = (item0, item1);

    public readonly void Deconstruct(out byte item0, out byte item1) =>
        (item0, item1) = (Item0, Item1);

    public readonly Vec2b Add(Vec2b other) => new(Saturate.ToByte(Item0 + other.Item0), Saturate.ToByte(Item1 + other.Item1));
    public readonly Vec2b Subtract(Vec2b other) => new(Saturate.ToByte(Item0 - other.Item0), Saturate.ToByte(Item1 - other.Item1));
    public readonly Vec2b Multiply(double alpha) => new(Saturate.ToByte(Item0 * alpha), Saturate.ToByte(Item1 * alpha));
    public readonly Vec2b Divide(double alpha) => new(Saturate.ToByte(Item0 / alpha), Saturate.ToByte(Item1 / alpha));

    public static Vec2b operator +(Vec2b a, Vec2b b) => a.Add(b);
    public static Vec2b operator -(Vec2b a, Vec2b b) => a.Subtract(b);
    public static Vec2b operator *(Vec2b a, double alpha) => a.Multiply(alpha);
    public static Vec2b operator /(Vec2b a, double alpha) => a.Divide(alpha);

    public byte this[int i]
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
