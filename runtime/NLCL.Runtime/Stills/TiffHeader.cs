using System.Buffers.Binary;

namespace NLCL.Runtime;

/// <summary>TIFF 6.0: byte order, 42, offset of the first directory; a directory is a count and entries of 12 bytes.</summary>
static class TiffHeader
{
    const int ImageWidth = 256;
    const int ImageLength = 257;
    const int SamplesPerPixel = 277;
    const int TileWidth = 322;
    const int TileLength = 323;

    public static PictureHeader Read(Stream stream)
    {
        Span<byte> buffer = stackalloc byte[12];
        stream.ReadExactly(buffer[..8]);
        var isLittle = buffer[0] == 'I';
        stream.Position = Number(buffer[4..8], isLittle);
        stream.ReadExactly(buffer[..2]);
        var count = Number(buffer[..2], isLittle);
        long width = 0, height = 0;
        for (var i = 0; i < count; i++)
        {
            stream.ReadExactly(buffer);
            var value = Value(buffer, isLittle);
            switch (Number(buffer[..2], isLittle))
            {
                case ImageWidth: width = value; break;
                case ImageLength: height = value; break;
                case SamplesPerPixel when value > 4: throw new InvalidDataException($"{value} samples per pixel");
                // Decoders reserve whole tiles, and these have no relation to the picture's size.
                case TileWidth or TileLength when value > 1 << 14: throw new InvalidDataException($"tiles of {value} pixels");
            }
        }
        return width > 0 && height > 0
            ? new PictureHeader(PictureFormat.Tiff, width, height)
            : throw new InvalidDataException("no size");
    }

    /// <summary>The first value of an entry of bytes (1), 16-bit (3) or 32-bit (4) numbers.</summary>
    public static long Value(ReadOnlySpan<byte> entry, bool isLittle) => Number(entry[2..4], isLittle) switch
    {
        1 => entry[8],
        3 => Number(entry[8..10], isLittle),
        4 => Number(entry[8..12], isLittle),
        _ => 0,
    };

    /// <summary>Two or four bytes.</summary>
    public static long Number(ReadOnlySpan<byte> bytes, bool isLittle) => (bytes.Length, isLittle) switch
    {
        (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (2, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (_, true) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        (_, false) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
    };
}
