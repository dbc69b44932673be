using OpenCvSharp;

namespace NLCL.Runtime;

/// <summary>Which Mats count as pictures here.</summary>
static class PictureType
{
    public static bool IsPicture(Mat picture) =>
        !picture.Empty() && picture.Dims == 2
        && picture.Depth() is MatType.CV_8U or MatType.CV_16U or MatType.CV_32F
        && picture.Channels() is 1 or 3 or 4;

    public static bool AreAlike(Mat one, Mat other) =>
        one.Rows == other.Rows && one.Cols == other.Cols && one.Type() == other.Type() && other.Dims == 2;

    /// <summary>True where the memory between first and last pixel of one meets the other's.</summary>
    public static bool Overlap(Mat one, Mat other)
    {
        var (oneStart, otherStart) = (one.Data, other.Data);
        return oneStart < End(other) && otherStart < End(one);
    }

    /// <exception cref="ArgumentException">The Mat is empty or of another type.</exception>
    public static ChannelOrder OrderOf(Mat picture)
    {
        if (!IsPicture(picture))
        {
            throw new ArgumentException(
                $"A picture is 8-bit, 16-bit or float with 1, 3 or 4 channels, not {picture.Type()} of {picture.Cols} x {picture.Rows}.", nameof(picture));
        }
        return ChannelOrder.Of(picture.Channels() switch { 1 => PackedLayout.Grey, 3 => PackedLayout.Bgr, _ => PackedLayout.Bgra });
    }

    static nint End(Mat picture) => picture.Data + (nint)((picture.Rows - 1) * picture.Step()) + (picture.Cols * picture.ElemSize());
}
