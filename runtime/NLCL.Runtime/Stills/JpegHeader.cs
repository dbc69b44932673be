using System.Buffers.Binary;

namespace NLCL.Runtime;

/// <summary>JPEG (ITU-T T.81 annex B): markers with segments up to the first scan; a frame header holds the size.</summary>
static class JpegHeader
{
    const byte App14 = 0xEE;
    const byte StartOfScan = 0xDA;
    const byte EndOfImage = 0xD9;

    public static PictureHeader Read(Stream stream)
    {
        stream.Position = 2;
        Span<byte> segment = stackalloc byte[12];
        PictureHeader? frame = null;
        var hasAdobe = false;
        while (true)
        {
            var marker = NextMarker(stream);
            if (marker is StartOfScan or EndOfImage)
            {
                return frame is not null
                    ? frame with { Unsupported = hasAdobe ? frame.Unsupported : "a CMYK JPEG that does not say whether its inks are inverted" }
                    : throw new InvalidDataException("no frame header");
            }
            if (IsStandalone(marker))
            {
                continue;
            }
            stream.ReadExactly(segment[..2]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(segment);
            if (length < 2)
            {
                throw new InvalidDataException("a segment shorter than its length");
            }
            var next = stream.Position + length - 2;
            if (marker == App14 && length >= 14)
            {
                stream.ReadExactly(segment[..5]);
                hasAdobe |= segment[..5].SequenceEqual("Adobe"u8);
            }
            else if (IsFrame(marker))
            {
                stream.ReadExactly(segment[..6]);
                frame = Frame(marker, segment);
                // Four inks are only understood with Adobe's marker, which may follow.
                if (segment[5] != 4 || frame.Unsupported is not null)
                {
                    return frame;
                }
            }
            stream.Position = next;
        }
    }

    static PictureHeader Frame(int marker, ReadOnlySpan<byte> segment) => new(
        PictureFormat.Jpeg, BinaryPrimitives.ReadUInt16BigEndian(segment[3..]), BinaryPrimitives.ReadUInt16BigEndian(segment[1..]))
    {
        Unsupported = (marker & 3) == 3 || marker is 0xC5 or 0xC6 or 0xCD or 0xCE
            ? "a lossless or hierarchical JPEG"
            : segment[0] != 8 ? $"a JPEG of {segment[0]} bits" : null,
    };

    /// <summary>The next segment before the scan, without marker and length; false when the scan begins or the file is cut off.</summary>
    public static bool Next(ref ReadOnlySpan<byte> rest, out byte marker, out ReadOnlySpan<byte> data)
    {
        marker = 0;
        data = default;
        while (rest.Length >= 2 && rest[0] == 0xFF && (rest[1] == 0xFF || IsStandalone(rest[1])))
        {
            rest = rest[(rest[1] == 0xFF ? 1 : 2)..];
        }
        if (rest.Length < 4 || rest[0] != 0xFF || rest[1] is StartOfScan or EndOfImage)
        {
            return false;
        }
        var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        if (length < 2 || length + 2 > rest.Length)
        {
            return false;
        }
        marker = rest[1];
        data = rest.Slice(4, length - 2);
        rest = rest[(length + 2)..];
        return true;
    }

    /// <summary>True where an end follows the scan. Within a scan every FF byte is followed by 00 or a restart marker.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> file)
    {
        var rest = file[2..];
        while (Next(ref rest, out _, out _))
        {
        }
        return rest.IndexOf((ReadOnlySpan<byte>)[0xFF, EndOfImage]) >= 0;
    }

    static bool IsFrame(int marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    static bool IsStandalone(int marker) => marker is 0x01 or >= 0xD0 and <= 0xD8;

    // Fill bytes before a marker are legal, any number of them.
    static int NextMarker(Stream stream)
    {
        if (Byte(stream) != 0xFF)
        {
            throw new InvalidDataException("no marker where one must be");
        }
        int marker;
        do
        {
            marker = Byte(stream);
        }
        while (marker == 0xFF);
        return marker;
    }

    static int Byte(Stream stream) => stream.ReadByte() is >= 0 and var value ? value : throw new EndOfStreamException();
}
