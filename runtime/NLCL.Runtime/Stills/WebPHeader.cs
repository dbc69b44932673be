using System.Buffers.Binary;

namespace NLCL.Runtime;

/// <summary>WebP (RFC 9649): a RIFF file whose first chunk is lossy VP8, lossless VP8L, or VP8X with the canvas size.</summary>
static class WebPHeader
{
    public static PictureHeader Read(ReadOnlySpan<byte> start)
    {
        if (start.Length < 30)
        {
            throw new EndOfStreamException();
        }
        var kind = start.Slice(12, 4);
        var data = start[20..];
        if (kind.SequenceEqual("VP8X"u8))
        {
            return Sized(1 + Three(data[4..]), 1 + Three(data[7..]));
        }
        if (kind.SequenceEqual("VP8L"u8) && data[0] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
            return Sized(1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }
        if (kind.SequenceEqual("VP8 "u8) && data[3..6].SequenceEqual([(byte)0x9D, (byte)0x01, (byte)0x2A]))
        {
            return Sized(
                BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF);
        }
        throw new InvalidDataException("no VP8 header");
    }

    static PictureHeader Sized(int width, int height) => new(PictureFormat.WebP, width, height);

    static int Three(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
