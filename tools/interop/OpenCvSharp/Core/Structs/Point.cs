using System;
using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Point(int X, int Y)
{
    public int X = X;
    public int Y = Y;

    public Point(double x, double y) : this((int)x, (int)y)
    {
    }

    public readonly Vec2i ToVec2i() => new(X, Y);
    public static Point FromVec2i(Vec2i vec) => new(vec.Item0, vec.Item1);
    public static implicit operator Vec2i(Point point) => point.ToVec2i();
    public static implicit operator Point(Vec2i vec) => FromVec2i(vec);

    public readonly Point Plus() => this;
    public readonly Point Negate() => new(-X, -Y);
    public readonly Point Add(Point p) => new(X + p.X, Y + p.Y);
    public readonly Point Subtract(Point p) => new(X - p.X, Y - p.Y);
    public readonly Point Multiply(double scale) => new((int)(X * scale), (int)(Y * scale));

    public static Point operator +(Point pt) => pt;
    public static Point operator -(Point pt) => pt.Negate();
    public static Point operator +(Point p1, Point p2) => p1.Add(p2);
    public static Point operator -(Point p1, Point p2) => p1.Subtract(p2);
    public static Point operator *(Point pt, double scale) => pt.Multiply(scale);

    public static double Distance(Point p1, Point p2) => Math.Sqrt(((p2.X - p1.X) * (double)(p2.X - p1.X)) + ((p2.Y - p1.Y) * (double)(p2.Y - p1.Y)));
    public readonly double DistanceTo(Point p) => Distance(this, p);
    public static double DotProduct(Point p1, Point p2) => ((double)p1.X * p2.X) + ((double)p1.Y * p2.Y);
    public readonly double DotProduct(Point p) => DotProduct(this, p);
    public static double CrossProduct(Point p1, Point p2) => ((double)p1.X * p2.Y) - ((double)p2.X * p1.Y);
    public readonly double CrossProduct(Point p) => CrossProduct(this, p);
}
