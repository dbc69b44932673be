using System;
using OpenCvSharp.Internal;

namespace OpenCvSharp;

// Copies, conversions and filling.
public partial class Mat
{
    public unsafe Mat Clone()
    {
        if (Empty()) { return new Mat(Size(), Type()); }
        Failure.Check(Native.MatClone(this, out var copy));
        return new Mat(copy);
    }

    public Mat Clone(Rect roi)
    {
        using var part = new Mat(this, roi);
        return part.Clone();
    }

    public Mat EmptyClone() => new(Size(), Type());

    public unsafe void CopyTo(OutputArray m, InputArray? mask = null) => Failure.Check(Native.MatCopyTo(this, m, mask));

    public unsafe void CopyTo(Mat m, InputArray? mask = null)
    {
        ArgumentNullException.ThrowIfNull(m);
        Failure.Check(Native.MatCopyTo(this, m, mask));
    }

    public unsafe void ConvertTo(OutputArray m, MatType rtype, double alpha = 1, double beta = 0) =>
        Failure.Check(Native.MatConvertTo(this, m, rtype.Value, alpha, beta));

    public unsafe void AssignTo(Mat m, MatType? type = null) => Failure.Check(Native.MatAssignTo(this, m, type?.Value ?? -1));

    public unsafe Mat SetTo(Scalar value, Mat? mask = null)
    {
        Failure.Check(Native.MatSetTo(this, value, mask is null ? null : InputArray.Create(mask)));
        return this;
    }

    public unsafe Mat SetTo(InputArray value, Mat? mask = null)
    {
        Failure.Check(Native.MatSetTo(this, value, mask is null ? null : InputArray.Create(mask)));
        return this;
    }

    public unsafe void Create(int rows, int cols, MatType type) => Failure.Check(Native.MatCreate(this, rows, cols, type.Value));

    public void Create(Size size, MatType type) => Create(size.Height, size.Width, type);

    public unsafe void Create(MatType type, params int[] sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        if (sizes.Length < 2) { throw new ArgumentException("sizes.Length < 2"); }
        Failure.Check(Native.MatCreate(this, sizes.Length, sizes, type.Value));
    }

    public unsafe void PushBack(Mat m) => Failure.Check(Native.MatPushBack(this, m));

    public unsafe double Dot(InputArray m)
    {
        Failure.Check(Native.MatDot(this, m, out var result));
        return result;
    }
}
