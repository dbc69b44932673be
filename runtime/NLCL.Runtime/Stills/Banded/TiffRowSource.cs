using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>
/// The rows of a TIFF's first page: grey, RGB or RGBA of 8 or 16 bits, as it is or packed by LZW or Deflate. One row of strips or
/// tiles is open at a time, each unpacked no further than the row that is asked for.
/// </summary>
sealed class TiffRowSource(FileStream file, TiffLayout layout) : IRowSource
{
    readonly byte[] _chunkRow = new byte[layout.ChunkWidth * layout.Format.Channels * layout.Format.BytesPerSample];
    readonly byte[] _row = new byte[layout.Format.RowBytes];
    Stream[] _chunks = [];
    int _next;

    public RowFormat Format => layout.Format;

    public void Read(Span<byte> row)
    {
        if (_next % layout.ChunkHeight == 0)
        {
            OpenChunks(_next / layout.ChunkHeight);
        }
        for (var i = 0; i < _chunks.Length; i++)
        {
            _chunks[i].ReadExactly(_chunkRow);
            if (layout.IsDifferences)
            {
                Sum();
            }
            var place = _row.AsSpan(i * _chunkRow.Length);
            _chunkRow.AsSpan(0, Math.Min(_chunkRow.Length, place.Length)).CopyTo(place);
        }
        // Sums stand in the machine's order already.
        RowSamples.Exchange(_row, row, Format, layout.IsDifferences ? BitConverter.IsLittleEndian : layout.IsLittle);
        _next++;
    }

    public void Dispose()
    {
        foreach (var chunk in _chunks)
        {
            chunk.Dispose();
        }
        _chunks = [];
    }

    void OpenChunks(int row)
    {
        Dispose();
        _chunks = [.. Enumerable.Range(row * layout.Across, layout.Across).Select(Open)];
    }

    Stream Open(int chunk)
    {
        var slice = new FileSlice(file.SafeFileHandle, layout.Offsets[chunk], layout.Lengths[chunk]);
        return layout.Compression switch
        {
            TiffLayout.Lzw => new LzwStream(slice),
            TiffLayout.Deflate or TiffLayout.OldDeflate => new ZLibStream(slice, CompressionMode.Decompress),
            _ => slice,
        };
    }

    // TIFF 6.0, section 14: per strip or tile row, sample by sample, modulo the sample's size.
    void Sum()
    {
        var step = Format.Channels;
        if (Format.BytesPerSample == 1)
        {
            for (var i = step; i < _chunkRow.Length; i++)
            {
                _chunkRow[i] += _chunkRow[i - step];
            }
            return;
        }
        var words = MemoryMarshal.Cast<byte, ushort>(_chunkRow.AsSpan());
        if (BitConverter.IsLittleEndian != layout.IsLittle)
        {
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        for (var i = step; i < words.Length; i++)
        {
            words[i] += words[i - step];
        }
    }
}
