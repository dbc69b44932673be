namespace NLCL.Runtime;

/// <summary>How the pixels of a raw frame lie in memory. Words of 16 bits have the machine's byte order.</summary>
public enum PixelFormat
{
    /// <summary>One byte.</summary>
    Gray8,

    /// <summary>One word.</summary>
    Gray16,

    /// <summary>Three bytes, as OpenCV keeps colour.</summary>
    Bgr24,

    /// <summary>Three bytes.</summary>
    Rgb24,

    /// <summary>Four bytes; the alpha is copied.</summary>
    Bgra32,

    /// <summary>Four bytes; the alpha is copied.</summary>
    Rgba32,

    /// <summary>Three words.</summary>
    Bgr48,

    /// <summary>Three words.</summary>
    Rgb48,

    /// <summary>Four words; the alpha is copied.</summary>
    Bgra64,

    /// <summary>Four words; the alpha is copied.</summary>
    Rgba64,

    /// <summary>8-bit YUV 4:2:0 in three planes: ffmpeg's <c>yuv420p</c>.</summary>
    I420,

    /// <summary>8-bit YUV 4:2:0 in two planes, U and V in turn: what cameras and hardware decoders give.</summary>
    Nv12,

    /// <summary>10-bit YUV 4:2:0 in three planes of words, code in the low bits: ffmpeg's <c>yuv420p10le</c>.</summary>
    I010,

    /// <summary>10-bit YUV 4:2:0 in two planes of words, code in the high bits: ffmpeg's <c>p010le</c>.</summary>
    P010,
}
