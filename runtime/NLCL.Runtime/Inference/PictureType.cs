using OpenCvSharp;

namespace NLCL.Runtime;

/// <summary>Which Mats count as pictures here.</summary>
static class PictureType
{
    public static bool IsPicture(Mat picture) =>
        !picture.Empty() && picture.Dims == 2
        && picture.Depth() is MatType.CV_8U or MatType.CV_16U or MatType.CV_32F
        && picture.Channels() is 1 or 3 or 4;

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
}
