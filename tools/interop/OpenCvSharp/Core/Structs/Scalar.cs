using System;
using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Scalar(double Val0, double Val1, double Val2, double Val3)
{
    public double Val0 = Val0;
    public double Val1 = Val1;
    public double Val2 = Val2;
    public double Val3 = Val3;

    public Scalar(double val0)
        : this(val0, 0, 0, 0)
    {
    }

    public Scalar(double val0, double val1)
        : this(val0, val1, 0, 0)
    {
    }

    public Scalar(double val0, double val1, double val2)
        : this(val0, val1, val2, 0)
    {
    }

    public double this[int i]
    {
        get => i switch
        {
            0 => Val0,
            1 => Val1,
            2 => Val2,
            3 => Val3,
            _ => throw new ArgumentOutOfRangeException(nameof(i)),
        };
        set
        {
            switch (i)
            {
                case 0: Val0 = value; break;
                case 1: Val1 = value; break;
                case 2: Val2 = value; break;
                case 3: Val3 = value; break;
                default: throw new ArgumentOutOfRangeException(nameof(i));
            }
        }
    }

    public static Scalar FromRgb(int r, int g, int b) => new(b, g, r);
    public static Scalar All(double v) => new(v, v, v, v);

    public readonly double ToDouble() => Val0;
    public readonly Vec3b ToVec3b() => new((byte)Val0, (byte)Val1, (byte)Val2);
    public static Scalar FromDouble(double val) => new(val);

    public static explicit operator double(Scalar self) => self.ToDouble();
    public static explicit operator Scalar(Vec3b v) => new(v.Item0, v.Item1, v.Item2);
    public static explicit operator Scalar(Vec3f v) => new(v.Item0, v.Item1, v.Item2);
    public static explicit operator Scalar(Vec3d v) => new(v.Item0, v.Item1, v.Item2);
    public static explicit operator Scalar(Vec4f v) => new(v.Item0, v.Item1, v.Item2, v.Item3);
    public static explicit operator Scalar(Vec4d v) => new(v.Item0, v.Item1, v.Item2, v.Item3);

    public readonly Scalar Mul(Scalar it, double scale) =>
        new(Val0 * it.Val0 * scale, Val1 * it.Val1 * scale, Val2 * it.Val2 * scale, Val3 * it.Val3 * scale);

    public readonly Scalar Mul(Scalar it) => Mul(it, 1);

    public readonly Scalar Conj() => new(Val0, -Val1, -Val2, -Val3);
    public readonly bool IsReal() => Val1 == 0 && Val2 == 0 && Val3 == 0;

    public static readonly Scalar Black = FromRgb(0, 0, 0);
    public static readonly Scalar Blue = FromRgb(0, 0, 255);
    public static readonly Scalar Gray = FromRgb(128, 128, 128);
    public static readonly Scalar Green = FromRgb(0, 128, 0);
    public static readonly Scalar Lime = FromRgb(0, 255, 0);
    public static readonly Scalar Red = FromRgb(255, 0, 0);
    public static readonly Scalar White = FromRgb(255, 255, 255);
    public static readonly Scalar Yellow = FromRgb(255, 255, 0);
}
