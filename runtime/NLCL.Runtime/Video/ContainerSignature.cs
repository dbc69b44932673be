using System.Buffers.Binary;

namespace NLCL.Runtime;

/// <summary>
/// Tells containers that carry everything themselves by their first bytes. OpenCV takes no list of allowed formats, so
/// playlists, which make it open further files, must be kept from it.
/// </summary>
static class ContainerSignature
{
    /// <summary>Reads the first bytes of a file.</summary>
    public static bool IsSelfContained(string path)
    {
        Span<byte> head = stackalloc byte[12];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && IsSelfContained(head);
    }

    static bool IsSelfContained(ReadOnlySpan<byte> head) =>
        head[4..8] is var box && (box.SequenceEqual("ftyp"u8) || box.SequenceEqual("moov"u8) || box.SequenceEqual("mdat"u8) || box.SequenceEqual("wide"u8) || box.SequenceEqual("free"u8))
        || head.StartsWith("RIFF"u8) || head.StartsWith("OggS"u8) || head.StartsWith("FLV"u8) || head.StartsWith("YUV4MPEG"u8)
        || BinaryPrimitives.ReadUInt32BigEndian(head) is 0x1A45_DFA3 or 0x3026_B275 or 0x0000_01BA or 0x0000_01B3 // Matroska, ASF, MPEG system and video
        || head[0] == 0x47; // MPEG transport stream
}
