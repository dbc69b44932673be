using System.Buffers.Binary;

namespace NLCL.Runtime;

/// <summary>The rows of a BMP of 24 bits without compression, mostly stored from the bottom; each is filled up to four bytes.</summary>
sealed class BmpRowSource : IRowSource
{
    readonly FileStream _file;
    readonly long _firstRow;
    readonly bool _isFromTop;
    int _next;

    public BmpRowSource(FileStream file, RowFormat format)
    {
        (_file, Format) = (file, format);
        Span<byte> start = stackalloc byte[26];
        file.Position = 0;
        file.ReadExactly(start);
        _firstRow = BinaryPrimitives.ReadUInt32LittleEndian(start[10..]);
        _isFromTop = BinaryPrimitives.ReadInt32LittleEndian(start[22..]) < 0;
    }

    public RowFormat Format { get; }

    /// <summary>The format, or null where the file is of another kind.</summary>
    public static RowFormat? FormatOf(FileStream file)
    {
        Span<byte> start = stackalloc byte[34];
        file.Position = 0;
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || start[0] != 'B' || start[1] != 'M')
        {
            return null;
        }
        var (width, height) = (BinaryPrimitives.ReadInt32LittleEndian(start[18..]), BinaryPrimitives.ReadInt32LittleEndian(start[22..]));
        var isPlain = BinaryPrimitives.ReadInt32LittleEndian(start[14..]) >= 40 && BinaryPrimitives.ReadUInt16LittleEndian(start[28..]) == 24 && BinaryPrimitives.ReadInt32LittleEndian(start[30..]) == 0;
        return isPlain && width > 0 && height is not (0 or int.MinValue) ? new RowFormat(width, Math.Abs(height), 3, 1) : null;
    }

    public void Read(Span<byte> row)
    {
        _file.Position = _firstRow + ((_isFromTop ? _next : Format.Height - 1L - _next) * BmpRowSink.Stride(Format));
        _file.ReadExactly(row);
        _next++;
    }

    public void Dispose()
    {
    }
}

/// <summary>Writes a BMP of 24 bits, from the bottom as everybody reads it: the place of each row is known.</summary>
sealed class BmpRowSink : IRowSink
{
    const int HeaderBytes = 54;

    readonly FileStream _file;
    readonly RowFormat _format;
    int _next;

    public BmpRowSink(FileStream file, RowFormat format)
    {
        (_file, _format) = (file, format);
        var length = HeaderBytes + (Stride(format) * format.Height);
        var header = new byte[HeaderBytes];
        "BM"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(2), (uint)length);
        header[10] = HeaderBytes;
        header[14] = 40;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(18), format.Width);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(22), format.Height);
        header[26] = 1;
        header[28] = 24;
        file.Write(header);
        file.SetLength(length);
    }

    /// <summary>The length field has 32 bits.</summary>
    public static bool Fits(RowFormat format) => format is { Channels: 3, BytesPerSample: 1 } && HeaderBytes + (Stride(format) * format.Height) <= uint.MaxValue;

    public static long Stride(RowFormat format) => ((format.Width * 3L) + 3) / 4 * 4;

    public void Write(ReadOnlySpan<byte> row)
    {
        _file.Position = HeaderBytes + ((_format.Height - 1L - _next) * Stride(_format));
        _file.Write(row);
        _next++;
    }

    public void Complete() => _file.Position = _file.Length;

    public void Dispose()
    {
    }
}
