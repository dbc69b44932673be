using System.Buffers.Binary;

namespace NLCL.Runtime;

/// <summary>
/// Writes the display matrix of a video track into a finished MP4 file, in place: ffmpeg before 6.0 has no way to set it
/// for a stream that it encodes. Source: ISO/IEC 14496-12, boxes moov, trak, tkhd, mdia, hdlr.
/// </summary>
static class Mp4Matrix
{
    // version and flags, times, track number, duration, reserved, layer, group, volume: 40 bytes, 12 more with 64-bit times.
    const int MatrixOffset = 40;

    /// <param name="path">A file that ffmpeg wrote.</param>
    /// <param name="track">0: the first video track.</param>
    /// <param name="matrix">Nine numbers, as ffprobe prints them and MP4 keeps them.</param>
    public static void Write(string path, int track, int[] matrix)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        if (Find(file, "moov"u8, new Extent(0, file.Length)) is not { } movie)
        {
            return;
        }

        for (var rest = movie; Find(file, "trak"u8, rest) is { } found; rest = rest with { Start = found.End })
        {
            if (!IsVideo(file, found) || track-- > 0)
            {
                continue;
            }

            var header = Find(file, "tkhd"u8, found)!.Value;
            file.Position = header.Start;
            file.Position = header.Start + MatrixOffset + (file.ReadByte() == 1 ? 12 : 0);
            var bytes = new byte[36];
            for (var i = 0; i < matrix.Length; i++)
            {
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(i * 4), matrix[i]);
            }

            file.Write(bytes);
            return;
        }
    }

    static bool IsVideo(FileStream file, Extent track)
    {
        if (Find(file, "mdia"u8, track) is not { } media || Find(file, "hdlr"u8, media) is not { } handler)
        {
            return false;
        }

        var bytes = new byte[12];
        file.Position = handler.Start;
        file.ReadExactly(bytes);
        return bytes.AsSpan(8).SequenceEqual("vide"u8);
    }

    // The content of the first box of that type among the boxes of a span.
    static Extent? Find(FileStream file, ReadOnlySpan<byte> type, Extent within)
    {
        Span<byte> head = stackalloc byte[16];
        for (var at = within.Start; at + 8 <= within.End;)
        {
            file.Position = at;
            file.ReadExactly(head[..8]);
            long size = BinaryPrimitives.ReadUInt32BigEndian(head);
            var header = 8;
            if (size == 1)
            {
                file.ReadExactly(head[8..]);
                size = BinaryPrimitives.ReadInt64BigEndian(head[8..]);
                header = 16;
            }

            // 0: to the end of the file.
            var end = size == 0 ? within.End : at + size;
            if (end > within.End || end < at + header)
            {
                return null;
            }

            if (head[4..8].SequenceEqual(type))
            {
                return new Extent(at + header, end);
            }

            at = end;
        }

        return null;
    }

    readonly record struct Extent(long Start, long End);
}
