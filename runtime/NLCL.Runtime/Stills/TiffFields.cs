using System.Buffers.Binary;

namespace NLCL.Runtime;

/// <summary>One entry of a TIFF directory; the values in little-endian order, whatever the file has.</summary>
readonly record struct TiffField(int Type, byte[] Values);

/// <summary>
/// The entries of a TIFF directory that describe the picture, without those that say how pixels are stored, and the
/// directories of EXIF and GPS below it: what moves from a TIFF to the EXIF block of another format and back.
/// </summary>
sealed class TiffFields
{
    const int ExifDirectory = 34665;
    const int GpsDirectory = 34853;
    const int InteroperabilityDirectory = 40965;
    const int LongType = 4;

    /// <summary>Of one entry: room for the offsets of some million strips, and for a profile.</summary>
    const int MostBytes = 16 << 20;

    /// <summary>Description, make, model, resolution and its unit, software, date, artist, host, rating, copyright, Windows' titles.</summary>
    static readonly int[] s_describing = [270, 271, 272, 282, 283, 296, 305, 306, 315, 316, 18246, 18249, 33432, 40091, 40092, 40093, 40094, 40095];

    readonly SortedDictionary<int, TiffField> _fields = [];
    readonly SortedDictionary<int, TiffFields> _directories = [];

    public bool IsEmpty => _fields.Count == 0 && _directories.Count == 0;

    /// <summary>Reads the first directory of a TIFF structure; what is broken is left out.</summary>
    public static TiffFields Read(TiffBytes tiff) =>
        Read(tiff, TiffHeader.Number(tiff.Slice(4, 4), tiff.IsLittle), s_describing, depth: 0);

    /// <summary>A TIFF structure of its own, as an EXIF block is one; little-endian.</summary>
    public byte[] ToBlock()
    {
        using var target = new MemoryStream();
        target.Write("II*\0"u8);
        target.Write([8, 0, 0, 0]);
        Write(target, []);
        return target.ToArray();
    }

    /// <summary>Appends the directory to a little-endian TIFF structure, together with ready entries of 12 bytes that it is to hold too.</summary>
    /// <returns>Where it starts.</returns>
    public uint AppendTo(Stream target, IReadOnlyList<byte[]> readyEntries)
    {
        Align(target);
        var at = (uint)target.Position;
        Write(target, readyEntries);
        return at;
    }

    public bool Holds(int tag) => _fields.ContainsKey(tag) || _directories.ContainsKey(tag);

    public void Set(int tag, TiffField field) => _fields[tag] = field;

    static TiffFields Read(TiffBytes tiff, long at, int[]? wanted, int depth)
    {
        var result = new TiffFields();
        var isLittle = tiff.IsLittle;
        if (at < 8 || at > tiff.Length - 2)
        {
            return result;
        }
        var count = (int)TiffHeader.Number(tiff.Slice(at, 2), isLittle);
        for (var i = 0; i < count && at + 2 + (12L * (i + 1)) <= tiff.Length; i++)
        {
            var entry = tiff.Slice(at + 2 + (12 * i), 12);
            var tag = (int)TiffHeader.Number(entry[..2], isLittle);
            if (tag is ExifDirectory or GpsDirectory or InteroperabilityDirectory)
            {
                // EXIF lies below the first directory, interoperability below EXIF; deeper ones would be a loop.
                if (depth < 2 && Read(tiff, TiffHeader.Value(entry, isLittle), null, depth + 1) is { IsEmpty: false } below)
                {
                    result._directories[tag] = below;
                }
            }
            else if ((wanted is null || wanted.Contains(tag)) && Field(tiff, entry, isLittle) is { } field)
            {
                result._fields[tag] = field;
            }
        }
        return result;
    }

    /// <summary>The entry with its values, which stand in it where they are four bytes at most; null where they are not all there.</summary>
    public static TiffField? Field(TiffBytes tiff, ReadOnlySpan<byte> entry, bool isLittle)
    {
        var type = (int)TiffHeader.Number(entry[2..4], isLittle);
        var (size, word) = SizeOf(type);
        var length = TiffHeader.Number(entry[4..8], isLittle) * size;
        var at = length <= 4 ? 0 : TiffHeader.Number(entry[8..12], isLittle);
        if (size == 0 || length == 0 || length > MostBytes || (length > 4 && at + length > tiff.Length))
        {
            return null;
        }
        var values = (length <= 4 ? entry.Slice(8, (int)length) : tiff.Slice(at, (int)length)).ToArray();
        for (var i = 0; !isLittle && i < values.Length; i += word)
        {
            values.AsSpan(i, word).Reverse();
        }
        return new TiffField(type, values);
    }

    /// <summary>Bytes of a value, and of the words that byte order turns round: a fraction is two of them.</summary>
    static (int Size, int Word) SizeOf(int type) => type switch
    {
        1 or 2 or 6 or 7 => (1, 1),
        3 or 8 => (2, 2),
        4 or 9 or 11 or 13 => (4, 4),
        5 or 10 => (8, 4),
        12 => (8, 8),
        _ => (0, 1),
    };

    void Write(Stream target, IReadOnlyList<byte[]> readyEntries)
    {
        var start = target.Position;
        var count = readyEntries.Count + _fields.Count + _directories.Count;
        // The entries' place first, then what does not fit into them, then the entries.
        target.Write(new byte[2 + (12 * count) + 4]);
        List<byte[]> entries = [.. readyEntries];
        foreach (var (tag, field) in _fields)
        {
            entries.Add(Entry(target, tag, field));
        }
        foreach (var (tag, directory) in _directories)
        {
            var pointer = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(pointer, directory.AppendTo(target, []));
            entries.Add(Entry(target, tag, new TiffField(LongType, pointer)));
        }
        var end = target.Position;
        target.Position = start;
        target.Write([(byte)count, (byte)(count >> 8)]);
        foreach (var entry in entries.OrderBy(e => BinaryPrimitives.ReadUInt16LittleEndian(e)))
        {
            target.Write(entry);
        }
        target.Position = end;
    }

    static byte[] Entry(Stream target, int tag, TiffField field)
    {
        var entry = new byte[12];
        BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(2), (ushort)field.Type);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(4), field.Values.Length / SizeOf(field.Type).Size);
        if (field.Values.Length <= 4)
        {
            field.Values.CopyTo(entry, 8);
            return entry;
        }
        Align(target);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(8), (uint)target.Position);
        target.Write(field.Values);
        return entry;
    }

    // TIFF 6.0, section 2: values and directories start on a word.
    static void Align(Stream target)
    {
        if ((target.Position & 1) != 0)
        {
            target.WriteByte(0);
        }
    }
}
