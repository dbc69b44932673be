namespace NLCL.Runtime;

/// <summary>
/// Where the pixels of a TIFF's first page lie (TIFF 6.0, sections 7, 8, 13 to 15): in strips of whole rows, or in tiles that cover
/// the page from left to right and top to bottom.
/// </summary>
/// <param name="Format">Of the rows.</param>
/// <param name="ChunkWidth">Of a strip or tile, in pixels.</param>
/// <param name="ChunkHeight">In rows.</param>
/// <param name="Compression">1, 5, 8 or 32946, see <see cref="TiffRowSource"/>.</param>
/// <param name="IsDifferences">Each sample is stored as the difference to that of the pixel on its left.</param>
/// <param name="IsLittle">Byte order.</param>
/// <param name="Offsets">Of the strips or tiles in the file.</param>
/// <param name="Lengths">In bytes, as they are stored.</param>
sealed record TiffLayout(RowFormat Format, int ChunkWidth, int ChunkHeight, int Compression, bool IsDifferences, bool IsLittle, long[] Offsets, long[] Lengths)
{
    public const int Plain = 1;
    public const int Lzw = 5;
    public const int Deflate = 8;
    public const int OldDeflate = 32946;

    const int Width = 256, Height = 257, BitsPerSample = 258, CompressionTag = 259, Photometric = 262, FillOrder = 266, StripOffsets = 273;
    const int SamplesPerPixel = 277, RowsPerStrip = 278, StripByteCounts = 279, Planar = 284, Predictor = 317;
    const int TileWidth = 322, TileLength = 323, TileOffsets = 324, TileByteCounts = 325, SampleFormat = 339;

    public int Across => ((Format.Width - 1) / ChunkWidth) + 1;

    /// <summary>The layout, or null where the page is of a kind that is not read in bands.</summary>
    public static TiffLayout? Of(FileStream file)
    {
        var tiff = new TiffBytes(file);
        if (tiff.Length < 8 || !(tiff.Slice(0, 4).SequenceEqual("II*\0"u8) || tiff.Slice(0, 4).SequenceEqual("MM\0*"u8)))
        {
            return null;
        }
        var fields = PictureMetadata.Entries(tiff);
        Dictionary<int, long[]> found = [];
        foreach (var entry in fields)
        {
            found[(int)TiffHeader.Number(entry.AsSpan(0, 2), tiff.IsLittle)] = TiffHeader.Numbers(tiff, entry);
        }
        return FormatOf(found) is { } format ? LayoutOf(found, format, tiff.IsLittle) : null;
    }

    static RowFormat? FormatOf(Dictionary<int, long[]> found)
    {
        var samples = One(found, SamplesPerPixel, 1);
        var bits = found.GetValueOrDefault(BitsPerSample, [1]);
        var (width, height) = (One(found, Width, 0), One(found, Height, 0));
        // Grey with black as zero, RGB, RGB with alpha; whole pixels, unsigned samples of one size.
        var isKnown = (One(found, Photometric, -1), samples) is (1, 1) or (2, 3 or 4)
            && bits.Length == samples && bits[0] is 8 or 16 && Array.TrueForAll(bits, one => one == bits[0])
            && Array.TrueForAll(found.GetValueOrDefault(SampleFormat, [1]), one => one == 1)
            && (One(found, Planar, 1) == 1 || samples == 1) && One(found, FillOrder, 1) == 1;
        return isKnown && width is > 0 and <= int.MaxValue / 8 && height is > 0 and <= int.MaxValue ? new RowFormat((int)width, (int)height, (int)samples, (int)bits[0] / 8) : null;
    }

    static TiffLayout? LayoutOf(Dictionary<int, long[]> found, RowFormat format, bool isLittle)
    {
        var isTiled = found.ContainsKey(TileOffsets);
        var width = isTiled ? One(found, TileWidth, 0) : format.Width;
        var height = isTiled ? One(found, TileLength, 0) : Math.Min(One(found, RowsPerStrip, format.Height), format.Height);
        var offsets = found.GetValueOrDefault(isTiled ? TileOffsets : StripOffsets, []);
        var lengths = found.GetValueOrDefault(isTiled ? TileByteCounts : StripByteCounts, []);
        var (compression, predictor) = (One(found, CompressionTag, Plain), One(found, Predictor, 1));
        if (width is < 1 or > int.MaxValue / 8 || height is < 1 or > int.MaxValue || compression is not (Plain or Lzw or Deflate or OldDeflate) || predictor is not (1 or 2))
        {
            return null;
        }
        var layout = new TiffLayout(format, (int)width, (int)height, (int)compression, predictor == 2 && compression != Plain, isLittle, offsets, lengths);
        var needed = layout.Across * (((format.Height - 1L) / height) + 1);
        return offsets.Length >= needed && lengths.Length >= needed ? layout : null;
    }

    static long One(Dictionary<int, long[]> found, int tag, long normal) => found.TryGetValue(tag, out var values) && values.Length > 0 ? values[0] : normal;
}
