using System;
using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Rect2f(float X, float Y, float Width, float Height)
{
    public float X = X;
    public float Y = Y;
    public float Width = Width;
    public float Height = Height;

    public Rect2f(Point2f location, Size2f size)
        : this(location.X, location.Y, size.Width, size.Height)
    {
    }

    public static Rect2f FromLTRB(float left, float top, float right, float bottom)
    {
        if (right < left) { throw new ArgumentException("right < left"); }
        if (bottom < top) { throw new ArgumentException("bottom < top"); }
        return new Rect2f(left, top, right - left, bottom - top);
    }

    public float Top
    {
        get => Y;
        set => Y = value;
    }

    public float Left
    {
        get => X;
        set => X = value;
    }

    public float Bottom => Y + Height;

    public float Right => X + Width;

    public Point2f Location
    {
        get => new(X, Y);
        set => (X, Y) = (value.X, value.Y);
    }

    public Size2f Size
    {
        get => new(Width, Height);
        set => (Width, Height) = (value.Width, value.Height);
    }

    public Point2f TopLeft => new(X, Y);

    public Point2f BottomRight => new(X + Width, Y + Height);

    public readonly Rect2f Add(Point2f pt) => new(X + pt.X, Y + pt.Y, Width, Height);
    public readonly Rect2f Subtract(Point2f pt) => new(X - pt.X, Y - pt.Y, Width, Height);
    public readonly Rect2f Add(Size2f size) => new(X, Y, Width + size.Width, Height + size.Height);
    public readonly Rect2f Subtract(Size2f size) => new(X, Y, Width - size.Width, Height - size.Height);

    public static Rect2f operator +(Rect2f rect, Point2f pt) => rect.Add(pt);
    public static Rect2f operator -(Rect2f rect, Point2f pt) => rect.Subtract(pt);
    public static Rect2f operator +(Rect2f rect, Size2f size) => rect.Add(size);
    public static Rect2f operator -(Rect2f rect, Size2f size) => rect.Subtract(size);
    public static Rect2f operator &(Rect2f a, Rect2f b) => Intersect(a, b);
    public static Rect2f operator |(Rect2f a, Rect2f b) => Union(a, b);

    public readonly bool Contains(float x, float y) => X <= x && Y <= y && X + Width > x && Y + Height > y;
    public readonly bool Contains(Point2f pt) => Contains(pt.X, pt.Y);
    public readonly bool Contains(Rect2f rect) =>
        X <= rect.X && Y <= rect.Y && rect.X + rect.Width <= X + Width && rect.Y + rect.Height <= Y + Height;

    public void Inflate(float width, float height) =>
        (X, Y, Width, Height) = (X - width, Y - height, Width + (2 * width), Height + (2 * height));

    public void Inflate(Size2f size) => Inflate(size.Width, size.Height);

    public static Rect2f Intersect(Rect2f a, Rect2f b)
    {
        var left = Math.Max(a.X, b.X);
        var top = Math.Max(a.Y, b.Y);
        var right = Math.Min(a.X + a.Width, b.X + b.Width);
        var bottom = Math.Min(a.Y + a.Height, b.Y + b.Height);
        return right >= left && bottom >= top ? new Rect2f(left, top, right - left, bottom - top) : default;
    }

    public readonly Rect2f Intersect(Rect2f rect) => Intersect(this, rect);

    public readonly bool IntersectsWith(Rect2f rect) =>
        X < rect.X + rect.Width && X + Width > rect.X && Y < rect.Y + rect.Height && Y + Height > rect.Y;

    public static Rect2f Union(Rect2f a, Rect2f b)
    {
        var left = Math.Min(a.X, b.X);
        var top = Math.Min(a.Y, b.Y);
        var right = Math.Max(a.X + a.Width, b.X + b.Width);
        var bottom = Math.Max(a.Y + a.Height, b.Y + b.Height);
        return new Rect2f(left, top, right - left, bottom - top);
    }

    public readonly Rect2f Union(Rect2f rect) => Union(this, rect);
}
