namespace NLCL.Runtime;

/// <summary>
/// Size and memory layout of a raw frame. Rows are <see cref="Stride"/> bytes apart. In planar formats the planes follow one
/// another; a chroma plane of its own (<see cref="PixelFormat.I420"/>) has rows half as far apart, a shared one
/// (<see cref="PixelFormat.Nv12"/>) as far. For odd sizes chroma is rounded up.
/// </summary>
/// <param name="Width">In pixels, at least 1.</param>
/// <param name="Height">In pixels, at least 1.</param>
/// <param name="Pixels">Layout of the pixels.</param>
public sealed record FrameFormat(int Width, int Height, PixelFormat Pixels)
{
    /// <summary>Bytes from one row of the first plane to the next; 0: rows without gaps. A multiple of the sample's bytes, of twice as many for I420 and I010.</summary>
    public int Stride { get; init; }

    /// <summary>Weights of luma, for YUV formats.</summary>
    public YuvMatrix Matrix { get; init; } = YuvMatrix.Bt709;

    /// <summary>Codes of black and white, for YUV formats.</summary>
    public YuvRange Range { get; init; } = YuvRange.Limited;

    /// <summary>True for planar formats with luma and chroma.</summary>
    public bool IsYuv => Pixels >= PixelFormat.I420;

    /// <summary>Length of a frame in bytes: the last plane ends with its last row's stride.</summary>
    public int Bytes => checked((int)(IsYuv ? ((long)RowBytes * Height) + ((long)ChromaRowBytes * ChromaHeight * (IsInterleaved ? 1 : 2)) : (long)RowBytes * Height));

    internal int RowBytes => Stride > 0 ? Stride : TightRowBytes;

    internal int TightRowBytes => checked(IsYuv ? Width * BytesPerSample : Width * Order.Channels * BytesPerSample);

    internal int BytesPerSample => Pixels switch
    {
        PixelFormat.Gray8 or PixelFormat.Bgr24 or PixelFormat.Rgb24 or PixelFormat.Bgra32 or PixelFormat.Rgba32 or PixelFormat.I420 or PixelFormat.Nv12 => 1,
        _ => 2,
    };

    internal bool IsInterleaved => Pixels is PixelFormat.Nv12 or PixelFormat.P010;

    internal int ChromaWidth => (Width + 1) / 2;

    internal int ChromaHeight => (Height + 1) / 2;

    /// <summary>Of one chroma row: of U alone, or of U and V in turn.</summary>
    internal int ChromaRowBytes
    {
        get
        {
            var tight = ChromaWidth * BytesPerSample * (IsInterleaved ? 2 : 1);
            // An odd width has a chroma row one sample longer than half.
            return Math.Max(tight, IsInterleaved ? Stride : Stride / 2);
        }
    }

    internal ChannelOrder Order => ChannelOrder.Of(Pixels switch
    {
        PixelFormat.Gray8 or PixelFormat.Gray16 => PackedLayout.Grey,
        PixelFormat.Bgr24 or PixelFormat.Bgr48 => PackedLayout.Bgr,
        PixelFormat.Rgb24 or PixelFormat.Rgb48 => PackedLayout.Rgb,
        PixelFormat.Bgra32 or PixelFormat.Bgra64 => PackedLayout.Bgra,
        _ => PackedLayout.Rgba,
    });

    /// <summary>The same samples in three planes without gaps.</summary>
    internal YuvFormat Yuv => new(Width, Height, ChromaSampling.Yuv420, BytesPerSample == 1 ? 8 : 10, Matrix, Range);

    /// <summary>Throws where no frame can look like that.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range, or the frame exceeds 2 GB.</exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Pixels) || !Enum.IsDefined(Matrix) || !Enum.IsDefined(Range))
        {
            throw new ArgumentOutOfRangeException(nameof(Pixels), Pixels, "Pixels, Matrix and Range must be named values.");
        }
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Height, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Stride);
        var tight = (long)Width * BytesPerSample * (IsYuv ? 1 : Order.Channels);
        if (tight * Height > int.MaxValue / 2 || (long)Stride * Height > int.MaxValue / 2)
        {
            throw new ArgumentOutOfRangeException(nameof(Height), Height, "A raw frame may have 1 GB; derain larger pictures in rows (DerainRows).");
        }
        // Half a stride must hold whole samples where chroma has planes of its own.
        var unit = BytesPerSample * (IsYuv && !IsInterleaved ? 2 : 1);
        if (Stride > 0 && (Stride < tight || Stride % unit != 0))
        {
            throw new ArgumentOutOfRangeException(nameof(Stride), Stride, $"A row has {tight} bytes; the stride must be 0, or at least that and a multiple of {unit}.");
        }
    }

    /// <summary>One line for people.</summary>
    public override string ToString() => $"{Width} x {Height} {Pixels}{(Stride > 0 ? $", {Stride} bytes a row" : "")}";
}
