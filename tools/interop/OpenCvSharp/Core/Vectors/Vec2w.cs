using System;
using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec2w : IVec<Vec2w, ushort>
{
    public ushort Item0;
    public ushort Item1;

    public Vec2w(ushort item0, ushort item1) => (Item0, Item1) = (item0, item1);

    public readonly void Deconstruct(out ushort item0, out ushort item1) =>
        (item0, item1) = (Item0, Item1);

    public readonly Vec2w Add(Vec2w other) => new(Saturate.ToUInt16(Item0 + other.Item0), Saturate.ToUInt16(Item1 + other.Item1));
    public readonly Vec2w Subtract(Vec2w other) => new(Saturate.ToUInt16(Item0 - other.Item0), Saturate.ToUInt16(Item1 - other.Item1));
    public readonly Vec2w Multiply(double alpha) => new(Saturate.ToUInt16(Item0 * alpha), Saturate.ToUInt16(Item1 * alpha));
    public readonly Vec2w Divide(double alpha) => new(Saturate.ToUInt16(Item0 / alpha), Saturate.ToUInt16(Item1 / alpha));

    public static Vec2w operator +(Vec2w a, Vec2w b) => a.Add(b);
    public static Vec2w operator -(Vec2w a, Vec2w b) => a.Subtract(b);
    public static Vec2w operator *(Vec2w a, double alpha) => a.Multiply(alpha);
    public static Vec2w operator /(Vec2w a, double alpha) => a.Divide(alpha);

    public ushort this[int i]
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
