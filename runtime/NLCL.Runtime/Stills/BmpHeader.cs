using System.Buffers.Binary;

namespace NLCL.Runtime;

/// <summary>BMP: a file header of 14 bytes, then an information header whose length tells its kind.</summary>
static class BmpHeader
{
    public static PictureHeader Read(ReadOnlySpan<byte> start)
    {
        if (start.Length < 26)
        {
            throw new EndOfStreamException();
        }
        // A header of 12 bytes is OS/2's, with 16-bit sizes; a negative height means top row first.
        return BinaryPrimitives.ReadUInt32LittleEndian(start[14..]) == 12
            ? new PictureHeader(PictureFormat.Bmp, BinaryPrimitives.ReadUInt16LittleEndian(start[18..]), BinaryPrimitives.ReadUInt16LittleEndian(start[20..]))
            : new PictureHeader(
                PictureFormat.Bmp,
                BinaryPrimitives.ReadInt32LittleEndian(start[18..]),
                Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(start[22..])));
    }
}
