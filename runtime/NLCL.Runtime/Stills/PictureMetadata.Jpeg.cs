namespace NLCL.Runtime;

/// <summary>
/// JPEG keeps EXIF and XMP in segments APP1 and the profile in one or more APP2, each with a name in front (Exif 2.3, 4.7.2;
/// XMP part 3, 1.1.3; ICC.1:2022, annex B.4).
/// </summary>
sealed partial record PictureMetadata
{
    const byte App0 = 0xE0;
    const byte App1 = 0xE1;
    const byte App2 = 0xE2;
    const int MostInSegment = 65_533;

    static ReadOnlySpan<byte> ExifPrefix => "Exif\0\0"u8;

    static ReadOnlySpan<byte> XmpPrefix => "http://ns.adobe.com/xap/1.0/\0"u8;

    static ReadOnlySpan<byte> ProfilePrefix => "ICC_PROFILE\0"u8;

    static PictureMetadata ExtractJpeg(ReadOnlySpan<byte> file)
    {
        byte[]? exif = null, xmp = null;
        var parts = new SortedDictionary<int, byte[]>();
        var rest = file[2..];
        while (JpegHeader.Next(ref rest, out var marker, out var data))
        {
            if (marker == App1 && data.StartsWith(ExifPrefix))
            {
                exif ??= Checked(data);
            }
            else if (marker == App1 && data.StartsWith(XmpPrefix))
            {
                xmp ??= data[XmpPrefix.Length..].ToArray();
            }
            else if (marker == App2 && data.StartsWith(ProfilePrefix) && data.Length > ProfilePrefix.Length + 2)
            {
                // One byte numbers the part from 1, one tells how many there are.
                parts[data[ProfilePrefix.Length]] = data[(ProfilePrefix.Length + 2)..].ToArray();
            }
        }
        return new PictureMetadata(exif, parts.Count > 0 ? [.. parts.Values.SelectMany(p => p)] : null, xmp);
    }

    byte[] InsertIntoJpeg(byte[] file)
    {
        using var target = new MemoryStream(file.Length + (Exif?.Length ?? 0) + (Xmp?.Length ?? 0) + (Profile?.Length ?? 0) + 1024);
        // JFIF's own segment must stay the first, where the encoder has written one.
        ReadOnlySpan<byte> rest = file.AsSpan(2);
        var after = JpegHeader.Next(ref rest, out var marker, out _) && marker == App0 ? file.Length - rest.Length : 2;
        target.Write(file, 0, after);
        if (Exif is not null)
        {
            Segment(target, App1, ExifPrefix, Exif);
        }
        if (Xmp is not null)
        {
            Segment(target, App1, XmpPrefix, Xmp);
        }
        WriteProfile(target);
        target.Write(file, after, file.Length - after);
        return target.ToArray();
    }

    void WriteProfile(MemoryStream target)
    {
        var room = MostInSegment - ProfilePrefix.Length - 2;
        var count = ((Profile?.Length ?? 0) + room - 1) / room;
        for (var i = 0; i < count && count <= 255; i++)
        {
            var part = Profile.AsSpan(i * room, Math.Min(room, Profile!.Length - (i * room)));
            Segment(target, App2, [.. ProfilePrefix, (byte)(i + 1), (byte)count], part);
        }
    }

    static void Segment(MemoryStream target, byte marker, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> data)
    {
        var length = prefix.Length + data.Length + 2;
        if (length > ushort.MaxValue)
        {
            // Only a PNG can have carried a block that large; a JPEG cannot.
            return;
        }
        target.Write([0xFF, marker, (byte)(length >> 8), (byte)length]);
        target.Write(prefix);
        target.Write(data);
    }
}
