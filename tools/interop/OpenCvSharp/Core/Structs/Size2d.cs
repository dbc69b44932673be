using System.Runtime.InteropServices;

namespace OpenCvSharp;

[StructLayout(LayoutKind.Sequential)]
public record struct Size2d(double Width, double Height)
{
    public double Width = Width;
    public double Height = Height;

    public readonly Size ToSize() => new(Width, Height);
    public static implicit operator Size2d(Size size) => new(size.Width, size.Height);
}
