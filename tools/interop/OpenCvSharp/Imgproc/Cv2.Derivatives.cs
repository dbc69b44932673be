using OpenCvSharp.Internal;

namespace OpenCvSharp;

// Derivatives, edges, morphology, thresholds.
public static unsafe partial class Cv2
{
    public static void Sobel(InputArray src, OutputArray dst, MatType ddepth, int xorder, int yorder, int ksize = 3, double scale = 1, double delta = 0, BorderTypes borderType = BorderTypes.Default) =>
        Failure.Check(Native.Sobel(src, dst, ddepth.Value, xorder, yorder, ksize, scale, delta, (int)borderType));

    public static void Laplacian(InputArray src, OutputArray dst, MatType ddepth, int ksize = 1, double scale = 1, double delta = 0, BorderTypes borderType = BorderTypes.Default) =>
        Failure.Check(Native.Laplacian(src, dst, ddepth.Value, ksize, scale, delta, (int)borderType));

    public static void Canny(InputArray src, OutputArray edges, double threshold1, double threshold2, int apertureSize = 3, bool L2gradient = false) =>
        Failure.Check(Native.Canny(src, edges, threshold1, threshold2, apertureSize, L2gradient ? 1 : 0));

    public static Mat? GetGaussianKernel(int ksize, double sigma, MatType? ktype = null)
    {
        Failure.Check(Native.GaussianKernel(ksize, sigma, ktype?.Value ?? MatType.CV_64F, out var kernel));
        return new Mat(kernel);
    }

    public static Mat GetStructuringElement(MorphShapes shape, Size ksize) => GetStructuringElement(shape, ksize, Centre);

    public static Mat GetStructuringElement(MorphShapes shape, Size ksize, Point anchor)
    {
        Failure.Check(Native.StructuringElement((int)shape, ksize, anchor, out var element));
        return new Mat(element);
    }

    public static Scalar MorphologyDefaultBorderValue() => Native.MorphologyBorder();

    public static void Dilate(InputArray src, OutputArray dst, InputArray? element, Point? anchor = null, int iterations = 1, BorderTypes borderType = BorderTypes.Constant, Scalar? borderValue = null) =>
        Failure.Check(Native.Dilate(src, dst, element, anchor ?? Centre, iterations, (int)borderType, borderValue ?? MorphologyDefaultBorderValue()));

    public static void Erode(InputArray src, OutputArray dst, InputArray? element, Point? anchor = null, int iterations = 1, BorderTypes borderType = BorderTypes.Constant, Scalar? borderValue = null) =>
        Failure.Check(Native.Erode(src, dst, element, anchor ?? Centre, iterations, (int)borderType, borderValue ?? MorphologyDefaultBorderValue()));

    public static void MorphologyEx(InputArray src, OutputArray dst, MorphTypes op, InputArray? element, Point? anchor = null, int iterations = 1, BorderTypes borderType = BorderTypes.Constant, Scalar? borderValue = null) =>
        Failure.Check(Native.MorphologyEx(src, dst, (int)op, element, anchor ?? Centre, iterations, (int)borderType, borderValue ?? MorphologyDefaultBorderValue()));

    public static double Threshold(InputArray src, OutputArray dst, double thresh, double maxval, ThresholdTypes type)
    {
        Failure.Check(Native.Threshold(src, dst, thresh, maxval, (int)type, out var used));
        return used;
    }

    /// <summary>The default type is the original's; OpenCV takes it to mean 32-bit floating point.</summary>
    public static void DistanceTransform(InputArray src, OutputArray dst, DistanceTypes distanceType, DistanceTransformMasks maskSize, int dstType = MatType.CV_32S) =>
        Failure.Check(Native.DistanceTransform(src, dst, (int)distanceType, (int)maskSize, dstType));

    public static void Integral(InputArray src, OutputArray sum, MatType? sdepth = null) =>
        Failure.Check(Native.Integral(src, sum, sdepth?.Value ?? -1));
}
