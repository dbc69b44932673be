using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Point3f(float X, float Y, float Z)
{
    public float X = X;
    public float Y = Y;
    public float Z = Z;

    public readonly Point3f Plus() => this;
    public readonly Point3f Negate() => new(-X, -Y, -Z);
    public readonly Point3f Add(Point3f p) => new(X + p.X, Y + p.Y, Z + p.Z);
    public readonly Point3f Subtract(Point3f p) => new(X - p.X, Y - p.Y, Z - p.Z);
    public readonly Point3f Multiply(double scale) => new((float)(X * scale), (float)(Y * scale), (float)(Z * scale));

    public static Point3f operator +(Point3f pt) => pt;
    public static Point3f operator -(Point3f pt) => pt.Negate();
    public static Point3f operator +(Point3f p1, Point3f p2) => p1.Add(p2);
    public static Point3f operator -(Point3f p1, Point3f p2) => p1.Subtract(p2);
    public static Point3f operator *(Point3f pt, double scale) => pt.Multiply(scale);
}
