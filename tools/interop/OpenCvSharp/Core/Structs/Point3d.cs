using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Point3d(double X, double Y, double Z)
{
    public double X = X;
    public double Y = Y;
    public double Z = Z;

    public readonly Point3d Plus() => this;
    public readonly Point3d Negate() => new(-X, -Y, -Z);
    public readonly Point3d Add(Point3d p) => new(X + p.X, Y + p.Y, Z + p.Z);
    public readonly Point3d Subtract(Point3d p) => new(X - p.X, Y - p.Y, Z - p.Z);
    public readonly Point3d Multiply(double scale) => new(X * scale, Y * scale, Z * scale);

    public static Point3d operator +(Point3d pt) => pt;
    public static Point3d operator -(Point3d pt) => pt.Negate();
    public static Point3d operator +(Point3d p1, Point3d p2) => p1.Add(p2);
    public static Point3d operator -(Point3d p1, Point3d p2) => p1.Subtract(p2);
    public static Point3d operator *(Point3d pt, double scale) => pt.Multiply(scale);
}
