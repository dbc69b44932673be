using System.Buffers.Binary;
using System.IO.Compression;

namespace NLCL.Runtime;

/// <summary>
/// PNG keeps EXIF in eXIf, the profile compressed in iCCP, and XMP in an iTXt of a fixed keyword (PNG third edition, 11.3;
/// XMP part 3, 1.1.5). They stand before the first IDAT.
/// </summary>
sealed partial record PictureMetadata
{
    /// <summary>All compressed blocks of one file together.</summary>
    const int MaxBlocksBytes = 16 << 20;

    static ReadOnlySpan<byte> XmpKeyword => "XML:com.adobe.xmp\0"u8;

    static PictureMetadata ExtractPng(ReadOnlySpan<byte> file)
    {
        byte[]? exif = null, profile = null, xmp = null;
        var rest = file[PngHeader.SignatureLength..];
        while (PngHeader.Next(ref rest, out var type, out var data, out _))
        {
            if (type.SequenceEqual("eXIf"u8))
            {
                exif = Checked(data);
            }
            else if (type.SequenceEqual("iCCP"u8) && data.IndexOf((byte)0) is > 0 and var end && end + 2 <= data.Length)
            {
                profile = Inflate(data[(end + 2)..]);
            }
            else if (type.SequenceEqual("iTXt"u8) && data.StartsWith(XmpKeyword))
            {
                xmp = XmpText(data[XmpKeyword.Length..]);
            }
        }
        return new PictureMetadata(exif, profile, xmp);
    }

    /// <summary>True where the texts and profiles of a PNG unpack to more than is sensible, each or together.</summary>
    public static bool IsBomb(ReadOnlySpan<byte> png)
    {
        var left = (long)MaxBlocksBytes;
        var rest = png[PngHeader.SignatureLength..];
        while (PngHeader.Next(ref rest, out var type, out var data, out _))
        {
            if ((type.SequenceEqual("zTXt"u8) || type.SequenceEqual("iCCP"u8) || type.SequenceEqual("iTXt"u8)) && PackedPart(type, data) is { IsEmpty: false } packed)
            {
                var size = Unpack(packed, null);
                left -= size;
                if (size > MaxBlockBytes || left < 0)
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>Behind the keyword: in iTXt a flag, the method, and two more texts; else the method alone.</summary>
    static ReadOnlySpan<byte> PackedPart(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var end = data.IndexOf((byte)0);
        if (end < 0 || end + 3 > data.Length || (type[0] == 'i' && type[1] == 'T' && data[end + 1] == 0))
        {
            return default;
        }
        if (type[1] != 'T' || type[0] != 'i')
        {
            return data[(end + 2)..];
        }
        var text = data[(end + 3)..];
        for (var i = 0; i < 2; i++)
        {
            text = text[(text.IndexOf((byte)0) + 1)..];
        }
        return text;
    }

    /// <summary>From an open file without its pixels, however long it is; nothing where it is no PNG.</summary>
    /// <exception cref="PictureFileException">The blocks unpack to more than is sensible.</exception>
    public static PictureMetadata ExtractFrom(string path, FileStream file)
    {
        Span<byte> head = stackalloc byte[8];
        file.Position = 0;
        using var described = new MemoryStream();
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head[1..4].SequenceEqual("PNG"u8))
        {
            return head[..2].SequenceEqual("II"u8) || head[..2].SequenceEqual("MM"u8) ? ExtractTiff(new TiffBytes(file)) : new PictureMetadata(null, null, null);
        }
        described.Write(head);
        while (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(head) + 4L;
            if (head[4..].SequenceEqual("IDAT"u8) || length > MaxBlocksBytes || described.Length + length > MaxBlocksBytes)
            {
                file.Position += length;
                continue;
            }
            var rest = new byte[length];
            var count = file.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false);
            described.Write(head);
            described.Write(rest.AsSpan(0, count));
        }
        var png = described.ToArray();
        return IsBomb(png) ? throw PictureFile.Bomb(path) : ExtractPng(png);
    }

    byte[] InsertIntoPng(byte[] file)
    {
        using var target = new MemoryStream(file.Length + (Exif?.Length ?? 0) + (Xmp?.Length ?? 0) + (Profile?.Length ?? 0) + 1024);
        ReadOnlySpan<byte> rest = file.AsSpan(PngHeader.SignatureLength);
        target.Write(file, 0, PngHeader.SignatureLength);
        var isFirst = true;
        while (PngHeader.Next(ref rest, out _, out _, out var chunk))
        {
            target.Write(chunk);
            if (isFirst)
            {
                WritePngBlocks(target);
                isFirst = false;
            }
        }
        return target.ToArray();
    }

    /// <summary>The chunks, as they stand behind the header.</summary>
    public void WritePngBlocks(MemoryStream target)
    {
        if (Profile is not null)
        {
            using var packed = new MemoryStream();
            packed.Write("icc\0\0"u8);
            using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            {
                zlib.Write(Profile);
            }
            PngChunk.Write(target, "iCCP"u8, packed.ToArray());
        }
        if (Exif is not null)
        {
            PngChunk.Write(target, "eXIf"u8, Exif);
        }
        if (Xmp is not null)
        {
            // Not compressed, no language, no translated keyword.
            PngChunk.Write(target, "iTXt"u8, [.. XmpKeyword, 0, 0, 0, 0, .. Xmp]);
        }
    }

    static byte[]? XmpText(ReadOnlySpan<byte> data)
    {
        if (data.Length < 4)
        {
            return null;
        }
        var isCompressed = data[0] == 1;
        var text = data[2..];
        for (var i = 0; i < 2; i++)
        {
            var end = text.IndexOf((byte)0);
            if (end < 0)
            {
                return null;
            }
            text = text[(end + 1)..];
        }
        return isCompressed ? Inflate(text) : text.ToArray();
    }

    static byte[]? Inflate(ReadOnlySpan<byte> packed)
    {
        using var target = new MemoryStream();
        return Unpack(packed, target) is >= 0 and <= MaxBlockBytes ? target.ToArray() : null;
    }

    /// <summary>How many bytes it unpacks to, counted until the limit is passed; -1 where it is no zlib stream.</summary>
    static int Unpack(ReadOnlySpan<byte> packed, MemoryStream? target)
    {
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            var buffer = new byte[1 << 16];
            var size = 0;
            while (size <= MaxBlockBytes && zlib.Read(buffer) is > 0 and var count)
            {
                size += count;
                target?.Write(buffer, 0, count);
            }
            return size;
        }
        catch (InvalidDataException)
        {
            return target is null ? 0 : -1;
        }
    }
}
