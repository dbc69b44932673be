using System.Buffers.Binary;
using System.IO.Compression;

namespace NLCL.Runtime;

/// <summary>
/// The rows of a PNG without interlacing: grey, RGB or RGBA of 8 or 16 bits. Only one row and the one above it are held (PNG
/// third edition, 7.3 and clause 9).
/// </summary>
sealed class PngRowSource : IRowSource
{
    readonly ZLibStream _zlib;
    readonly byte[] _rows;
    readonly int _pixelBytes;
    bool _isOdd;

    PngRowSource(FileStream file, RowFormat format)
    {
        Format = format;
        _pixelBytes = format.Channels * format.BytesPerSample;
        // Two rows, each behind as many zeros as a pixel has bytes: what stands left of the first pixel.
        _rows = new byte[2 * (_pixelBytes + format.RowBytes)];
        _zlib = new ZLibStream(new PngDataStream(file), CompressionMode.Decompress);
    }

    public RowFormat Format { get; }

    /// <summary>The format, or null where the file is of another kind.</summary>
    public static RowFormat? FormatOf(FileStream file)
    {
        Span<byte> start = stackalloc byte[33];
        file.Position = 0;
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start[12..16].SequenceEqual("IHDR"u8))
        {
            return null;
        }
        var channels = start[25] switch { 0 => 1, 2 => 3, 6 => 4, _ => 0 };
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(start[16..]), BinaryPrimitives.ReadInt32BigEndian(start[20..]));
        return channels > 0 && start[24] is 8 or 16 && start[28] == 0 && width > 0 && height > 0 ? new RowFormat(width, height, channels, start[24] / 8) : null;
    }

    /// <summary>Reads on from the first chunk; the file stays the caller's.</summary>
    public static PngRowSource Open(FileStream file, RowFormat format)
    {
        file.Position = PngHeader.SignatureLength;
        return new PngRowSource(file, format);
    }

    public void Read(Span<byte> row)
    {
        var half = _rows.Length / 2;
        var current = _rows.AsSpan(_isOdd ? half : 0, half);
        var above = _rows.AsSpan(_isOdd ? 0 : half, half);
        var filter = _zlib.ReadByte();
        _zlib.ReadExactly(current[_pixelBytes..]);
        Unfilter(filter, current, above, _pixelBytes);
        _isOdd = !_isOdd;
        RowSamples.Exchange(current[_pixelBytes..], row, Format, isLittle: false);
    }

    public void Dispose() => _zlib.Dispose();

    static void Unfilter(int filter, Span<byte> current, ReadOnlySpan<byte> above, int step)
    {
        for (var i = step; i < current.Length && filter != 0; i++)
        {
            int left = current[i - step], up = above[i], upLeft = above[i - step];
            current[i] += (byte)(filter switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Paeth(left, up, upLeft),
                _ => throw new InvalidDataException("an unknown filter"),
            });
        }
    }

    static int Paeth(int left, int up, int upLeft)
    {
        var estimate = left + up - upLeft;
        var (toLeft, toUp, toUpLeft) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - upLeft));
        return toLeft <= toUp && toLeft <= toUpLeft ? left : toUp <= toUpLeft ? up : upLeft;
    }
}
