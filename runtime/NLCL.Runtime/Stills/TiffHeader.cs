using System.Buffers.Binary;

namespace NLCL.Runtime;

/// <summary>TIFF 6.0: byte order, 42, offset of the first directory; a directory is a count and entries of 12 bytes.</summary>
static class TiffHeader
{
    const int ImageWidth = 256;
    const int ImageLength = 257;
    /// <summary>EXIF's tag is TIFF's.</summary>
    public const int Orientation = 274;

    const int StripOffsets = 273;
    const int SamplesPerPixel = 277;
    const int StripByteCounts = 279;
    const int TileOffsets = 324;
    const int TileByteCounts = 325;
    const int TileWidth = 322;
    const int TileLength = 323;
    const int ExtraSamples = 338;

    public static PictureHeader Read(Stream stream)
    {
        Span<byte> buffer = stackalloc byte[12];
        stream.ReadExactly(buffer[..8]);
        var isLittle = buffer[0] == 'I';
        stream.Position = Number(buffer[4..8], isLittle);
        stream.ReadExactly(buffer[..2]);
        var count = Number(buffer[..2], isLittle);
        long width = 0, height = 0;
        var kind = new TiffKind();
        for (var i = 0; i < count; i++)
        {
            stream.ReadExactly(buffer);
            var value = FirstValue(stream, buffer, isLittle);
            var tag = Number(buffer[..2], isLittle);
            kind = kind.With((int)tag, value);
            switch (tag)
            {
                case ImageWidth: width = value; break;
                case ImageLength: height = value; break;
                case SamplesPerPixel when value > 4: throw new InvalidDataException($"{value} samples per pixel");
                // Decoders reserve whole tiles, and these have no relation to the picture's size.
                case TileWidth or TileLength when value > 1 << 14: throw new InvalidDataException($"tiles of {value} pixels");
            }
        }
        var pages = TiffPages.Count(stream, isLittle);
        return width > 0 && height > 0
            ? new PictureHeader(PictureFormat.Tiff, width, height) { Unsupported = kind.Unsupported, Several = pages > 1 ? $"{pages} pages" : null }
            : throw new InvalidDataException("no size");
    }

    /// <summary>As <see cref="Value"/>, also where several 16-bit values stand elsewhere; leaves the stream behind the entry.</summary>
    static long FirstValue(Stream stream, ReadOnlySpan<byte> entry, bool isLittle)
    {
        if (Number(entry[2..4], isLittle) != 3 || Number(entry[4..8], isLittle) <= 2)
        {
            return Value(entry, isLittle);
        }
        var back = stream.Position;
        Span<byte> value = stackalloc byte[2];
        stream.Position = Number(entry[8..12], isLittle);
        var isThere = stream.ReadAtLeast(value, 2, throwOnEndOfStream: false) == 2;
        stream.Position = back;
        return isThere ? Number(value, isLittle) : 0;
    }

    /// <summary>True where all strips or tiles of the first directory lie within the file.</summary>
    public static bool IsWhole(byte[] file)
    {
        var (offsets, lengths) = Numbers(file, StripOffsets) is { Length: > 0 } strips
            ? (strips, Numbers(file, StripByteCounts))
            : (Numbers(file, TileOffsets), Numbers(file, TileByteCounts));
        return offsets.Length > 0 && offsets.Length <= lengths.Length && offsets.Zip(lengths).All(part => part.First + part.Second <= file.Length);
    }

    /// <summary>All values of an entry of 16-bit or 32-bit numbers.</summary>
    static long[] Numbers(byte[] file, int tag)
    {
        return Entry(file, tag) is { } at ? Numbers(file, file.AsSpan(at, 12)) : [];
    }

    /// <summary>All values of an entry of 16-bit or 32-bit numbers; none where it holds others.</summary>
    public static long[] Numbers(TiffBytes tiff, ReadOnlySpan<byte> entry)
    {
        if (TiffFields.Field(tiff, entry, tiff.IsLittle) is not { Type: 3 or 4 } field)
        {
            return [];
        }
        var size = field.Type == 3 ? 2 : 4;
        var numbers = new long[field.Values.Length / size];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Number(field.Values.AsSpan(i * size, size), isLittle: true);
        }
        return numbers;
    }

    /// <summary>
    /// Takes from the first directory what decoders act on, each in its way: that the picture is turned, and that colour is
    /// still to be multiplied by alpha. Returns how it was turned, 1 to 8.
    /// </summary>
    public static int Plain(byte[] file)
    {
        const int alreadyMultiplied = 1, toBeMultiplied = 2;
        var isLittle = IsLittle(file);
        if (Entry(file, ExtraSamples) is { } extra && Value(file.AsSpan(extra, 12), isLittle) == toBeMultiplied)
        {
            PutValue(file.AsSpan(extra, 12), alreadyMultiplied, isLittle);
        }
        if (Entry(file, Orientation) is not { } at)
        {
            return 1;
        }
        var orientation = Value(file.AsSpan(at, 12), isLittle);
        PutValue(file.AsSpan(at, 12), 1, isLittle);
        return orientation is >= 1 and <= 8 ? (int)orientation : 1;
    }

    public static bool IsLittle(byte[] tiff) => tiff[0] == 'I';

    /// <summary>Where the entry of a tag of the first directory starts.</summary>
    public static int? Entry(byte[] tiff, int tag)
    {
        if (Directory(tiff, out var first, out var count))
        {
            for (var i = 0; i < count; i++)
            {
                if (Number(tiff.AsSpan(first + (12 * i), 2), IsLittle(tiff)) == tag)
                {
                    return first + (12 * i);
                }
            }
        }
        return null;
    }

    /// <summary>Where the first directory's entries start, and how many they are; false where they are not all there.</summary>
    public static bool Directory(byte[] tiff, out int firstEntry, out int count)
    {
        var at = Number(tiff.AsSpan(4, 4), IsLittle(tiff));
        (firstEntry, count) = (0, 0);
        if (at > tiff.Length - 2)
        {
            return false;
        }
        firstEntry = (int)at + 2;
        count = (int)Number(tiff.AsSpan((int)at, 2), IsLittle(tiff));
        return firstEntry + (12L * count) <= tiff.Length;
    }

    /// <summary>Makes the entry one 16-bit value, left-aligned in its last four bytes.</summary>
    public static void PutValue(Span<byte> entry, ushort value, bool isLittle)
    {
        Put(entry[2..], 3, isLittle);
        entry[8..].Clear();
        Put(entry[8..], value, isLittle);
    }

    static void Put(Span<byte> target, ushort value, bool isLittle)
    {
        if (isLittle)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(target, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(target, value);
        }
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
