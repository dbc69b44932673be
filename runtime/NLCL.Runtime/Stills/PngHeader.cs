using System.Buffers.Binary;

namespace NLCL.Runtime;

/// <summary>PNG (W3C, third edition): a signature, then chunks of length, type, data, checksum; IHDR is the first.</summary>
static class PngHeader
{
    public const int SignatureLength = 8;

    public static PictureHeader Read(ReadOnlySpan<byte> start)
    {
        if (start.Length < 24)
        {
            throw new EndOfStreamException();
        }
        return start.Slice(12, 4).SequenceEqual("IHDR"u8)
            ? new PictureHeader(
                PictureFormat.Png, BinaryPrimitives.ReadUInt32BigEndian(start[16..]), BinaryPrimitives.ReadUInt32BigEndian(start[20..]))
            : throw new InvalidDataException("no IHDR");
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

    /// <summary>True where every chunk up to IEND is there.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> file)
    {
        var rest = file[SignatureLength..];
        while (Next(ref rest, out var type, out _, out _))
        {
            if (type.SequenceEqual("IEND"u8))
            {
                return true;
            }
        }
        return false;
    }
}
