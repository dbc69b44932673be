using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NLCL.Runtime.Tests;

/// <summary>Pictures of any height in bands of rows.</summary>
public sealed class RowBandTests : IDisposable
{
    readonly TestFolder _folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    Derainer Open(long maxBandBytes, long maxTilePixels = 1 << 20, TinyOnnx? model = null) => Derainer.Open(
        _folder.Write("m.onnx", (model ?? TinyOnnx.Network()).ToBytes()),
        new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1, MaxTilePixels = maxTilePixels, MaxBandBytes = maxBandBytes });

    [Theory]
    [InlineData(PixelFormat.Rgb48, 61, 200, 20_000, 1 << 20)]
    [InlineData(PixelFormat.Rgb48, 61, 201, 20_000, 900)]
    [InlineData(PixelFormat.Bgra64, 30, 77, 1, 1 << 20)]
    [InlineData(PixelFormat.Gray16, 33, 40, 1 << 20, 1 << 20)]
    [InlineData(PixelFormat.Bgr24, 17, 1, 1, 1 << 20)]
    public void Bands_equal_the_whole_picture(PixelFormat pixels, int width, int height, long maxBandBytes, long maxTilePixels)
    {
        var format = new FrameFormat(width, height, pixels);
        var rainy = Noise.Bytes(format.Bytes);
        var expected = new byte[rainy.Length];
        using (var whole = Open(1 << 30))
        {
            whole.Derain(rainy, expected, format, 1, Token);
        }
        var actual = new byte[rainy.Length];
        var (read, written) = (0, 0);
        using var derainer = Open(maxBandBytes, maxTilePixels);
        derainer.DerainRows(
            format,
            (first, rows) =>
            {
                Assert.Equal(read, first);
                rainy.AsSpan(first * format.RowBytes, rows.Length).CopyTo(rows);
                read += rows.Length / format.RowBytes;
            },
            (first, rows) =>
            {
                Assert.Equal(written, first);
                rows.CopyTo(actual.AsSpan(first * format.RowBytes));
                written += rows.Length / format.RowBytes;
            },
            cancellationToken: Token);
        Assert.Equal((height, height), (read, written));
        if (format.BytesPerSample == 1)
        {
            Assert.Equal(expected, actual);
            return;
        }
        // One code of 16 bits is 1.5e-5: a float within 1e-5 may round to the neighbour.
        var one = MemoryMarshal.Cast<byte, ushort>(expected);
        var other = MemoryMarshal.Cast<byte, ushort>(actual);
        for (var i = 0; i < one.Length; i++)
        {
            Assert.InRange(Math.Abs(one[i] - other[i]), 0, 1);
        }
    }

    [Fact]
    public void A_picture_of_sixty_million_pixels_takes_bounded_memory()
    {
        const int width = 30_000, height = 2_000;
        const long budget = 48 << 20;
        var format = new FrameFormat(width, height, PixelFormat.Bgr24);
        using var derainer = Open(budget, 1 << 19);
        var before = WorkingSet();
        var (rows, largest, peak) = (0, 0, 0L);
        // What the written rows must be, where bands and tiles meet and elsewhere: the same network on a small part.
        var parts = new[] { (0, 0), (29_900, 0), (12_345, 121), (777, 250), (15_000, 511), (29_900, 1_900), (3, 1_033) }
            .Select(p => (X: p.Item1, Y: p.Item2, Expected: Part(derainer, format, p.Item1, p.Item2))).ToArray();
        var seen = 0;
        derainer.DerainRows(
            format,
            (first, target) =>
            {
                largest = Math.Max(largest, target.Length);
                Fill(format, first, target);
            },
            (first, result) =>
            {
                rows += result.Length / format.RowBytes;
                peak = Math.Max(peak, WorkingSet());
                foreach (var part in parts)
                {
                    for (var y = Math.Max(part.Y, first); y < Math.Min(part.Y + Size, first + (result.Length / format.RowBytes)); y++)
                    {
                        var actual = result.Slice(((y - first) * format.RowBytes) + (3 * part.X), 3 * Size);
                        for (var i = 0; i < actual.Length; i++)
                        {
                            Assert.InRange(Math.Abs(actual[i] - part.Expected[((y - part.Y) * 3 * Size) + i]), 0, 1);
                        }
                        seen++;
                    }
                }
            },
            cancellationToken: Token);
        Assert.Equal((height, parts.Length * Size), (rows, seen));
        Assert.InRange(largest, 1, budget / 2);
        // Whole, the planes alone would be 720 MB, twice.
        Assert.InRange(peak - before, long.MinValue, 600L << 20);
    }

    const int Size = 40;

    /// <summary>The part's background: derained with more than a halo around it.</summary>
    static byte[] Part(Derainer derainer, FrameFormat format, int x, int y)
    {
        const int around = 16;
        var (x0, y0) = (Math.Max(x - around, 0) & ~1, Math.Max(y - around, 0) & ~1);
        var small = new FrameFormat(Math.Min(x + Size + around, format.Width) - x0, Math.Min(y + Size + around, format.Height) - y0, PixelFormat.Bgr24);
        var pixels = new byte[small.Bytes];
        var row = new byte[format.RowBytes];
        for (var i = 0; i < small.Height; i++)
        {
            Fill(format, y0 + i, row);
            row.AsSpan(3 * x0, small.RowBytes).CopyTo(pixels.AsSpan(i * small.RowBytes));
        }
        derainer.Derain(pixels, pixels, small, 1, Token);
        return [.. Enumerable.Range(y - y0, Size).SelectMany(i => pixels.AsSpan((i * small.RowBytes) + (3 * (x - x0)), 3 * Size).ToArray())];
    }

    /// <summary>A picture that nobody has to hold: waves and a hash of the position.</summary>
    static void Fill(FrameFormat format, int firstRow, Span<byte> rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var (x, y) = (i % format.RowBytes, firstRow + (i / format.RowBytes));
            rows[i] = (byte)((x * 31) + (y * 57) + (((x >> 5) * (y >> 4)) >> 3));
        }
    }

    static long WorkingSet()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    [Fact]
    public void A_model_that_looks_at_whole_pictures_says_so()
    {
        var contract = TinyOnnx.Contract() with { Tileable = false };
        var model = new TinyOnnx { Metadata = new(contract.ToMetadata()) }.Node("Identity", ["rainy"], ["background"]);
        using var derainer = Open(1000, model: model);
        var failure = Assert.Throws<NotSupportedException>(() => derainer.DerainRows(new FrameFormat(50, 50, PixelFormat.Bgr24), (_, _) => { }, (_, _) => { }, null, Token));
        Assert.Contains("MaxBandBytes", failure.Message, StringComparison.Ordinal);
        var rows = 0;
        derainer.DerainRows(new FrameFormat(10, 16, PixelFormat.Bgr24), (_, _) => { }, (_, result) => rows += result.Length / 30, null, Token);
        Assert.Equal(16, rows);
    }

    [Fact]
    public void What_the_caller_throws_comes_out()
    {
        using var derainer = Open(2000);
        var format = new FrameFormat(30, 100, PixelFormat.Bgr24);
        Assert.Throws<EndOfStreamException>(() => derainer.DerainRows(format, (_, _) => throw new EndOfStreamException(), (_, _) => { }, null, Token));
        Assert.Throws<IOException>(() => derainer.DerainRows(format, (_, _) => { }, (_, _) => throw new IOException(), null, Token));
        Assert.Throws<OperationCanceledException>(() => derainer.DerainRows(format, (_, _) => { }, (_, _) => { }, null, new CancellationToken(canceled: true)));
        Assert.Throws<ArgumentException>(() => derainer.DerainRows(new FrameFormat(4, 4, PixelFormat.I420), (_, _) => { }, (_, _) => { }, null, Token));
        Assert.Throws<ArgumentException>(() => derainer.DerainRows(format with { Stride = 200 }, (_, _) => { }, (_, _) => { }, null, Token));
    }
}
