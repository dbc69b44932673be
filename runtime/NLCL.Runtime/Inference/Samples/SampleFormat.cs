namespace NLCL.Runtime;

/// <summary>What the samples of a frame are, apart from its size. Packed pixels and planes have no gaps.</summary>
/// <param name="Pixels">Order of three packed bytes; null: YUV planes, one after the other, as <see cref="YuvFormat"/> has them.</param>
/// <param name="Sampling">Of YUV.</param>
/// <param name="Bits">Of a sample: 8 or 10.</param>
/// <param name="Matrix">Of YUV.</param>
/// <param name="Range">Of YUV.</param>
readonly record struct SampleFormat(
    PackedLayout? Pixels,
    ChromaSampling Sampling = ChromaSampling.Yuv420,
    int Bits = 8,
    YuvMatrix Matrix = YuvMatrix.Bt709,
    YuvRange Range = YuvRange.Limited)
{
    /// <summary>Blue, green, red, as OpenCV keeps colour.</summary>
    public static SampleFormat Bgr => new(PackedLayout.Bgr);

    public int BytesPerSample => Bits > 8 ? 2 : 1;

    /// <summary>Largest code.</summary>
    public int Most => (1 << Bits) - 1;

    /// <summary>The same samples of frames of one size.</summary>
    public static SampleFormat Of(YuvFormat format) => new(null, format.Sampling, format.Bits, format.Matrix, format.Range);

    /// <summary>The samples of a raw frame, once its rows lie without gaps and U and V in planes of their own; null: only planes of floats will do.</summary>
    public static SampleFormat? Of(FrameFormat format) => format.Pixels switch
    {
        PixelFormat.Bgr24 => Bgr,
        PixelFormat.Rgb24 => new(PackedLayout.Rgb),
        PixelFormat.I420 or PixelFormat.Nv12 => new(null, Matrix: format.Matrix, Range: format.Range),
        PixelFormat.I010 or PixelFormat.P010 => new(null, Bits: 10, Matrix: format.Matrix, Range: format.Range),
        _ => null,
    };

    public int ChromaWidth(int width) => Sampling == ChromaSampling.Yuv444 ? width : (width + 1) / 2;

    public int ChromaHeight(int height) => Sampling == ChromaSampling.Yuv420 ? (height + 1) / 2 : height;

    /// <summary>Samples of one frame.</summary>
    public int Count(int width, int height) => checked(Pixels is null
        ? (width * height) + (2 * ChromaWidth(width) * ChromaHeight(height))
        : 3 * width * height);
}
