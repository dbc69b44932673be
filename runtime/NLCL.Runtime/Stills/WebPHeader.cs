using System.Buffers.Binary;

namespace NLCL.Runtime;

/// <summary>WebP (RFC 9649): a RIFF file whose first chunk is lossy VP8, lossless VP8L, or VP8X with the canvas size.</summary>
static class WebPHeader
{
    public const int RiffLength = 12;

    public static PictureHeader Read(ReadOnlySpan<byte> start, Stream stream)
    {
        if (start.Length < 30)
        {
            throw new EndOfStreamException();
        }
        const int animated = 2;
        var kind = start.Slice(12, 4);
        var data = start[20..];
        if (kind.SequenceEqual("VP8X"u8))
        {
            return Sized(1 + Three(data[4..]), 1 + Three(data[7..])) with
            {
                IsLossless = IsLossless(stream),
                Several = (data[0] & animated) != 0 ? "an animation" : null,
            };
        }
        if (kind.SequenceEqual("VP8L"u8) && data[0] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
            return Sized(1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF)) with { IsLossless = true };
        }
        if (kind.SequenceEqual("VP8 "u8) && data[3..6].SequenceEqual([(byte)0x9D, (byte)0x01, (byte)0x2A]))
        {
            return Sized(
                BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF);
        }
        throw new InvalidDataException("no VP8 header");
    }

    /// <summary>True where the file is as long as its RIFF header says.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> file) => BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L <= file.Length;

    /// <summary>The next chunk without its four bytes each of name and length; false at the end or where the file is cut off.</summary>
    public static bool Next(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> data)
    {
        name = data = default;
        if (rest.Length < 8 || BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]) is var length && length > rest.Length - 8)
        {
            return false;
        }
        name = rest[..4];
        data = rest.Slice(8, (int)length);
        rest = rest[Math.Min(rest.Length, 8 + (int)length + ((int)length & 1))..];
        return true;
    }

    /// <summary>The extended kind tells by its picture chunk, behind whatever else it carries.</summary>
    static bool IsLossless(Stream stream)
    {
        Span<byte> chunk = stackalloc byte[8];
        for (var at = (long)RiffLength; at + chunk.Length <= stream.Length;)
        {
            stream.Position = at;
            stream.ReadExactly(chunk);
            if (chunk.StartsWith("VP8L"u8) || chunk.StartsWith("VP8 "u8))
            {
                return chunk[3] == 'L';
            }
            var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            at += 8 + length + (length & 1);
        }
        return false;
    }

    static PictureHeader Sized(int width, int height) => new(PictureFormat.WebP, width, height);

    static int Three(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
