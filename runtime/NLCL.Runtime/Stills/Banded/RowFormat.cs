namespace NLCL.Runtime;

/// <summary>Size and kind of a picture that is read or written row by row. Rows are as in a Mat: grey, BGR or BGRA, 8 or 16 bits in the machine's order.</summary>
readonly record struct RowFormat(int Width, int Height, int Channels, int BytesPerSample)
{
    public int RowBytes => checked(Width * Channels * BytesPerSample);

    /// <summary>The same as the derainer takes it.</summary>
    public FrameFormat Frame => new(Width, Height, (Channels, BytesPerSample) switch
    {
        (1, 1) => PixelFormat.Gray8,
        (1, _) => PixelFormat.Gray16,
        (3, 1) => PixelFormat.Bgr24,
        (3, _) => PixelFormat.Bgr48,
        (_, 1) => PixelFormat.Bgra32,
        _ => PixelFormat.Bgra64,
    });
}

/// <summary>A picture file whose rows are read from top to bottom.</summary>
interface IRowSource : IDisposable
{
    RowFormat Format { get; }

    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="EndOfStreamException">The file ends too early.</exception>
    void Read(Span<byte> row);
}

/// <summary>A picture file whose rows are written from top to bottom.</summary>
interface IRowSink : IDisposable
{
    void Write(ReadOnlySpan<byte> row);

    /// <summary>Writes what stands behind the last row.</summary>
    void Complete();
}
