namespace NLCL.Runtime;

/// <summary>The blocks of a file that go along with a picture: EXIF as a TIFF structure, ICC profile, XMP packet.</summary>
sealed partial record PictureMetadata(byte[]? Exif, byte[]? Profile, byte[]? Xmp)
{
    /// <summary>A compressed block may not grow beyond it: 50 kB of a hostile profile unpack to 60 MB.</summary>
    public const int MaxBlockBytes = 4 << 20;

    /// <summary>1 to 8, 1 where none is given.</summary>
    public int Orientation =>
        Exif is not null && TiffHeader.Entry(Exif, TiffHeader.Orientation) is { } at && TiffHeader.Value(Exif.AsSpan(at, 12), TiffHeader.IsLittle(Exif)) is >= 1 and <= 8 and var value
            ? (int)value
            : 1;

    /// <summary>Whatever the file holds; blocks that are broken are left out.</summary>
    public static PictureMetadata Extract(ReadOnlySpan<byte> file, PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => ExtractJpeg(file),
        PictureFormat.Png => ExtractPng(file),
        PictureFormat.WebP => ExtractWebP(file),
        PictureFormat.Tiff => ExtractTiff(file),
        _ => new PictureMetadata(null, null, null),
    };

    /// <summary>Without a profile that is for other channels than the picture has, such as CMYK's.</summary>
    public PictureMetadata ForChannels(int channels)
    {
        var wanted = channels == 1 ? "GRAY"u8 : "RGB "u8;
        // ICC.1:2022, 7.2: bytes 16 to 19 name the data colour space.
        return Profile is { Length: > 20 } && Profile.AsSpan(16, 4).SequenceEqual(wanted) ? this : this with { Profile = null };
    }

    /// <summary>The encoded file with these blocks in it, upright and without the old preview. BMP has no place for them.</summary>
    public byte[] InsertInto(byte[] file, PictureHeader header)
    {
        var upright = this with { Exif = Upright() };
        return header.Format switch
        {
            PictureFormat.Jpeg => upright.InsertIntoJpeg(file),
            PictureFormat.Png => upright.InsertIntoPng(file),
            PictureFormat.Tiff => upright.InsertIntoTiff(file),
            PictureFormat.WebP => upright.InsertIntoWebP(file, header),
            _ => file,
        };
    }

    /// <summary>The TIFF structure, or null where it is none.</summary>
    static byte[]? Checked(ReadOnlySpan<byte> block)
    {
        if (block.StartsWith(ExifPrefix))
        {
            block = block[ExifPrefix.Length..];
        }
        return block.Length >= 14 && (block.StartsWith("II\x2A\0"u8) || block.StartsWith("MM\0\x2A"u8)) ? block.ToArray() : null;
    }

    byte[]? Upright()
    {
        if (Exif is null)
        {
            return null;
        }
        var exif = (byte[])Exif.Clone();
        if (TiffHeader.Entry(exif, TiffHeader.Orientation) is { } at)
        {
            TiffHeader.PutValue(exif.AsSpan(at, 12), 1, TiffHeader.IsLittle(exif));
        }
        if (TiffHeader.Directory(exif, out var first, out var count) && first + (12 * count) + 4 <= exif.Length)
        {
            // The link to the second directory, which holds the preview.
            exif.AsSpan(first + (12 * count), 4).Clear();
        }
        return exif;
    }
}
