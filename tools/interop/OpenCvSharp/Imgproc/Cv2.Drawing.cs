using System;
using System.Collections.Generic;
using System.Linq;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

public static unsafe partial class Cv2
{
    public static void Line(InputOutputArray img, int pt1X, int pt1Y, int pt2X, int pt2Y, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Line(img, new Point(pt1X, pt1Y), new Point(pt2X, pt2Y), color, thickness, lineType, shift);

    public static void Line(InputOutputArray img, Point pt1, Point pt2, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Failure.Check(Native.Line(img, pt1, pt2, color, thickness, (int)lineType, shift));

    public static void Rectangle(InputOutputArray img, Point pt1, Point pt2, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Failure.Check(Native.Rectangle(img, pt1, pt2, color, thickness, (int)lineType, shift));

    public static void Rectangle(InputOutputArray img, Rect rect, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Failure.Check(Native.RectangleOf(img, rect, color, thickness, (int)lineType, shift));

    public static void Circle(InputOutputArray img, int centerX, int centerY, int radius, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Circle(img, new Point(centerX, centerY), radius, color, thickness, lineType, shift);

    public static void Circle(InputOutputArray img, Point center, int radius, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Failure.Check(Native.Circle(img, center, radius, color, thickness, (int)lineType, shift));

    public static void Ellipse(InputOutputArray img, Point center, Size axes, double angle, double startAngle, double endAngle, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0) =>
        Failure.Check(Native.Ellipse(img, center, axes, angle, startAngle, endAngle, color, thickness, (int)lineType, shift));

    public static void FillConvexPoly(Mat img, IEnumerable<Point> pts, Scalar color, LineTypes lineType = LineTypes.Link8, int shift = 0)
    {
        ArgumentNullException.ThrowIfNull(img);
        Point[] points = [.. pts];
        Failure.Check(Native.FillConvexPoly(img, points, points.Length, color, (int)lineType, shift));
    }

    public static void FillPoly(Mat img, IEnumerable<IEnumerable<Point>> pts, Scalar color, LineTypes lineType = LineTypes.Link8, int shift = 0, Point? offset = null)
    {
        ArgumentNullException.ThrowIfNull(img);
        var (points, counts) = Polygons(pts);
        Failure.Check(Native.FillPoly(img, points, counts, counts.Length, color, (int)lineType, shift, offset ?? default));
    }

    public static void Polylines(Mat img, IEnumerable<IEnumerable<Point>> pts, bool isClosed, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, int shift = 0)
    {
        ArgumentNullException.ThrowIfNull(img);
        var (points, counts) = Polygons(pts);
        Failure.Check(Native.Polylines(img, points, counts, counts.Length, isClosed ? 1 : 0, color, thickness, (int)lineType, shift));
    }

    public static void PutText(InputOutputArray img, string text, Point org, HersheyFonts fontFace, double fontScale, Scalar color, int thickness = 1, LineTypes lineType = LineTypes.Link8, bool bottomLeftOrigin = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        Failure.Check(Native.PutText(img, text, org, (int)fontFace, fontScale, color, thickness, (int)lineType, bottomLeftOrigin ? 1 : 0));
    }

    public static Size GetTextSize(string text, HersheyFonts fontFace, double fontScale, int thickness, out int baseLine)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        Failure.Check(Native.TextSize(text, (int)fontFace, fontScale, thickness, out baseLine, out var size));
        return size;
    }

    static (Point[] Points, int[] Counts) Polygons(IEnumerable<IEnumerable<Point>> pts)
    {
        ArgumentNullException.ThrowIfNull(pts);
        Point[][] all = [.. pts.Select(polygon => polygon.ToArray())];
        return ([.. all.SelectMany(polygon => polygon)], [.. all.Select(polygon => polygon.Length)]);
    }
}
