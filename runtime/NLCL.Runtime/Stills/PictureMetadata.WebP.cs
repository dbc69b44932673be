using System.Buffers.Binary;

namespace NLCL.Runtime;

/// <summary>WebP keeps the blocks in chunks ICCP, EXIF and XMP of a file that starts with VP8X (RFC 9649, 2.7).</summary>
sealed partial record PictureMetadata
{
    const byte HasProfile = 0x20;
    const byte HasAlpha = 0x10;
    const byte HasExif = 0x08;
    const byte HasXmp = 0x04;

    static PictureMetadata ExtractWebP(ReadOnlySpan<byte> file)
    {
        byte[]? exif = null, profile = null, xmp = null;
        var rest = file[WebPHeader.RiffLength..];
        while (WebPHeader.Next(ref rest, out var name, out var data))
        {
            if (name.SequenceEqual("EXIF"u8))
            {
                exif ??= Checked(data);
            }
            else if (name.SequenceEqual("ICCP"u8))
            {
                profile ??= data.ToArray();
            }
            else if (name.SequenceEqual("XMP "u8))
            {
                xmp ??= data.ToArray();
            }
        }
        return new PictureMetadata(exif, profile, xmp);
    }

    byte[] InsertIntoWebP(byte[] file, PictureHeader header)
    {
        if (Exif is null && Profile is null && Xmp is null)
        {
            return file;
        }
        using var target = new MemoryStream(file.Length + (Exif?.Length ?? 0) + (Xmp?.Length ?? 0) + (Profile?.Length ?? 0) + 64);
        target.Write(file, 0, WebPHeader.RiffLength);
        var flags = (Profile is null ? 0 : HasProfile) | (Exif is null ? 0 : HasExif) | (Xmp is null ? 0 : HasXmp) | (ShowsAlpha(file) ? HasAlpha : 0);
        Chunk(target, "VP8X"u8, [(byte)flags, 0, 0, 0, .. Three(header.Width - 1), .. Three(header.Height - 1)]);
        if (Profile is not null)
        {
            Chunk(target, "ICCP"u8, Profile);
        }
        ReadOnlySpan<byte> rest = file.AsSpan(WebPHeader.RiffLength);
        while (WebPHeader.Next(ref rest, out var name, out var data))
        {
            if (!name.SequenceEqual("VP8X"u8))
            {
                Chunk(target, name, data);
            }
        }
        if (Exif is not null)
        {
            Chunk(target, "EXIF"u8, Exif);
        }
        if (Xmp is not null)
        {
            Chunk(target, "XMP "u8, Xmp);
        }
        var result = target.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(4), result.Length - 8);
        return result;

        // Unlike PNG's, these have no checksum, and start on even bytes.
        static void Chunk(MemoryStream target, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
        {
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
            target.Write(name);
            target.Write(length);
            target.Write(data);
            if ((data.Length & 1) != 0)
            {
                target.WriteByte(0);
            }
        }
    }

    /// <summary>Lossy pictures have alpha in a chunk of its own, lossless ones say so in a bit behind width and height.</summary>
    static bool ShowsAlpha(ReadOnlySpan<byte> file)
    {
        var rest = file[WebPHeader.RiffLength..];
        while (WebPHeader.Next(ref rest, out var name, out var data))
        {
            if (name.SequenceEqual("ALPH"u8) || (name.SequenceEqual("VP8L"u8) && data.Length > 4 && (data[4] & 0x10) != 0))
            {
                return true;
            }
        }
        return false;
    }

    static byte[] Three(long value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];
}
