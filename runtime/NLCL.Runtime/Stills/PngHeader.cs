using System.Buffers.Binary;

namespace NLCL.Runtime;

/// <summary>PNG (W3C, third edition): a signature, then chunks of length, type, data, checksum; IHDR is the first.</summary>
static class PngHeader
{
    public const int SignatureLength = 8;

    public static PictureHeader Read(ReadOnlySpan<byte> start, Stream stream)
    {
        if (start.Length < 26)
        {
            throw new EndOfStreamException();
        }
        return start.Slice(12, 4).SequenceEqual("IHDR"u8)
            ? new PictureHeader(
                PictureFormat.Png, BinaryPrimitives.ReadUInt32BigEndian(start[16..]), BinaryPrimitives.ReadUInt32BigEndian(start[20..]))
            {
                Several = Frames(stream) > 1 ? "an animation" : null,
            }
            : throw new InvalidDataException("no IHDR");
    }

    /// <summary>An animation says before the first pixels how many frames it has (PNG third edition, 11.3.5.1).</summary>
    static uint Frames(Stream stream)
    {
        Span<byte> head = stackalloc byte[12];
        for (long at = SignatureLength; at + head.Length <= stream.Length;)
        {
            stream.Position = at;
            stream.ReadExactly(head);
            if (head[4..8].SequenceEqual("acTL"u8))
            {
                return BinaryPrimitives.ReadUInt32BigEndian(head[8..]);
            }
            if (head[4..8].SequenceEqual("IDAT"u8))
            {
                break;
            }
            at += 12L + BinaryPrimitives.ReadUInt32BigEndian(head);
        }
        return 1;
    }

    /// <summary>The next chunk with its four bytes each of length, type and checksum; false at the end or where the file is cut off.</summary>
    public static bool Next(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> data, out ReadOnlySpan<byte> chunk)
    {
        type = data = chunk = default;
        if (rest.Length < 12 || BinaryPrimitives.ReadUInt32BigEndian(rest) > rest.Length - 12)
        {
            return false;
        }
        var length = (int)BinaryPrimitives.ReadUInt32BigEndian(rest);
        type = rest.Slice(4, 4);
        data = rest.Slice(8, length);
        chunk = rest[..(length + 12)];
        rest = rest[(length + 12)..];
        return true;
    }

    /// <summary>
    /// The file without the chunks that only describe: a decoder unpacks texts and profiles, however large they become, and
    /// animations are no stills.
    /// </summary>
    public static byte[] Bare(ReadOnlySpan<byte> file)
    {
        var bare = new byte[file.Length];
        file[..SignatureLength].CopyTo(bare);
        var length = SignatureLength;
        var rest = file[SignatureLength..];
        while (Next(ref rest, out var type, out _, out var chunk))
        {
            // Upper case marks what is needed to show the picture (PNG third edition, 5.4); transparency is not marked.
            if (char.IsAsciiLetterUpper((char)type[0]) || type.SequenceEqual("tRNS"u8))
            {
                chunk.CopyTo(bare.AsSpan(length));
                length += chunk.Length;
            }
        }
        return length == bare.Length ? bare : bare[..length];
    }

    /// <summary>True where every chunk up to IEND is there, and enough in them for all rows.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> file)
    {
        // Deflate packs 258 bytes into two bits at best (RFC 1951, 3.2.5).
        const long mostRatio = 1032;
        var (width, height, bits) = (BinaryPrimitives.ReadUInt32BigEndian(file[16..]), BinaryPrimitives.ReadUInt32BigEndian(file[20..]), file[24]);
        var samples = file[25] switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        var packed = 0L;
        var rest = file[SignatureLength..];
        while (Next(ref rest, out var type, out var data, out _))
        {
            if (type.SequenceEqual("IEND"u8))
            {
                return (((long)width * bits * samples) + 7) / 8 * height <= packed * mostRatio;
            }
            packed += type.SequenceEqual("IDAT"u8) ? data.Length : 0;
        }
        return false;
    }
}
