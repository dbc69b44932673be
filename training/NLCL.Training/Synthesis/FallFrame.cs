using OpenCvSharp;

namespace NLCL.Training;

/// <summary>A rectangle of field cells.</summary>
readonly record struct FieldWindow(int Left, int Top, int Width, int Height)
{
    public FieldWindow Taller(int margin) => this with { Top = Top - margin, Height = Height + (2 * margin) };
}

/// <summary>
/// The coordinates that rain falls along: u across the fall, v down it, both in cells of a streak field.
/// Streaks are drawn upright there and turned into the picture in one resampling.
/// </summary>
/// <param name="angle">Fall direction in degrees from the vertical; positive falls to the right.</param>
/// <param name="across">Pixels in a cell across the fall.</param>
/// <param name="along">Pixels in a cell along the fall.</param>
/// <param name="originU">Field coordinate of the picture's first pixel.</param>
/// <param name="originV">See <paramref name="originU"/>.</param>
readonly struct FallFrame(double angle, double across, double along, double originU, double originV)
{
    readonly double _ux = Math.Cos(angle * Math.PI / 180) / across;
    readonly double _uy = -Math.Sin(angle * Math.PI / 180) / across;
    readonly double _vx = Math.Sin(angle * Math.PI / 180) / along;
    readonly double _vy = Math.Cos(angle * Math.PI / 180) / along;

    /// <summary>The cells that a picture looks at, with what interpolation needs around them.</summary>
    public FieldWindow Window(Size picture)
    {
        double x = picture.Width - 1, y = picture.Height - 1;
        double minU = originU + Math.Min(0, _ux * x) + Math.Min(0, _uy * y), maxU = originU + Math.Max(0, _ux * x) + Math.Max(0, _uy * y);
        double minV = originV + Math.Min(0, _vx * x) + Math.Min(0, _vy * y), maxV = originV + Math.Max(0, _vx * x) + Math.Max(0, _vy * y);
        int left = (int)Math.Floor(minU) - 1, top = (int)Math.Floor(minV) - 1;
        return new(left, top, (int)Math.Ceiling(maxU) + 2 - left, (int)Math.Ceiling(maxV) + 2 - top);
    }

    /// <summary>Turns a field that covers <paramref name="window"/> into a picture of the given size.</summary>
    public Mat ToPicture(Mat field, FieldWindow window, Size picture, BorderTypes border = BorderTypes.Reflect101) =>
        AffineView.Of(field, picture, (_ux, _uy, originU - window.Left), (_vx, _vy, originV - window.Top), InterpolationFlags.Linear, border);
}
