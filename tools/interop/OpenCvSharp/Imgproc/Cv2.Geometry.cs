using System;
using System.Collections.Generic;
using System.Linq;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

// Colour and geometry.
public static unsafe partial class Cv2
{
    public static void CvtColor(InputArray src, OutputArray dst, ColorConversionCodes code, int dstCn = 0) =>
        Failure.Check(Native.CvtColor(src, dst, (int)code, dstCn));

    public static void Resize(InputArray src, OutputArray dst, Size dsize, double fx = 0, double fy = 0, InterpolationFlags interpolation = InterpolationFlags.Linear) =>
        Failure.Check(Native.Resize(src, dst, dsize, fx, fy, (int)interpolation));

    public static void PyrDown(InputArray src, OutputArray dst, Size? dstSize = null, BorderTypes borderType = BorderTypes.Default) =>
        Failure.Check(Native.PyrDown(src, dst, dstSize ?? default, (int)borderType));

    public static void PyrUp(InputArray src, OutputArray dst, Size? dstSize = null, BorderTypes borderType = BorderTypes.Default) =>
        Failure.Check(Native.PyrUp(src, dst, dstSize ?? default, (int)borderType));

    public static void WarpAffine(InputArray src, OutputArray dst, InputArray m, Size dsize, InterpolationFlags flags = InterpolationFlags.Linear, BorderTypes borderMode = BorderTypes.Constant, Scalar? borderValue = null) =>
        Failure.Check(Native.WarpAffine(src, dst, m, dsize, (int)flags, (int)borderMode, borderValue ?? default));

    public static void Remap(InputArray src, OutputArray dst, InputArray map1, InputArray map2, InterpolationFlags interpolation = InterpolationFlags.Linear, BorderTypes borderMode = BorderTypes.Constant, Scalar? borderValue = null) =>
        Failure.Check(Native.Remap(src, dst, map1, map2, (int)interpolation, (int)borderMode, borderValue ?? default));

    public static Mat GetRotationMatrix2D(Point2f center, double angle, double scale)
    {
        Failure.Check(Native.RotationMatrix(center.X, center.Y, angle, scale, out var matrix));
        return new Mat(matrix);
    }

    public static void InvertAffineTransform(InputArray m, OutputArray im) => Failure.Check(Native.InvertAffine(m, im));

    public static Mat GetAffineTransform(IEnumerable<Point2f> src, IEnumerable<Point2f> dst)
    {
        Failure.Check(Native.AffineTransform(Three(src), Three(dst), out var matrix));
        return new Mat(matrix);
    }

    static Point2f[] Three(IEnumerable<Point2f> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        Point2f[] all = [.. points.Take(4)];
        return all.Length == 3 ? all : throw new ArgumentException("an affine transform follows from exactly three points", nameof(points));
    }
}
