namespace NLCL.Runtime;

/// <summary>
/// Derains a picture file in bands of rows, so that memory does not grow with its height: for pictures of gigapixels. The result
/// equals the whole picture's. PNG (grey, RGB, RGBA; 8 and 16 bits; not interlaced), TIFF (the same, in strips
/// or tiles, as it is or packed by LZW or Deflate), PGM and PPM, and BMP (24 bits).
/// </summary>
public static class BandedPicture
{
    /// <summary>True where both files are of kinds that can be read and written in bands. A file that cannot be read is none.</summary>
    public static bool Suits(string input, string output)
    {
        try
        {
            using var file = File.OpenRead(input);
            return FormatOf(file) is { } format && CanWrite(output, format, PictureMetadata.ExtractFrom(input, file).Orientation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PictureFileException)
        {
            return false;
        }
    }

    /// <summary>Derains a file into another. EXIF with its orientation, profile and XMP go along into PNG and TIFF.</summary>
    /// <param name="derainer">With a model that can be tiled.</param>
    /// <param name="input">The rainy picture.</param>
    /// <param name="output">Appears under its name when it is complete.</param>
    /// <param name="options">How the output is written.</param>
    /// <param name="limits">What the input's header may claim.</param>
    /// <param name="maxBandPixels">Of one band; it is never lower than its halo needs. Input and result of one band are in memory.</param>
    /// <param name="cancellationToken">Ends the work; no file is left behind.</param>
    /// <exception cref="ArgumentException">The files do not suit, or the model needs whole pictures.</exception>
    /// <exception cref="PictureFileException">The input is beyond the limits or damaged, or the output cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Derain(
        Derainer derainer,
        string input,
        string output,
        PictureWriteOptions? options = null,
        PictureLimits? limits = null,
        long maxBandPixels = 1 << 24,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(derainer);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBandPixels, 1);
        if (!derainer.Contract.Tileable)
        {
            throw new ArgumentException($"'{derainer.Contract.Name}' looks at whole pictures and cannot work in bands.", nameof(derainer));
        }
        PictureFile.Probe(input, limits ?? new PictureLimits());
        using var file = File.OpenRead(input);
        var format = FormatOf(file) ?? throw new ArgumentException($"{input} cannot be read in bands.", nameof(input));
        var metadata = PictureMetadata.ExtractFrom(input, file).ForChannels(format.Channels);
        if (!CanWrite(output, format, metadata.Orientation))
        {
            throw new ArgumentException($"{output} cannot be written in bands.", nameof(output));
        }
        using var source = Open(file, format);
        PictureFile.WriteThrough(
            output,
            target =>
            {
                using var sink = SinkFor(output, target, format, metadata);
                try
                {
                    derainer.DerainBands(format.Frame, Read, Write, BytesOf(maxBandPixels), progress: null, cancellationToken);
                }
                catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
                {
                    throw new PictureFileException(input, "a whole picture", $"damage ({e.Message.TrimEnd('.')})", "Get the file again from its source.", e);
                }
                sink.Complete();

                void Read(int firstRow, Span<byte> rows)
                {
                    for (; !rows.IsEmpty; rows = rows[format.RowBytes..])
                    {
                        source.Read(rows[..format.RowBytes]);
                    }
                }

                void Write(int firstRow, ReadOnlySpan<byte> rows)
                {
                    for (; !rows.IsEmpty; rows = rows[format.RowBytes..])
                    {
                        sink.Write(rows[..format.RowBytes]);
                    }
                }
            },
            options?.Overwrite ?? false);

        // Rainy and derained rows of a band are held.
        long BytesOf(long pixels) => 2 * Math.Min(pixels, int.MaxValue) * format.Channels * format.BytesPerSample;
    }

    static RowFormat? FormatOf(FileStream file) => PngRowSource.FormatOf(file) ?? BmpRowSource.FormatOf(file) ?? PnmRowSource.FormatOf(file) ?? TiffLayout.Of(file)?.Format;

    static IRowSource Open(FileStream file, RowFormat format) =>
        PngRowSource.FormatOf(file) is not null ? PngRowSource.Open(file, format)
        : PnmRowSource.FormatOf(file) is not null ? PnmRowSource.Open(file, format)
        : TiffLayout.Of(file) is { } layout ? new TiffRowSource(file, layout)
        : new BmpRowSource(file, format);

    static IRowSink SinkFor(string output, FileStream target, RowFormat format, PictureMetadata metadata) => PictureFile.FormatOf(output) switch
    {
        PictureFormat.Bmp => new BmpRowSink(target, format),
        PictureFormat.Pnm => new PnmRowSink(target, format),
        PictureFormat.Tiff => new TiffRowSink(target, format, metadata),
        _ => new PngRowSink(target, format, metadata),
    };

    // Rows are not turned, and BMP and PNM cannot say that they are to be.
    static bool CanWrite(string output, RowFormat format, int orientation) => PictureFile.FormatOf(output) switch
    {
        PictureFormat.Png => true,
        PictureFormat.Bmp => BmpRowSink.Fits(format) && orientation == 1,
        PictureFormat.Pnm => PnmRowSink.Fits(format) && orientation == 1,
        PictureFormat.Tiff => TiffRowSink.Fits(format),
        _ => false,
    };
}
