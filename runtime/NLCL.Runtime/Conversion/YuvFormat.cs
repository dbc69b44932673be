namespace NLCL.Runtime;

/// <summary>How many luma samples share one chroma sample.</summary>
public enum ChromaSampling
{
    /// <summary>Half in both directions.</summary>
    Yuv420,

    /// <summary>Half across.</summary>
    Yuv422,

    /// <summary>As fine as luma.</summary>
    Yuv444,
}

/// <summary>Which weights of R, G and B make luma.</summary>
public enum YuvMatrix
{
    /// <summary>ITU-R BT.601: standard definition.</summary>
    Bt601,

    /// <summary>ITU-R BT.709: high definition.</summary>
    Bt709,

    /// <summary>ITU-R BT.2020 with non-constant luminance.</summary>
    Bt2020,
}

/// <summary>Which codes stand for black and white.</summary>
public enum YuvRange
{
    /// <summary>16..235 for luma and 16..240 for chroma, at 8 bits.</summary>
    Limited,

    /// <summary>All codes.</summary>
    Full,
}

/// <summary>
/// A raw planar frame as ffmpeg's <c>yuv4xxp</c> and <c>yuv4xxp10le</c> lay it out: Y, U, V one after the other without gaps,
/// one byte per sample at 8 bits, two little-endian bytes above. Chroma sits on the left luma column, and between two luma
/// rows where it is halved (the default of MPEG-2 and H.264). For odd sizes chroma is rounded up.
/// </summary>
/// <param name="Width">Luma samples per row.</param>
/// <param name="Height">Luma rows.</param>
/// <param name="Sampling">Chroma resolution.</param>
/// <param name="Bits">Per sample: 8 or 10.</param>
/// <param name="Matrix">Weights of luma.</param>
/// <param name="Range">Codes of black and white.</param>
public sealed record YuvFormat(
    int Width,
    int Height,
    ChromaSampling Sampling = ChromaSampling.Yuv420,
    int Bits = 8,
    YuvMatrix Matrix = YuvMatrix.Bt709,
    YuvRange Range = YuvRange.Limited)
{
    /// <summary>Chroma samples per row.</summary>
    public int ChromaWidth => Sampling == ChromaSampling.Yuv444 ? Width : (Width + 1) / 2;

    /// <summary>Chroma rows.</summary>
    public int ChromaHeight => Sampling == ChromaSampling.Yuv420 ? (Height + 1) / 2 : Height;

    /// <summary>1 or 2.</summary>
    public int BytesPerSample => Bits > 8 ? 2 : 1;

    /// <summary>Length of the Y plane.</summary>
    public int LumaBytes => checked(Width * Height * BytesPerSample);

    /// <summary>Length of the U plane, and of the V plane.</summary>
    public int ChromaBytes => checked(ChromaWidth * ChromaHeight * BytesPerSample);

    /// <summary>Length of the frame.</summary>
    public int FrameBytes => checked(LumaBytes + (2 * ChromaBytes));

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range, or the frame exceeds 2 GB.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)Width * Height, TileGrid.MostPixels / 2);
        if (Bits is not (8 or 10))
        {
            throw new ArgumentOutOfRangeException(nameof(Bits), Bits, "Bits must be 8 or 10.");
        }
        if (!Enum.IsDefined(Sampling) || !Enum.IsDefined(Matrix) || !Enum.IsDefined(Range))
        {
            throw new ArgumentOutOfRangeException(nameof(Sampling), this, "Sampling, Matrix and Range must be named values.");
        }
    }
}
