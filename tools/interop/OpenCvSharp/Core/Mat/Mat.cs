using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices.Marshalling;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

/// <summary>cv::Mat: a header of its own over pixels that several headers may share.</summary>
[NativeMarshalling(typeof(HandleMarshaller<Mat>))]
public partial class Mat : CvObject
{
    // Pixels that .NET owns stay pinned until the last header over them is gone.
    readonly PinnedArray? pixels;

    internal Mat(nint ptr, PinnedArray? pixels = null)
        : base(ptr)
    {
        this.pixels = pixels;
        pixels?.Share();
    }

    public unsafe Mat() => Failure.Check(Native.MatNew(out ptr));

    protected unsafe Mat(Mat m)
    {
        Failure.Check(Native.MatSame(m, out ptr));
        pixels = m.pixels;
        pixels?.Share();
    }

    public unsafe Mat(string fileName, ImreadModes flags = ImreadModes.Color)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        Failure.Check(Native.Imread(fileName, (int)flags, out ptr));
    }

    public unsafe Mat(int rows, int cols, MatType type) => Failure.Check(Native.MatNew(rows, cols, type.Value, out ptr));

    public Mat(Size size, MatType type)
        : this(size.Height, size.Width, type)
    {
    }

    public unsafe Mat(int rows, int cols, MatType type, Scalar s) => Failure.Check(Native.MatNew(rows, cols, type.Value, s, out ptr));

    public Mat(Size size, MatType type, Scalar s)
        : this(size.Height, size.Width, type, s)
    {
    }

    public unsafe Mat(IEnumerable<int> sizes, MatType type)
    {
        var all = sizes.ToArray();
        Failure.Check(Native.MatNew(all.Length, all, type.Value, out ptr));
    }

    public unsafe Mat(IEnumerable<int> sizes, MatType type, Scalar s)
    {
        var all = sizes.ToArray();
        Failure.Check(Native.MatNew(all.Length, all, type.Value, s, out ptr));
    }

    public unsafe Mat(Mat m, Range rowRange, Range? colRange = null)
    {
        Failure.Check(Native.MatView(m, rowRange, colRange ?? Range.All, out ptr));
        pixels = m.pixels;
        pixels?.Share();
    }

    public unsafe Mat(Mat m, params Range[] ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        if (ranges.Length == 0) { throw new ArgumentException("empty ranges", nameof(ranges)); }
        Failure.Check(Native.MatView(m, ranges, ranges.Length, out ptr));
        pixels = m.pixels;
        pixels?.Share();
    }

    public Mat(Mat m, Rect roi)
        : this(m, new Range(roi.Y, roi.Y + roi.Height), new Range(roi.X, roi.X + roi.Width))
    {
    }

    /// <summary>A header over memory that the caller keeps alive and in place.</summary>
    public static unsafe Mat FromPixelData(int rows, int cols, MatType type, IntPtr data, long step = 0)
    {
        Failure.Check(Native.MatNew(rows, cols, type.Value, data, step, out var made));
        return new Mat(made);
    }

    /// <summary>A header over an array, which stays pinned while this matrix or a view of it lives.</summary>
    public static unsafe Mat FromPixelData(int rows, int cols, MatType type, Array data, long step = 0)
    {
        using var pin = new PinnedArray(data);
        Failure.Check(Native.MatNew(rows, cols, type.Value, pin.Address, step, out var made));
        return new Mat(made, pin);
    }

    public static unsafe Mat FromPixelData(IEnumerable<int> sizes, MatType type, IntPtr data, IEnumerable<long>? steps = null)
    {
        var all = sizes.ToArray();
        Failure.Check(Native.MatNew(all.Length, all, type.Value, data, steps?.ToArray(), out var made));
        return new Mat(made);
    }

    public static unsafe Mat FromPixelData(IEnumerable<int> sizes, MatType type, Array data, IEnumerable<long>? steps = null)
    {
        var all = sizes.ToArray();
        using var pin = new PinnedArray(data);
        Failure.Check(Native.MatNew(all.Length, all, type.Value, pin.Address, steps?.ToArray(), out var made));
        return new Mat(made, pin);
    }

    /// <summary>Takes over a cv::Mat* that this binding's native side made.</summary>
    public static Mat FromNativePointer(IntPtr ptr)
    {
        if (ptr == IntPtr.Zero) { throw new OpenCvSharpException("Native object address is NULL"); }
        return new Mat(ptr);
    }

    public static Mat FromStream(Stream stream, ImreadModes mode)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return FromImageData(all.ToArray(), mode);
    }

    public static Mat ImDecode(byte[] imageBytes, ImreadModes mode = ImreadModes.Color) => Cv2.ImDecode(imageBytes, mode);
    public static Mat ImDecode(ReadOnlySpan<byte> span, ImreadModes mode = ImreadModes.Color) => Cv2.ImDecode(span, mode);
    public static Mat FromImageData(byte[] imageBytes, ImreadModes mode = ImreadModes.Color) => Cv2.ImDecode(imageBytes, mode);
    public static Mat FromImageData(ReadOnlySpan<byte> span, ImreadModes mode = ImreadModes.Color) => Cv2.ImDecode(span, mode);

    public static MatExpr Zeros(int rows, int cols, MatType type) => Initial(0, rows, cols, type);
    public static MatExpr Zeros(Size size, MatType type) => Zeros(size.Height, size.Width, type);
    public static MatExpr Ones(int rows, int cols, MatType type) => Initial(1, rows, cols, type);
    public static MatExpr Ones(Size size, MatType type) => Ones(size.Height, size.Width, type);
    public static MatExpr Eye(int rows, int cols, MatType type) => Initial(2, rows, cols, type);
    public static MatExpr Eye(Size size, MatType type) => Eye(size.Height, size.Width, type);

    static unsafe MatExpr Initial(int which, int rows, int cols, MatType type)
    {
        Failure.Check(Native.MatInitial(which, rows, cols, type.Value, out var made));
        return new MatExpr(new Mat(made));
    }

    public void Release() => Dispose();

    protected override void DisposeUnmanaged()
    {
        if (ptr != IntPtr.Zero) { Native.MatDelete(ptr); }
        pixels?.Dispose();
        base.DisposeUnmanaged();
    }
}
