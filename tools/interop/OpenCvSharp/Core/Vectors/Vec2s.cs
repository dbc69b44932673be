using System;
using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec2s : IVec<Vec2s, short>
{
    public short Item0;
    public short Item1;

    public Vec2s(short item0, short item1) => (Item0, Item1) = (item0, item1);

    public readonly void Deconstruct(out short item0, out short item1) =>
        (item0, item1) = (Item0, Item1);

    public readonly Vec2s Add(Vec2s other) => new(Saturate.ToInt16(Item0 + other.Item0), Saturate.ToInt16(Item1 + other.Item1));
    public readonly Vec2s Subtract(Vec2s other) => new(Saturate.ToInt16(Item0 - other.Item0), Saturate.ToInt16(Item1 - other.Item1));
    public readonly Vec2s Multiply(double alpha) => new(Saturate.ToInt16(Item0 * alpha), Saturate.ToInt16(Item1 * alpha));
    public readonly Vec2s Divide(double alpha) => new(Saturate.ToInt16(Item0 / alpha), Saturate.ToInt16(Item1 / alpha));

    public static Vec2s operator +(Vec2s a, Vec2s b) => a.Add(b);
    public static Vec2s operator -(Vec2s a, Vec2s b) => a.Subtract(b);
    public static Vec2s operator *(Vec2s a, double alpha) => a.Multiply(alpha);
    public static Vec2s operator /(Vec2s a, double alpha) => a.Divide(alpha);

    public short this[int i]
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
