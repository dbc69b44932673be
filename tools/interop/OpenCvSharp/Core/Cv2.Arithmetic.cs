using System;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

// Element by element.
public static unsafe partial class Cv2
{
    public static void Add(InputArray src1, InputArray src2, OutputArray dst, InputArray? mask = null, int dtype = -1) =>
        Failure.Check(Native.Add(src1, src2, dst, mask, dtype));

    public static void Subtract(InputArray src1, InputArray src2, OutputArray dst, InputArray? mask = null, int dtype = -1) =>
        Failure.Check(Native.Subtract(src1, src2, dst, mask, dtype));

    public static void Subtract(InputArray src1, Scalar src2, OutputArray dst, InputArray? mask = null, int dtype = -1) =>
        Failure.Check(Native.Subtract(src1, src2, dst, mask, dtype));

    public static void Subtract(Scalar src1, InputArray src2, OutputArray dst, InputArray? mask = null, int dtype = -1) =>
        Failure.Check(Native.Subtract(src1, src2, dst, mask, dtype));

    public static void Multiply(InputArray src1, InputArray src2, OutputArray dst, double scale = 1, int dtype = -1) =>
        Failure.Check(Native.Multiply(src1, src2, dst, scale, dtype));

    public static void Divide(InputArray src1, InputArray src2, OutputArray dst, double scale = 1, MatType? dtype = null) =>
        Failure.Check(Native.Divide(src1, src2, dst, scale, dtype?.Value ?? -1));

    public static void Divide(double scale, InputArray src2, OutputArray dst, int dtype = -1) =>
        Failure.Check(Native.DivideNumber(scale, src2, dst, dtype));

    public static void ScaleAdd(InputArray src1, double alpha, InputArray src2, OutputArray dst) =>
        Failure.Check(Native.ScaleAdd(src1, alpha, src2, dst));

    public static void AddWeighted(InputArray src1, double alpha, InputArray src2, double beta, double gamma, OutputArray dst, int dtype = -1) =>
        Failure.Check(Native.AddWeighted(src1, alpha, src2, beta, gamma, dst, dtype));

    public static void ConvertScaleAbs(InputArray src, OutputArray dst, double alpha = 1, double beta = 0) =>
        Failure.Check(Native.ConvertScaleAbs(src, dst, alpha, beta));

    public static void LUT(InputArray src, InputArray lut, OutputArray dst) => Failure.Check(Native.Lut(src, lut, dst));

    public static void LUT(InputArray src, byte[] lut, OutputArray dst)
    {
        ArgumentNullException.ThrowIfNull(lut);
        if (lut.Length != 256) { throw new ArgumentException("lut.Length != 256", nameof(lut)); }
        using var table = Mat.FromPixelData(256, 1, MatType.CV_8UC1, lut);
        LUT(src, table, dst);
    }

    public static void Absdiff(InputArray src1, InputArray src2, OutputArray dst) => Failure.Check(Native.Absdiff(src1, src2, dst));

    public static void Min(InputArray src1, InputArray src2, OutputArray dst) => Failure.Check(Native.Min(src1, src2, dst));

    public static void Min(Mat src1, Mat src2, Mat dst) => Failure.Check(Native.Min(src1, src2, dst));

    public static void Min(Mat src1, double src2, Mat dst) => Failure.Check(Native.Min(src1, src2, dst));

    public static void Max(InputArray src1, InputArray src2, OutputArray dst) => Failure.Check(Native.Max(src1, src2, dst));

    public static void Max(Mat src1, Mat src2, Mat dst) => Failure.Check(Native.Max(src1, src2, dst));

    public static void Max(Mat src1, double src2, Mat dst) => Failure.Check(Native.Max(src1, src2, dst));

    public static void Sqrt(InputArray src, OutputArray dst) => Failure.Check(Native.Sqrt(src, dst));

    public static void Pow(InputArray src, double power, OutputArray dst) => Failure.Check(Native.Pow(src, power, dst));

    public static void Exp(InputArray src, OutputArray dst) => Failure.Check(Native.Exp(src, dst));

    public static void Log(InputArray src, OutputArray dst) => Failure.Check(Native.Log(src, dst));

    public static void Magnitude(InputArray x, InputArray y, OutputArray magnitude) => Failure.Check(Native.Magnitude(x, y, magnitude));

    public static void Normalize(InputArray src, InputOutputArray dst, double alpha = 1, double beta = 0, NormTypes normType = NormTypes.L2, int dtype = -1, InputArray? mask = null) =>
        Failure.Check(Native.Normalize(src, dst, alpha, beta, (int)normType, dtype, mask));

    public static void InRange(InputArray src, InputArray lowerb, InputArray upperb, OutputArray dst) =>
        Failure.Check(Native.InRange(src, lowerb, upperb, dst));

    public static void InRange(InputArray src, Scalar lowerb, Scalar upperb, OutputArray dst) =>
        Failure.Check(Native.InRange(src, lowerb, upperb, dst));

    public static void BitwiseAnd(InputArray src1, InputArray src2, OutputArray dst, InputArray? mask = null) =>
        Failure.Check(Native.BitwiseAnd(src1, src2, dst, mask));

    public static void BitwiseOr(InputArray src1, InputArray src2, OutputArray dst, InputArray? mask = null) =>
        Failure.Check(Native.BitwiseOr(src1, src2, dst, mask));

    public static void BitwiseXor(InputArray src1, InputArray src2, OutputArray dst, InputArray? mask = null) =>
        Failure.Check(Native.BitwiseXor(src1, src2, dst, mask));

    public static void BitwiseNot(InputArray src, OutputArray dst, InputArray? mask = null) => Failure.Check(Native.BitwiseNot(src, dst, mask));
}
