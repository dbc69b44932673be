using System.Buffers.Binary;
using System.Numerics;

namespace NLCL.Training;

/// <summary>
/// TensorFlow's record format: length, its checksum, the record, its checksum; all little-endian. The checksum is CRC-32C, turned
/// and shifted so that a checksum over a checksum is none. Source: tensorflow, core/lib/io/record_writer.h.
/// </summary>
static class RecordFile
{
    const int LengthBytes = 8;
    const int ChecksumBytes = 4;
    const uint MaskDelta = 0xa282ead8;

    /// <summary>The record with its frame around it.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> record)
    {
        byte[] framed = new byte[LengthBytes + ChecksumBytes + record.Length + ChecksumBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(framed, (ulong)record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(framed.AsSpan(LengthBytes), Checksum(framed.AsSpan(0, LengthBytes)));
        record.CopyTo(framed.AsSpan(LengthBytes + ChecksumBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(framed.AsSpan(framed.Length - ChecksumBytes), Checksum(record));
        return framed;
    }

    /// <summary>All whole records of a file; it ends at the first that is cut off or damaged, as a killed writer leaves it.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Read(byte[] file)
    {
        int position = 0;
        while (TryRead(file.AsMemory(position), out ReadOnlyMemory<byte> record))
        {
            yield return record;
            position += LengthBytes + ChecksumBytes + record.Length + ChecksumBytes;
        }
    }

    static bool TryRead(ReadOnlyMemory<byte> rest, out ReadOnlyMemory<byte> record)
    {
        record = default;
        const int Frame = LengthBytes + ChecksumBytes + ChecksumBytes;
        if (rest.Length < Frame) { return false; }
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(rest.Span);
        if (length > (ulong)(rest.Length - Frame)) { return false; }
        record = rest.Slice(LengthBytes + ChecksumBytes, (int)length);
        return BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[LengthBytes..]) == Checksum(rest.Span[..LengthBytes])
            && BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[(LengthBytes + ChecksumBytes + record.Length)..]) == Checksum(record.Span);
    }

    /// <summary>Masked CRC-32C.</summary>
    static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes) { crc = BitOperations.Crc32C(crc, value); }
        return BitOperations.RotateRight(~crc, 15) + MaskDelta;
    }
}
