using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>Writes a TIFF row by row, in strips of differences that Deflate packs; the directory stands behind them.</summary>
sealed class TiffRowSink : IRowSink
{
    const int StripBytes = 1 << 18;
    const ushort Unassociated = 2;

    readonly FileStream _file;
    readonly RowFormat _format;
    readonly TiffFields _fields;
    readonly byte[] _samples;
    readonly int _rowsPerStrip;
    readonly MemoryStream _packed = new();
    readonly List<uint> _offsets = [];
    readonly List<uint> _lengths = [];
    ZLibStream? _zlib;
    int _rows;

    /// <param name="file">Empty; stays the caller's.</param>
    /// <param name="format">Of the rows.</param>
    /// <param name="metadata">Goes into the directory.</param>
    public TiffRowSink(FileStream file, RowFormat format, PictureMetadata metadata)
    {
        (_file, _format) = (file, format);
        _fields = metadata.ToTiffFields();
        if (metadata.Orientation != 1)
        {
            Set(TiffHeader.Orientation, (ushort)metadata.Orientation);
        }
        _samples = new byte[format.RowBytes];
        _rowsPerStrip = Math.Max(1, StripBytes / format.RowBytes);
        file.Write([(byte)'I', (byte)'I', 42, 0, 0, 0, 0, 0]);
    }

    /// <summary>Offsets have 32 bits. Deflate adds a thousandth at most, and the directory is a few megabytes.</summary>
    public static bool Fits(RowFormat format) => (long)format.RowBytes * format.Height <= 4_200_000_000;

    public void Write(ReadOnlySpan<byte> row)
    {
        RowSamples.Exchange(row, _samples, _format, BitConverter.IsLittleEndian);
        Differences();
        _zlib ??= new ZLibStream(_packed, CompressionLevel.Fastest, leaveOpen: true);
        _zlib.Write(_samples);
        if (++_rows % _rowsPerStrip == 0)
        {
            EndStrip();
        }
    }

    public void Complete()
    {
        EndStrip();
        var bits = new ushort[_format.Channels];
        Array.Fill(bits, (ushort)(8 * _format.BytesPerSample));
        Set(256, (uint)_format.Width);
        Set(257, (uint)_format.Height);
        Set(258, bits);
        Set(259, TiffLayout.Deflate);
        Set(262, (ushort)(_format.Channels == 1 ? 1 : 2)); // black is zero; RGB
        Set(273, [.. _offsets]);
        Set(277, (ushort)_format.Channels);
        Set(278, (uint)_rowsPerStrip);
        Set(279, [.. _lengths]);
        Set(284, 1); // whole pixels
        Set(317, 2); // differences
        if (_format.Channels == 4)
        {
            Set(338, Unassociated);
        }
        var at = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(at, _fields.AppendTo(_file, []));
        _file.Position = 4;
        _file.Write(at);
        _file.Position = _file.Length;
    }

    public void Dispose()
    {
        _zlib?.Dispose();
        _packed.Dispose();
    }

    void EndStrip()
    {
        if (_zlib is null)
        {
            return;
        }
        _zlib.Dispose();
        _zlib = null;
        _offsets.Add((uint)_file.Position);
        _lengths.Add((uint)_packed.Length);
        _packed.WriteTo(_file);
        _packed.SetLength(0);
    }

    // From the right, so that each still finds its neighbour as it was.
    void Differences()
    {
        var step = _format.Channels;
        if (_format.BytesPerSample == 1)
        {
            for (var i = _samples.Length - 1; i >= step; i--)
            {
                _samples[i] -= _samples[i - step];
            }
            return;
        }
        var words = MemoryMarshal.Cast<byte, ushort>(_samples.AsSpan());
        for (var i = words.Length - 1; i >= step; i--)
        {
            words[i] -= words[i - step];
        }
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }

    void Set(int tag, params ReadOnlySpan<ushort> values)
    {
        var bytes = new byte[2 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), values[i]);
        }
        _fields.Set(tag, new TiffField(3, bytes));
    }

    void Set(int tag, params ReadOnlySpan<uint> values)
    {
        var bytes = new byte[4 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), values[i]);
        }
        _fields.Set(tag, new TiffField(4, bytes));
    }
}
