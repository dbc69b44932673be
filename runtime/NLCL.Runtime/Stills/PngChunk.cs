using System.Buffers.Binary;

namespace NLCL.Runtime;

/// <summary>The blocks that a PNG is made of: length, type, content and a checksum over the last two.</summary>
static class PngChunk
{
    /// <param name="target">Receives the chunk.</param>
    /// <param name="type">Four letters.</param>
    /// <param name="data">The content; may be empty.</param>
    public static void Write(Stream target, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        target.Write(number);
        target.Write(type);
        target.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(type, data));
        target.Write(number);
    }
}
