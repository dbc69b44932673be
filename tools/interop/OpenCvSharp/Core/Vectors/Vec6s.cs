using System;
using System.Runtime.InteropServices;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Vec6s : IVec<Vec6s, short>
{
    public short Item0;
    public short Item1;
    public short Item2;
    public short Item3;
    public short Item4;
    public short Item5;

    public Vec6s(short item0, short item1, short item2, short item3, short item4, short item5) => (Item0, Item1, Item2, Item3, Item4, Item5) = (item0, item1, item2, item3, item4, item5);

    public readonly void Deconstruct(out short item0, out short item1, out short item2, out short item3, out short item4, out short item5) =>
        (item0, item1, item2, item3, item4, item5) = (Item0, Item1, Item2, Item3, Item4, Item5);

    public readonly Vec6s Add(Vec6s other) => new(Saturate.ToInt16(Item0 + other.Item0), Saturate.ToInt16(Item1 + other.Item1), Saturate.ToInt16(Item2 + other.Item2), Saturate.ToInt16(Item3 + other.Item3), Saturate.ToInt16(Item4 + other.Item4), Saturate.ToInt16(Item5 + other.Item5));
    public readonly Vec6s Subtract(Vec6s other) => new(Saturate.ToInt16(Item0 - other.Item0), Saturate.ToInt16(Item1 - other.Item1), Saturate.ToInt16(Item2 - other.Item2), Saturate.ToInt16(Item3 - other.Item3), Saturate.ToInt16(Item4 - other.Item4), Saturate.ToInt16(Item5 - other.Item5));
    public readonly Vec6s Multiply(double alpha) => new(Saturate.ToInt16(Item0 * alpha), Saturate.ToInt16(Item1 * alpha), Saturate.ToInt16(Item2 * alpha), Saturate.ToInt16(Item3 * alpha), Saturate.ToInt16(Item4 * alpha), Saturate.ToInt16(Item5 * alpha));
    public readonly Vec6s Divide(double alpha) => new(Saturate.ToInt16(Item0 / alpha), Saturate.ToInt16(Item1 / alpha), Saturate.ToInt16(Item2 / alpha), Saturate.ToInt16(Item3 / alpha), Saturate.ToInt16(Item4 / alpha), Saturate.ToInt16(Item5 / alpha));

    public static Vec6s operator +(Vec6s a, Vec6s b) => a.Add(b);
    public static Vec6s operator -(Vec6s a, Vec6s b) => a.Subtract(b);
    public static Vec6s operator *(Vec6s a, double alpha) => a.Multiply(alpha);
    public static Vec6s operator /(Vec6s a, double alpha) => a.Divide(alpha);

    public short this[int i]
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
