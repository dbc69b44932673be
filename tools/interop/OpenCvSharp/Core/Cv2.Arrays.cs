using System;
using System.Collections.Generic;
using System.Linq;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

// Whole arrays taken apart, put together and turned round.
public static unsafe partial class Cv2
{
    public static void CopyMakeBorder(InputArray src, OutputArray dst, int top, int bottom, int left, int right, BorderTypes borderType, Scalar? value = null) =>
        Failure.Check(Native.CopyMakeBorder(src, dst, top, bottom, left, right, (int)borderType, value ?? default));

    public static int BorderInterpolate(int p, int len, BorderTypes borderType)
    {
        Failure.Check(Native.BorderInterpolate(p, len, (int)borderType, out var result));
        return result;
    }

    public static void Split(Mat src, out Mat[] mv)
    {
        ArgumentNullException.ThrowIfNull(src);
        var planes = new nint[src.Channels()];
        fixed (nint* first = planes) { Failure.Check(Native.Split(src, first)); }
        mv = [.. planes.Where(plane => plane != 0).Select(plane => new Mat(plane))];
    }

    public static Mat[] Split(Mat src)
    {
        Split(src, out var mv);
        return mv;
    }

    public static void Merge(Mat[] mv, Mat dst)
    {
        var (all, pointers) = SomePointers(mv);
        Failure.Check(Native.Merge(pointers, pointers.Length, dst));
        GC.KeepAlive(all);
    }

    public static void MixChannels(Mat[] src, Mat[] dst, int[] fromTo)
    {
        ArgumentNullException.ThrowIfNull(fromTo);
        if (fromTo.Length == 0 || fromTo.Length % 2 != 0) { throw new ArgumentException("fromTo must hold pairs", nameof(fromTo)); }
        var (from, sources) = SomePointers(src);
        var (to, targets) = SomePointers(dst);
        Failure.Check(Native.MixChannels(sources, sources.Length, targets, targets.Length, fromTo, fromTo.Length / 2));
        GC.KeepAlive(from);
        GC.KeepAlive(to);
    }

    public static void ExtractChannel(InputArray src, OutputArray dst, int coi) => Failure.Check(Native.ExtractChannel(src, dst, coi));

    public static void InsertChannel(InputArray src, InputOutputArray dst, int coi) => Failure.Check(Native.InsertChannel(src, dst, coi));

    public static void Flip(InputArray src, OutputArray dst, FlipMode flipCode) => Failure.Check(Native.Flip(src, dst, (int)flipCode));

    public static void Rotate(InputArray src, OutputArray dst, RotateFlags rotateCode) => Failure.Check(Native.Rotate(src, dst, (int)rotateCode));

    public static void Transpose(InputArray src, OutputArray dst) => Failure.Check(Native.Transpose(src, dst));

    public static void HConcat(IEnumerable<Mat> src, OutputArray dst)
    {
        var (all, pointers) = SomePointers(src);
        Failure.Check(Native.Hconcat(pointers, pointers.Length, dst));
        GC.KeepAlive(all);
    }

    public static void VConcat(IEnumerable<Mat> src, OutputArray dst)
    {
        var (all, pointers) = SomePointers(src);
        Failure.Check(Native.Vconcat(pointers, pointers.Length, dst));
        GC.KeepAlive(all);
    }

    public static void HConcat(InputArray src1, InputArray src2, OutputArray dst) => Failure.Check(Native.Hconcat2(src1, src2, dst));

    public static void VConcat(InputArray src1, InputArray src2, OutputArray dst) => Failure.Check(Native.Vconcat2(src1, src2, dst));

    public static void Repeat(InputArray src, int ny, int nx, OutputArray dst) => Failure.Check(Native.Repeat(src, ny, nx, dst));

    public static void CopyTo(InputArray src, OutputArray dst, InputArray? mask = null) => Failure.Check(Native.CopyTo(src, dst, mask));

    static (Mat[] All, nint[] Pointers) SomePointers(IEnumerable<Mat> mats)
    {
        var found = Pointers(mats);
        return found.Pointers.Length > 0 ? found : throw new ArgumentException("there must be at least one matrix");
    }
}
