using System.Buffers.Binary;

namespace NLCL.Runtime;

/// <summary>BMP: a file header of 14 bytes, then an information header whose length tells its kind.</summary>
static class BmpHeader
{
    const int NoCompression = 0;
    const int BitFields = 3;

    /// <summary>True where all rows are there, each filled up to four bytes.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> file, PictureHeader header)
    {
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(file[(BinaryPrimitives.ReadUInt32LittleEndian(file[14..]) == 12 ? 24 : 28)..]);
        var row = ((header.Width * bits) + 31) / 32 * 4;
        return BinaryPrimitives.ReadUInt32LittleEndian(file[10..]) + (row * header.Height) <= file.Length;
    }

    public static PictureHeader Read(ReadOnlySpan<byte> start)
    {
        if (start.Length < 30)
        {
            throw new EndOfStreamException();
        }
        // A header of 12 bytes is OS/2's, with 16-bit sizes; a negative height means top row first.
        return BinaryPrimitives.ReadUInt32LittleEndian(start[14..]) == 12
            ? new PictureHeader(PictureFormat.Bmp, BinaryPrimitives.ReadUInt16LittleEndian(start[18..]), BinaryPrimitives.ReadUInt16LittleEndian(start[20..]))
            : new PictureHeader(
                PictureFormat.Bmp,
                BinaryPrimitives.ReadInt32LittleEndian(start[18..]),
                Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(start[22..])))
            {
                // OpenCV 4.6 decodes runs to a scrambled picture.
                Unsupported = start.Length >= 34 && BinaryPrimitives.ReadInt32LittleEndian(start[30..]) is not (NoCompression or BitFields) ? "a compressed BMP" : null,
            };
    }
}
