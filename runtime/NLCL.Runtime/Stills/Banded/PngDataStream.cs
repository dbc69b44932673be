using System.Buffers.Binary;

namespace NLCL.Runtime;

/// <summary>The contents of all IDAT chunks of a PNG, one after the other.</summary>
sealed class PngDataStream(FileStream file) : Stream
{
    const int ChecksumLength = 4;

    long _left;
    bool _hasChunk;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

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

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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
