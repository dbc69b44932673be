namespace NLCL.Runtime;

/// <summary>Fills rows of a picture, asked for once each and from top to bottom.</summary>
/// <param name="firstRow">Index of the first row.</param>
/// <param name="rows">Whole rows without gaps.</param>
public delegate void RowReader(int firstRow, Span<byte> rows);

/// <summary>Takes rows of a picture, once each and from top to bottom.</summary>
/// <param name="firstRow">Index of the first row.</param>
/// <param name="rows">Whole rows without gaps; good during the call.</param>
public delegate void RowWriter(int firstRow, ReadOnlySpan<byte> rows);

public sealed partial class Derainer
{
    /// <summary>
    /// Derains a picture of any size in bands of rows, so that memory is bounded by
    /// <see cref="DerainerOptions.MaxBandBytes"/> and <see cref="DerainerOptions.MaxTilePixels"/>, whatever its height. The result
    /// equals the whole picture's.
    /// </summary>
    /// <param name="format">Size and pixels: a packed format without a stride.</param>
    /// <param name="read">Gives the rainy rows; its exceptions pass through.</param>
    /// <param name="write">Takes the background's rows; its exceptions pass through.</param>
    /// <param name="progress">Told after each band how many rows are done.</param>
    /// <param name="cancellationToken">Stops within one operator of the network.</param>
    /// <exception cref="ArgumentException">The format is planar or has a stride.</exception>
    /// <exception cref="NotSupportedException">The model looks at whole pictures, and this one exceeds one band.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void DerainRows(FrameFormat format, RowReader read, RowWriter write, IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        DerainBands(format, read, write, _options.MaxBandBytes, progress, cancellationToken);

    /// <summary>The same with a bound of its own for the rainy and the derained rows of one band, in bytes.</summary>
    internal void DerainBands(FrameFormat format, RowReader read, RowWriter write, long maxBandBytes, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(write);
        (format with { Height = 1 }).Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(format.Height, 1);
        if (format.IsYuv || format.Stride != 0)
        {
            throw new ArgumentException($"Rows are packed pixels without gaps, not {format}.", nameof(format));
        }
        var bands = RowBands.Plan(format, Contract, maxBandBytes);
        var row = format.RowBytes;
        using var rainy = new NativeBuffer(checked(bands.Tile * row));
        using var background = new NativeBuffer(checked(bands.Tile * row));
        var have = 0;
        for (var i = 0; i < bands.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = bands.Start(i);
            var end = Math.Min(start + bands.Tile, format.Height);
            var kept = Math.Max(have - start, 0);
            if (kept > 0 && i > 0)
            {
                // The halo was read with the band before.
                rainy.Bytes.Slice((start - bands.Start(i - 1)) * row, kept * row).CopyTo(rainy.Bytes);
            }
            read(start + kept, rainy.Bytes[(kept * row)..((end - start) * row)]);
            have = end;
            Derain(rainy.Bytes, background.Bytes, format with { Height = end - start }, 1, cancellationToken);
            var (from, to) = (bands.CoreStart(i), Math.Min(bands.CoreEnd(i), format.Height));
            write(from, background.Bytes[((from - start) * row)..((to - start) * row)]);
            progress?.Report(to);
        }
    }
}
