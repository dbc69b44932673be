using OpenCvSharp.Internal;

namespace OpenCvSharp;

public static unsafe partial class Cv2
{
    public static void CvtColor(InputArray src, OutputArray dst, ColorConversionCodes code, int dstCn = 0) =>
        Failure.Check(Native.CvtColor(src, dst, (int)code, dstCn));

    public static void Resize(InputArray src, OutputArray dst, Size dsize, double fx = 0, double fy = 0, InterpolationFlags interpolation = InterpolationFlags.Linear) =>
        Failure.Check(Native.Resize(src, dst, dsize, fx, fy, (int)interpolation));
}
