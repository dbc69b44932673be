using System.Buffers.Binary;

namespace NLCL.Runtime;

/// <summary>The contents of all IDAT chunks of a PNG, one after the other.</summary>
sealed class PngDataStream(FileStream file) : ForwardStream
{
    const int ChecksumLength = 4;

    long _left;
    bool _hasChunk;

    public override int Read(Span<byte> buffer)
    {
        while (_left == 0)
        {
            if (!Next())
            {
                return 0;
            }
        }
        var count = file.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
        _left -= count;
        return count;
    }

    /// <summary>Goes to the next IDAT; false where there is none.</summary>
    bool Next()
    {
        file.Position += _hasChunk ? ChecksumLength : 0;
        _hasChunk = false;
        Span<byte> head = stackalloc byte[8];
        while (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            _left = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (head[4..].SequenceEqual("IDAT"u8))
            {
                return _hasChunk = true;
            }
            file.Position += _left + ChecksumLength;
        }
        _left = 0;
        return false;
    }
}
