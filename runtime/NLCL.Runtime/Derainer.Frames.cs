namespace NLCL.Runtime;

public sealed partial class Derainer
{
    /// <summary>
    /// Derains raw frames of one format, as many at once as the model takes and the options allow. YUV frames get the network's
    /// change added, so that samples stay bit for bit where nothing changed; alpha is copied.
    /// </summary>
    /// <remarks>Allocates nothing on the managed heap once the format has been seen, unless tiles are derained in place.</remarks>
    /// <param name="rainy"><c>frames * format.Bytes</c> bytes; the last row may lack the gap behind it.</param>
    /// <param name="background">Same layout. May be the same memory as the input; bytes between rows are not written.</param>
    /// <param name="format">Size and layout of each frame.</param>
    /// <param name="frames">How many, at least 1.</param>
    /// <param name="cancellationToken">Stops within one operator of the network; the output is then undefined.</param>
    /// <exception cref="ArgumentException">A span is too short, or the format is no format.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Derain(ReadOnlySpan<byte> rainy, Span<byte> background, FrameFormat format, int frames = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        format.Validate();
        CheckFrames(rainy.Length, format, frames, nameof(rainy));
        CheckFrames(background.Length, format, frames, nameof(background));
        if (rainy.Overlaps(background, out var apart) && apart != 0)
        {
            // What is written too early would be input yet to come. From here on both are apart, or the same.
            rainy = rainy.ToArray();
        }
        var done = DerainSamples(rainy, background, format, frames, cancellationToken);
        if (done == frames)
        {
            return;
        }
        rainy = rainy[(done * format.Bytes)..];
        background = background[(done * format.Bytes)..];
        frames -= done;
        if (format.IsYuv)
        {
            DerainYuv(rainy, background, format, frames, cancellationToken);
        }
        else if (format.BytesPerSample == 1)
        {
            DerainPacked<byte>(rainy, background, format, frames, cancellationToken);
        }
        else
        {
            DerainPacked<ushort>(rainy, background, format, frames, cancellationToken);
        }
    }

    /// <summary>The same on memory outside .NET, such as a camera's or a decoder's.</summary>
    /// <param name="rainy">Address of the first frame.</param>
    /// <param name="background">Address of the first result; may be the same.</param>
    /// <param name="format">Size and layout of each frame.</param>
    /// <param name="frames">How many, at least 1, one after the other.</param>
    /// <param name="cancellationToken">Stops within one operator of the network; the output is then undefined.</param>
    /// <exception cref="ArgumentException">An address is null, or the format is no format.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public unsafe void Derain(nint rainy, nint background, FrameFormat format, int frames = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentOutOfRangeException.ThrowIfZero(rainy);
        ArgumentOutOfRangeException.ThrowIfZero(background);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        format.Validate();
        // The caller knows of no byte behind the last row, and none is touched.
        var length = checked((int)(((long)(frames - 1) * format.Bytes) + LeastBytes(format)));
        Derain(new ReadOnlySpan<byte>((void*)rainy, length), new Span<byte>((void*)background, length), format, frames, cancellationToken);
    }

    /// <summary><see cref="Derain(ReadOnlySpan{byte}, Span{byte}, FrameFormat, int, CancellationToken)"/> on a pool thread. Leave both alone until the task ends.</summary>
    public Task DerainAsync(ReadOnlyMemory<byte> rainy, Memory<byte> background, FrameFormat format, int frames = 1, CancellationToken cancellationToken = default) =>
        Task.Run(() => Derain(rainy.Span, background.Span, format, frames, cancellationToken), cancellationToken);

    void DerainPacked<T>(ReadOnlySpan<byte> rainy, Span<byte> background, FrameFormat format, int frames, CancellationToken cancellationToken)
        where T : unmanaged
    {
        var inPlace = rainy.Overlaps(background);
        if (format.Order.Channels == 4 && !inPlace)
        {
            FrameSamples.CopyRows(rainy, format.RowBytes, background, format.RowBytes, format.TightRowBytes, frames * format.Height);
        }
        var target = new PackedTarget<T>(background, format);
        var done = 0;
        bool finished;
        do
        {
            var grid = GridFor(format.Width, format.Height);
            if (inPlace && grid.Count > 1)
            {
                // A tile written too early would be the next one's halo.
                rainy = rainy.ToArray();
                inPlace = false;
            }
            finished = TryRun(new PackedSource<T>(rainy, format), target, grid, frames, ref done, cancellationToken);
        }
        while (!finished);
    }

    void DerainYuv(ReadOnlySpan<byte> rainy, Span<byte> background, FrameFormat format, int frames, CancellationToken cancellationToken)
    {
        var perRun = FramesPerRun(GridFor(format.Width, format.Height), frames);
        var buffers = _yuv.Rent(format, perRun);
        try
        {
            for (var first = 0; first < frames; first += perRun)
            {
                var count = Math.Min(perRun, frames - first);
                for (var i = 0; i < count; i++)
                {
                    buffers.Read(rainy[((first + i) * format.Bytes)..], i);
                }
                Derain(buffers.Rainy(count), buffers.Background(count), format.Width, format.Height, count, cancellationToken);
                for (var i = 0; i < count; i++)
                {
                    buffers.Write(rainy[((first + i) * format.Bytes)..], i, background[((first + i) * format.Bytes)..]);
                }
            }
        }
        finally
        {
            _yuv.Return(buffers);
        }
    }

    static void CheckFrames(int length, FrameFormat format, int frames, string name)
    {
        if (length < ((frames - 1L) * format.Bytes) + LeastBytes(format))
        {
            throw new ArgumentException($"{frames} of {format} take {(long)frames * format.Bytes} bytes, found {length}.", name);
        }
    }

    /// <summary>Up to the last sample.</summary>
    static int LeastBytes(FrameFormat format) => format.Bytes - (format.IsYuv
        ? format.ChromaRowBytes - (format.ChromaWidth * format.BytesPerSample * (format.IsInterleaved ? 2 : 1))
        : format.RowBytes - format.TightRowBytes);
}
