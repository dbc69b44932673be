using System.Buffers.Binary;
using System.IO.Compression;

namespace NLCL.Runtime;

/// <summary>Writes a PNG row by row, each filtered by the pixel to its left, as OpenCV's encoder does.</summary>
sealed class PngRowSink : IRowSink
{
    const int ChunkBytes = 1 << 18;
    const byte SubFilter = 1;

    readonly Stream _file;
    readonly RowFormat _format;
    readonly MemoryStream _packed = new();
    readonly ZLibStream _zlib;
    readonly byte[] _samples;
    readonly byte[] _filtered;

    /// <param name="file">To be written from here on; stays the caller's.</param>
    /// <param name="format">Of the rows.</param>
    /// <param name="metadata">Goes behind the header.</param>
    public PngRowSink(Stream file, RowFormat format, PictureMetadata metadata)
    {
        (_file, _format) = (file, format);
        _samples = new byte[format.RowBytes];
        _filtered = new byte[1 + format.RowBytes];
        _filtered[0] = SubFilter;
        _zlib = new ZLibStream(_packed, CompressionLevel.Fastest, leaveOpen: true);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, format.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), format.Height);
        header[8] = (byte)(8 * format.BytesPerSample);
        header[9] = (byte)(format.Channels switch { 1 => 0, 3 => 2, _ => 6 });
        file.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        PngChunk.Write(file, "IHDR"u8, header);
        using var blocks = new MemoryStream();
        metadata.WritePngBlocks(blocks);
        blocks.WriteTo(file);
    }

    public void Write(ReadOnlySpan<byte> row)
    {
        RowSamples.Exchange(row, _samples, _format, isLittle: false);
        var step = _format.Channels * _format.BytesPerSample;
        _samples.AsSpan(0, step).CopyTo(_filtered.AsSpan(1));
        for (var i = step; i < _samples.Length; i++)
        {
            _filtered[1 + i] = (byte)(_samples[i] - _samples[i - step]);
        }
        _zlib.Write(_filtered);
        if (_packed.Length >= ChunkBytes)
        {
            WriteOut();
        }
    }

    public void Complete()
    {
        _zlib.Dispose();
        WriteOut();
        PngChunk.Write(_file, "IEND"u8, []);
    }

    public void Dispose()
    {
        _zlib.Dispose();
        _packed.Dispose();
    }

    void WriteOut()
    {
        PngChunk.Write(_file, "IDAT"u8, _packed.GetBuffer().AsSpan(0, (int)_packed.Length));
        _packed.SetLength(0);
    }
}
