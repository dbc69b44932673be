using System.Buffers.Binary;

namespace NLCL.Runtime;

/// <summary>
/// TIFF keeps XMP in tag 700 and the profile in tag 34675 (XMP part 3, 3.2.3; ICC.1:2022, annex B.4); what an EXIF block holds
/// are directories of its own.
/// </summary>
sealed partial record PictureMetadata
{
    const int XmpTag = 700;
    const int ProfileTag = 34675;
    const int ByteType = 1;
    const int ShortType = 3;
    const int UndefinedType = 7;

    static PictureMetadata ExtractTiff(TiffBytes file)
    {
        var isLittle = file.IsLittle;
        long orientation = 1;
        byte[]? profile = null, xmp = null;
        foreach (var entry in Entries(file))
        {
            switch (TiffHeader.Number(entry.AsSpan(0, 2), isLittle))
            {
                case TiffHeader.Orientation: orientation = TiffHeader.Value(entry, isLittle); break;
                case XmpTag: xmp = TiffFields.Field(file, entry, isLittle)?.Values; break;
                case ProfileTag: profile = TiffFields.Field(file, entry, isLittle)?.Values; break;
            }
        }
        var fields = TiffFields.Read(file);
        if (orientation is > 1 and <= 8)
        {
            fields.Set(TiffHeader.Orientation, new TiffField(ShortType, [(byte)orientation, 0]));
        }
        return new PictureMetadata(fields.IsEmpty ? null : fields.ToBlock(), profile, xmp);
    }

    /// <summary>The encoder's own directory again at the end of the file, with more entries; the pixels stay where they are.</summary>
    byte[] InsertIntoTiff(byte[] file)
    {
        var fields = ToTiffFields();
        // OpenCV writes the machine's byte order, which .NET has in little-endian only.
        if (fields.IsEmpty || !TiffHeader.IsLittle(file))
        {
            return file;
        }
        using var target = new MemoryStream(file.Length + (Exif?.Length ?? 0) + (Xmp?.Length ?? 0) + (Profile?.Length ?? 0) + 1024);
        target.Write(file);
        var at = fields.AppendTo(target, [.. Entries(file).Where(entry => !fields.Holds(BinaryPrimitives.ReadUInt16LittleEndian(entry)))]);
        var result = target.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(result.AsSpan(4), at);
        return result;
    }

    /// <summary>What a TIFF's directory holds of it; how the picture is turned is not in it.</summary>
    public TiffFields ToTiffFields()
    {
        var fields = Exif is null ? new TiffFields() : TiffFields.Read(Exif);
        if (Xmp is not null)
        {
            fields.Set(XmpTag, new TiffField(ByteType, Xmp));
        }
        if (Profile is not null)
        {
            fields.Set(ProfileTag, new TiffField(UndefinedType, Profile));
        }
        return fields;
    }

    /// <summary>The entries of the first directory as they are, 12 bytes each.</summary>
    public static List<byte[]> Entries(TiffBytes tiff)
    {
        List<byte[]> entries = [];
        var isLittle = tiff.IsLittle;
        var at = TiffHeader.Number(tiff.Slice(4, 4), isLittle);
        if (at <= tiff.Length - 2)
        {
            var count = (int)TiffHeader.Number(tiff.Slice(at, 2), isLittle);
            for (var i = 0; i < count && at + 2 + (12L * (i + 1)) <= tiff.Length; i++)
            {
                entries.Add(tiff.Slice(at + 2 + (12 * i), 12).ToArray());
            }
        }
        return entries;
    }
}
