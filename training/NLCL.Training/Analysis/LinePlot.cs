using System.Globalization;
using OpenCvSharp;

namespace NLCL.Training;

/// <summary>A small line chart, drawn into a part of a picture.</summary>
/// <param name="canvas">8UC3; drawn upon.</param>
/// <param name="place">The part, in pixels.</param>
/// <param name="title">Above the plot.</param>
/// <param name="across">What the horizontal axis counts.</param>
/// <param name="up">What the vertical axis counts; written above it.</param>
sealed class LinePlot(Mat canvas, Rect place, string title, string across, string up)
{
    static readonly Scalar s_ink = Scalar.All(40), s_grid = Scalar.All(225);

    readonly Rect _inside = new(place.X + 60, place.Y + 60, place.Width - 90, place.Height - 115);
    double _right = 1;
    double _top = 1;

    /// <summary>Draws the frame, from 0 to the largest values, with marks at round numbers.</summary>
    public void Axes(double right, double top)
    {
        (_right, _top) = (right, Math.Max(top, 1e-9));
        Text(canvas, title, new Point(place.X + 24, place.Y + 22), 0.55, s_ink);
        Text(canvas, up, new Point(place.X + 24, _inside.Top - 12), 0.45, s_ink);
        Text(canvas, across, new Point(_inside.Left + (_inside.Width / 2) - 40, _inside.Bottom + 42), 0.45, s_ink);
        foreach (double value in Marks(_right))
        {
            Point at = At(value, 0);
            Cv2.Line(canvas, at.X, _inside.Top, at.X, _inside.Bottom, s_grid);
            Text(canvas, Label(value), new Point(at.X - 8, _inside.Bottom + 20), 0.42, s_ink);
        }
        foreach (double value in Marks(_top))
        {
            Point at = At(0, value);
            Cv2.Line(canvas, _inside.Left, at.Y, _inside.Right, at.Y, s_grid);
            Text(canvas, Label(value), new Point(_inside.Left - 40, at.Y + 5), 0.42, s_ink);
        }
        Cv2.Rectangle(canvas, _inside, s_ink);
    }

    /// <summary>Draws a dashed horizontal line with a name.</summary>
    public void Level(double value, string name)
    {
        int y = At(0, value).Y;
        for (int x = _inside.Left; x < _inside.Right; x += 10) { Cv2.Line(canvas, x, y, Math.Min(x + 5, _inside.Right), y, s_ink); }
        Text(canvas, name, new Point(_inside.Right - 45, y + 18), 0.42, s_ink);
    }

    /// <summary>Joins points by lines, with a dot at each where there are few, and a bar where they spread.</summary>
    /// <param name="points">Their places, and how far the bar reaches up and down.</param>
    /// <param name="colour">BGR.</param>
    /// <param name="shift">Moves the bars, in pixels, so that those of two curves stand side by side.</param>
    public void Curve(IReadOnlyList<(double X, double Y, double Spread)> points, Scalar colour, int shift = 0)
    {
        for (int index = 0; index < points.Count; index++)
        {
            (double x, double y, double spread) = points[index];
            Point at = At(x, y);
            if (index > 0) { Cv2.Line(canvas, At(points[index - 1].X, points[index - 1].Y), at, colour, 2, LineTypes.AntiAlias); }
            if (points.Count <= 20) { Cv2.Circle(canvas, at, 4, colour, -1, LineTypes.AntiAlias); }
            if (spread > 0) { Cv2.Line(canvas, at.X + shift, At(x, y - spread).Y, at.X + shift, At(x, y + spread).Y, colour, 1, LineTypes.AntiAlias); }
        }
    }

    /// <summary>Writes a line of ASCII text; its lower left corner is given.</summary>
    public static void Text(Mat canvas, string text, Point corner, double size, Scalar colour) =>
        Cv2.PutText(canvas, text, corner, HersheyFonts.HersheySimplex, size, colour, 1, LineTypes.AntiAlias);

    Point At(double x, double y) => new(
        _inside.Left + (int)Math.Round(Math.Clamp(x / _right, 0, 1) * _inside.Width),
        _inside.Bottom - (int)Math.Round(Math.Clamp(y / _top, 0, 1) * _inside.Height));

    // Steps of 1, 2 or 5 times a power of ten, about five of them.
    static IEnumerable<double> Marks(double largest)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(largest / 5)));
        double step = new[] { 1.0, 2, 5, 10 }.First(factor => factor * power * 6 >= largest) * power;
        for (int index = 0; index * step <= largest * 1.0001; index++) { yield return index * step; }
    }

    static string Label(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
