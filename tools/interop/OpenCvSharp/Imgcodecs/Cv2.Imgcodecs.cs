using System;
using System.Collections.Generic;
using System.Linq;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

public static unsafe partial class Cv2
{
    /// <summary>Returns an empty matrix where there is no such file or no decoder for it.</summary>
    public static Mat ImRead(string fileName, ImreadModes flags = ImreadModes.Color) => new(fileName, flags);

    public static bool ImReadMulti(string filename, out Mat[] mats, ImreadModes flags = ImreadModes.AnyColor)
    {
        ArgumentException.ThrowIfNullOrEmpty(filename);
        var failure = Native.ImreadMulti(filename, (int)flags, out var pages, out var ok);
        try
        {
            Failure.Check(failure);
            var taken = new nint[Native.ListCount(pages)];
            fixed (nint* first = taken) { Failure.Check(Native.ListTake(pages, first)); }
            mats = [.. taken.Select(page => new Mat(page))];
            return ok != 0;
        }
        finally
        {
            Native.ListDelete(pages);
        }
    }

    public static bool ImWrite(string fileName, Mat img, int[]? prms = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        ArgumentNullException.ThrowIfNull(img);
        Failure.Check(Native.Imwrite(fileName, img, prms, prms?.Length ?? 0, out var ok));
        return ok != 0;
    }

    public static bool ImWrite(string fileName, Mat img, params ImageEncodingParam[] prms) => ImWrite(fileName, img, Pairs(prms));

    public static bool ImWrite(string fileName, IEnumerable<Mat> img, int[]? prms = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        var (all, pointers) = Pointers(img);
        Failure.Check(Native.ImwriteMulti(fileName, pointers, pointers.Length, prms, prms?.Length ?? 0, out var ok));
        GC.KeepAlive(all);
        return ok != 0;
    }

    public static bool ImWrite(string fileName, IEnumerable<Mat> img, params ImageEncodingParam[] prms) => ImWrite(fileName, img, Pairs(prms));

    public static Mat ImDecode(Mat buf, ImreadModes flags)
    {
        ArgumentNullException.ThrowIfNull(buf);
        return ImDecode((InputArray)buf, flags);
    }

    public static Mat ImDecode(InputArray buf, ImreadModes flags)
    {
        Failure.Check(Native.ImdecodeArray(buf, (int)flags, out var mat));
        return new Mat(mat);
    }

    public static Mat ImDecode(byte[] buf, ImreadModes flags)
    {
        ArgumentNullException.ThrowIfNull(buf);
        if (buf.Length == 0) { throw new ArgumentException("Empty buffer", nameof(buf)); }
        return ImDecode(buf.AsSpan(), flags);
    }

    public static Mat ImDecode(ReadOnlySpan<byte> span, ImreadModes flags)
    {
        if (span.IsEmpty) { throw new ArgumentException("Empty span", nameof(span)); }
        fixed (byte* bytes = span)
        {
            Failure.Check(Native.Imdecode(bytes, span.Length, (int)flags, out var mat));
            return new Mat(mat);
        }
    }

    public static bool ImEncode(string ext, InputArray img, out byte[] buf, int[]? prms = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(ext);
        Failure.Check(Native.Imencode(ext, img, prms, prms?.Length ?? 0, out var bytes, out var length, out var ok));
        buf = GC.AllocateUninitializedArray<byte>(checked((int)length));
        fixed (byte* first = buf) { Native.BytesTake(bytes, first); }
        return ok != 0;
    }

    public static void ImEncode(string ext, InputArray img, out byte[] buf, params ImageEncodingParam[] prms) => ImEncode(ext, img, out buf, Pairs(prms));

    public static bool HaveImageReader(string fileName)
    {
        Failure.Check(Native.HaveImageReader(fileName, out var ok));
        return ok != 0;
    }

    public static bool HaveImageWriter(string fileName)
    {
        Failure.Check(Native.HaveImageWriter(fileName, out var ok));
        return ok != 0;
    }

    static int[] Pairs(ImageEncodingParam[] prms)
    {
        ArgumentNullException.ThrowIfNull(prms);
        return [.. prms.SelectMany(prm => new[] { (int)prm.EncodingId, prm.Value })];
    }

    // The matrices come back too, for the caller to keep alive until its native call is over.
    static (Mat[] All, nint[] Pointers) Pointers(IEnumerable<Mat> mats)
    {
        ArgumentNullException.ThrowIfNull(mats);
        Mat[] all = [.. mats];
        return (all, [.. all.Select(mat => mat.CvPtr)]);
    }
}
