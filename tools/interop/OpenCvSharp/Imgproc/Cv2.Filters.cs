using OpenCvSharp.Internal;

namespace OpenCvSharp;

public static unsafe partial class Cv2
{
    static readonly Point Centre = new(-1, -1);

    public static void GaussianBlur(InputArray src, OutputArray dst, Size ksize, double sigmaX, double sigmaY = 0, BorderTypes borderType = BorderTypes.Default) =>
        Failure.Check(Native.GaussianBlur(src, dst, ksize, sigmaX, sigmaY, (int)borderType));

    public static void Blur(InputArray src, OutputArray dst, Size ksize, Point? anchor = null, BorderTypes borderType = BorderTypes.Default) =>
        Failure.Check(Native.Blur(src, dst, ksize, anchor ?? Centre, (int)borderType));

    public static void BoxFilter(InputArray src, OutputArray dst, MatType ddepth, Size ksize, Point? anchor = null, bool normalize = true, BorderTypes borderType = BorderTypes.Default) =>
        Failure.Check(Native.BoxFilter(src, dst, ddepth.Value, ksize, anchor ?? Centre, normalize ? 1 : 0, (int)borderType));

    public static void MedianBlur(InputArray src, OutputArray dst, int ksize) => Failure.Check(Native.MedianBlur(src, dst, ksize));

    public static void BilateralFilter(InputArray src, OutputArray dst, int d, double sigmaColor, double sigmaSpace, BorderTypes borderType = BorderTypes.Default) =>
        Failure.Check(Native.BilateralFilter(src, dst, d, sigmaColor, sigmaSpace, (int)borderType));

    public static void Filter2D(InputArray src, OutputArray dst, MatType ddepth, InputArray kernel, Point? anchor = null, double delta = 0, BorderTypes borderType = BorderTypes.Default) =>
        Failure.Check(Native.Filter2d(src, dst, ddepth.Value, kernel, anchor ?? Centre, delta, (int)borderType));

    public static void SepFilter2D(InputArray src, OutputArray dst, MatType ddepth, InputArray kernelX, InputArray kernelY, Point? anchor = null, double delta = 0, BorderTypes borderType = BorderTypes.Default) =>
        Failure.Check(Native.SepFilter2d(src, dst, ddepth.Value, kernelX, kernelY, anchor ?? Centre, delta, (int)borderType));
}
