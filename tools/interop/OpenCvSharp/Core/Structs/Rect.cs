using System;
using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Rect(int X, int Y, int Width, int Height)
{
    public int X = X;
    public int Y = Y;
    public int Width = Width;
    public int Height = Height;

    public Rect(Point location, Size size)
        : this(location.X, location.Y, size.Width, size.Height)
    {
    }

    public static Rect FromLTRB(int left, int top, int right, int bottom)
    {
        if (right < left) { throw new ArgumentException("right < left"); }
        if (bottom < top) { throw new ArgumentException("bottom < top"); }
        return new Rect(left, top, right - left, bottom - top);
    }

    public int Top
    {
        get => Y;
        set => Y = value;
    }

    public int Left
    {
        get => X;
        set => X = value;
    }

    public int Bottom => Y + Height;

    public int Right => X + Width;

    public Point Location
    {
        get => new(X, Y);
        set => (X, Y) = (value.X, value.Y);
    }

    public Size Size
    {
        get => new(Width, Height);
        set => (Width, Height) = (value.Width, value.Height);
    }

    public Point TopLeft => new(X, Y);

    public Point BottomRight => new(X + Width, Y + Height);

    public readonly Rect Add(Point pt) => new(X + pt.X, Y + pt.Y, Width, Height);
    public readonly Rect Subtract(Point pt) => new(X - pt.X, Y - pt.Y, Width, Height);
    public readonly Rect Add(Size size) => new(X, Y, Width + size.Width, Height + size.Height);
    public readonly Rect Subtract(Size size) => new(X, Y, Width - size.Width, Height - size.Height);

    public static Rect operator +(Rect rect, Point pt) => rect.Add(pt);
    public static Rect operator -(Rect rect, Point pt) => rect.Subtract(pt);
    public static Rect operator +(Rect rect, Size size) => rect.Add(size);
    public static Rect operator -(Rect rect, Size size) => rect.Subtract(size);
    public static Rect operator &(Rect a, Rect b) => Intersect(a, b);
    public static Rect operator |(Rect a, Rect b) => Union(a, b);

    public readonly bool Contains(int x, int y) => X <= x && Y <= y && X + Width > x && Y + Height > y;
    public readonly bool Contains(Point pt) => Contains(pt.X, pt.Y);
    public readonly bool Contains(Rect rect) =>
        X <= rect.X && Y <= rect.Y && rect.X + rect.Width <= X + Width && rect.Y + rect.Height <= Y + Height;

    public void Inflate(int width, int height) =>
        (X, Y, Width, Height) = (X - width, Y - height, Width + (2 * width), Height + (2 * height));

    public void Inflate(Size size) => Inflate(size.Width, size.Height);

    public static Rect Inflate(Rect rect, int x, int y)
    {
        rect.Inflate(x, y);
        return rect;
    }

    public static Rect Intersect(Rect a, Rect b)
    {
        var left = Math.Max(a.X, b.X);
        var top = Math.Max(a.Y, b.Y);
        var right = Math.Min(a.X + a.Width, b.X + b.Width);
        var bottom = Math.Min(a.Y + a.Height, b.Y + b.Height);
        return right >= left && bottom >= top ? new Rect(left, top, right - left, bottom - top) : default;
    }

    public readonly Rect Intersect(Rect rect) => Intersect(this, rect);

    public readonly bool IntersectsWith(Rect rect) =>
        X < rect.X + rect.Width && X + Width > rect.X && Y < rect.Y + rect.Height && Y + Height > rect.Y;

    public static Rect Union(Rect a, Rect b)
    {
        var left = Math.Min(a.X, b.X);
        var top = Math.Min(a.Y, b.Y);
        var right = Math.Max(a.X + a.Width, b.X + b.Width);
        var bottom = Math.Max(a.Y + a.Height, b.Y + b.Height);
        return new Rect(left, top, right - left, bottom - top);
    }

    public readonly Rect Union(Rect rect) => Union(this, rect);
}
