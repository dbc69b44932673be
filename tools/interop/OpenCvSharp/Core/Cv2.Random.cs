using OpenCvSharp.Internal;

namespace OpenCvSharp;

// OpenCV keeps one generator per thread.
public static unsafe partial class Cv2
{
    public static RNG GetTheRNG()
    {
        Failure.Check(Native.GetRng(out var state));
        return new RNG(state);
    }

    public static RNG SetTheRNG(ulong state)
    {
        Failure.Check(Native.SetRng(state));
        return new RNG(state);
    }

    public static void Randu(InputOutputArray dst, InputArray low, InputArray high) => Failure.Check(Native.Randu(dst, low, high));

    public static void Randu(InputOutputArray dst, Scalar low, Scalar high) => Failure.Check(Native.Randu(dst, low, high));

    public static void Randn(InputOutputArray dst, InputArray mean, InputArray stddev) => Failure.Check(Native.Randn(dst, mean, stddev));

    public static void Randn(InputOutputArray dst, Scalar mean, Scalar stddev) => Failure.Check(Native.Randn(dst, mean, stddev));
}
