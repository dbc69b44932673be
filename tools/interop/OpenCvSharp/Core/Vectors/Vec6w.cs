using System;
using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec6w : IVec<Vec6w, ushort>
{
    public ushort Item0;
    public ushort Item1;
    public ushort Item2;
    public ushort Item3;
    public ushort Item4;
    public ushort Item5;

    public Vec6w(ushort item0, ushort item1, ushort item2, ushort item3, ushort item4, ushort item5) => (Item0, Item1, Item2, Item3, Item4, Item5) = (item0, item1, item2, item3, item4, item5);

    public readonly void Deconstruct(out ushort item0, out ushort item1, out ushort item2, out ushort item3, out ushort item4, out ushort item5) =>
        (item0, item1, item2, item3, item4, item5) = (Item0, Item1, Item2, Item3, Item4, Item5);

    public readonly Vec6w Add(Vec6w other) => new(Saturate.ToUInt16(Item0 + other.Item0), Saturate.ToUInt16(Item1 + other.Item1), Saturate.ToUInt16(Item2 + other.Item2), Saturate.ToUInt16(Item3 + other.Item3), Saturate.ToUInt16(Item4 + other.Item4), Saturate.ToUInt16(Item5 + other.Item5));
    public readonly Vec6w Subtract(Vec6w other) => new(Saturate.ToUInt16(Item0 - other.Item0), Saturate.ToUInt16(Item1 - other.Item1), Saturate.ToUInt16(Item2 - other.Item2), Saturate.ToUInt16(Item3 - other.Item3), Saturate.ToUInt16(Item4 - other.Item4), Saturate.ToUInt16(Item5 - other.Item5));
    public readonly Vec6w Multiply(double alpha) => new(Saturate.ToUInt16(Item0 * alpha), Saturate.ToUInt16(Item1 * alpha), Saturate.ToUInt16(Item2 * alpha), Saturate.ToUInt16(Item3 * alpha), Saturate.ToUInt16(Item4 * alpha), Saturate.ToUInt16(Item5 * alpha));
    public readonly Vec6w Divide(double alpha) => new(Saturate.ToUInt16(Item0 / alpha), Saturate.ToUInt16(Item1 / alpha), Saturate.ToUInt16(Item2 / alpha), Saturate.ToUInt16(Item3 / alpha), Saturate.ToUInt16(Item4 / alpha), Saturate.ToUInt16(Item5 / alpha));

    public static Vec6w operator +(Vec6w a, Vec6w b) => a.Add(b);
    public static Vec6w operator -(Vec6w a, Vec6w b) => a.Subtract(b);
    public static Vec6w operator *(Vec6w a, double alpha) => a.Multiply(alpha);
    public static Vec6w operator /(Vec6w a, double alpha) => a.Divide(alpha);

    public ushort this[int i]
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
