using OpenCvSharp.Internal;

namespace OpenCvSharp;

// Arrays summed up in a few numbers.
public static unsafe partial class Cv2
{
    public static Scalar Sum(InputArray src)
    {
        Failure.Check(Native.Sum(src, out var result));
        return result;
    }

    public static int CountNonZero(InputArray mtx)
    {
        Failure.Check(Native.CountNonZero(mtx, out var count));
        return count;
    }

    public static Scalar Mean(InputArray src, InputArray? mask = null)
    {
        Failure.Check(Native.Mean(src, mask, out var result));
        return result;
    }

    public static void MeanStdDev(InputArray src, OutputArray mean, OutputArray stddev, InputArray? mask = null) =>
        Failure.Check(Native.MeanStdDev(src, mean, stddev, mask));

    public static void MeanStdDev(InputArray src, out Scalar mean, out Scalar stddev, InputArray? mask = null) =>
        Failure.Check(Native.MeanStdDevFour(src, out mean, out stddev, mask));

    public static double Norm(InputArray src1, NormTypes normType = NormTypes.L2, InputArray? mask = null)
    {
        Failure.Check(Native.Norm(src1, (int)normType, mask, out var result));
        return result;
    }

    public static double Norm(InputArray src1, InputArray src2, NormTypes normType = NormTypes.L2, InputArray? mask = null)
    {
        Failure.Check(Native.NormDifference(src1, src2, (int)normType, mask, out var result));
        return result;
    }

    public static double PSNR(InputArray src1, InputArray src2, double r = 255.0)
    {
        Failure.Check(Native.Psnr(src1, src2, r, out var result));
        return result;
    }

    public static void MinMaxLoc(InputArray src, out double minVal, out double maxVal) =>
        MinMaxLoc(src, out minVal, out maxVal, out _, out _);

    public static void MinMaxLoc(InputArray src, out Point minLoc, out Point maxLoc) =>
        MinMaxLoc(src, out _, out _, out minLoc, out maxLoc);

    public static void MinMaxLoc(InputArray src, out double minVal, out double maxVal, out Point minLoc, out Point maxLoc, InputArray? mask = null) =>
        Failure.Check(Native.MinMaxLoc(src, out minVal, out maxVal, out minLoc, out maxLoc, mask));

    public static void MinMaxIdx(InputArray src, out double minVal, out double maxVal) =>
        Failure.Check(Native.MinMaxIdx(src, out minVal, out maxVal));

    public static void Reduce(InputArray src, OutputArray dst, ReduceDimension dim, ReduceTypes rtype, int dtype) =>
        Failure.Check(Native.Reduce(src, dst, (int)dim, (int)rtype, dtype));

    public static bool CheckRange(InputArray src, bool quiet = true) => CheckRange(src, quiet, out _);

    public static bool CheckRange(InputArray src, bool quiet, out Point pos, double minVal = double.MinValue, double maxVal = double.MaxValue)
    {
        Failure.Check(Native.CheckRange(src, quiet ? 1 : 0, out pos, minVal, maxVal, out var ok));
        return ok != 0;
    }
}
