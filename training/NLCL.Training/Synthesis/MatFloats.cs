using OpenCvSharp;

namespace NLCL.Training;

/// <summary>The values of a float picture as a span, rows without gaps, channels interleaved.</summary>
static class MatFloats
{
    public static unsafe Span<float> Floats(this Mat picture) => picture.IsContinuous() && picture.Depth() == MatType.CV_32F
        ? new((void*)picture.Data, checked((int)(picture.Total() * picture.Channels())))
        : throw new ArgumentException("The picture must be of 32-bit floats, without gaps between its rows.", nameof(picture));
}
