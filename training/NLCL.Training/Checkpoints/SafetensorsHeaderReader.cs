using System.Buffers.Binary;
using System.Text.Json;

namespace NLCL.Training;

/// <summary>Reads the bytes of a safetensors file; each way in which they can lie has its own message.</summary>
sealed class SafetensorsHeaderReader(string path, byte[] bytes)
{
    const int LengthBytes = 8;

    /// <summary>The limit of the format's own reader: a larger header is an attack or noise, not a checkpoint.</summary>
    const ulong LargestHeader = 100_000_000;

    public (Dictionary<string, string> Metadata, List<SafetensorsEntry> Entries) Read()
    {
        ReadOnlyMemory<byte> header = Header();
        int dataStart = LengthBytes + header.Length;
        using JsonDocument document = Parse(header);
        try { return Read(document.RootElement, dataStart); }
        catch (InvalidOperationException) // what the parser throws when it makes text of such bytes
        {
            throw Fail("the header holds a text that is not UTF-8");
        }
    }

    (Dictionary<string, string> Metadata, List<SafetensorsEntry> Entries) Read(JsonElement root, int dataStart)
    {
        Dictionary<string, string> metadata = [];
        List<(SafetensorsEntry Entry, long Begin, long End)> found = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (JsonProperty member in root.EnumerateObject())
        {
            if (!names.Add(member.Name)) { throw Fail($"the header names '{member.Name}' twice"); }
            if (member.Name == SafetensorsFile.MetadataKey) { metadata = Metadata(member.Value); }
            else { found.Add(Entry(member.Name, member.Value, dataStart)); }
        }
        CheckCoverage(found, dataStart);
        return (metadata, [.. found.Select(item => item.Entry)]);
    }

    ReadOnlyMemory<byte> Header()
    {
        if (bytes.Length < LengthBytes) { throw Fail($"expected at least {LengthBytes} bytes, found {bytes.Length}"); }
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > LargestHeader) { throw Fail($"the header claims {length} bytes, more than the {LargestHeader} that the format allows"); }
        if (length > (ulong)(bytes.Length - LengthBytes))
        {
            throw Fail($"the header claims {length} bytes, but only {bytes.Length - LengthBytes} follow: the file is cut off");
        }
        return bytes.AsMemory(LengthBytes, (int)length);
    }

    JsonDocument Parse(ReadOnlyMemory<byte> header)
    {
        if (header.Length == 0 || header.Span[0] != '{') { throw Fail("the header does not begin with '{'"); }
        try { return JsonDocument.Parse(header); }
        catch (JsonException failure)
        {
            throw Fail($"the header is not JSON (line {failure.LineNumber}, byte {failure.BytePositionInLine})");
        }
    }

    Dictionary<string, string> Metadata(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) { throw Fail($"'{SafetensorsFile.MetadataKey}' is {element.ValueKind}, not an object"); }
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.String) { throw Fail($"the metadata '{member.Name}' is {member.Value.ValueKind}, not a string"); }
            if (!metadata.TryAdd(member.Name, member.Value.GetString()!)) { throw Fail($"the metadata names '{member.Name}' twice"); }
        }
        return metadata;
    }

    (SafetensorsEntry Entry, long Begin, long End) Entry(string name, JsonElement element, int dataStart)
    {
        if (element.ValueKind != JsonValueKind.Object) { throw Fail($"the header says of '{name}' {element.ValueKind}, not an object"); }
        string[] members = [.. element.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal)];
        if (!members.SequenceEqual(["data_offsets", "dtype", "shape"], StringComparer.Ordinal))
        {
            throw Fail($"'{name}' has the members '{string.Join(", ", members)}' instead of 'data_offsets, dtype, shape'");
        }
        SafetensorsType type = Type(name, element.GetProperty("dtype"));
        long[] shape = Lengths(name, "shape", element.GetProperty("shape"));
        long[] range = Lengths(name, "data_offsets", element.GetProperty("data_offsets"));
        if (range.Length != 2) { throw Fail($"'{name}' has {range.Length} data_offsets instead of 2"); }
        (long begin, long end) = (range[0], range[1]);
        if (begin > end) { throw Fail($"'{name}' ends at byte {end}, before its begin {begin}"); }
        if (end > bytes.Length - dataStart) { throw Fail($"'{name}' ends at byte {end}, but only {bytes.Length - dataStart} follow the header"); }
        long size = SizeOf(name, type, shape);
        if (size != end - begin) { throw Fail($"'{name}' has {end - begin} bytes; {type} [{string.Join(", ", shape)}] asks for {size}"); }
        return (new SafetensorsEntry(name, type, shape, bytes.AsMemory(dataStart + (int)begin, (int)size)), begin, end);
    }

    SafetensorsType Type(string name, JsonElement element)
    {
        string text = element.ValueKind == JsonValueKind.String ? element.GetString()! : element.ValueKind.ToString();
        foreach (SafetensorsType type in Enum.GetValues<SafetensorsType>())
        {
            if (type.ToString() == text) { return type; }
        }
        throw Fail($"'{name}' is of type '{text}'; known are {string.Join(", ", Enum.GetNames<SafetensorsType>())}");
    }

    long[] Lengths(string name, string member, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array) { throw Fail($"{member} of '{name}' is {element.ValueKind}, not an array"); }
        return [.. element.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= 0
            ? number
            : throw Fail($"{member} of '{name}' holds '{value}', not a whole number of 0 or more"))];
    }

    long SizeOf(string name, SafetensorsType type, long[] shape)
    {
        try { return shape.Aggregate((long)SafetensorsEntry.SizeOf(type), (size, length) => checked(size * length)); }
        catch (OverflowException)
        {
            throw Fail($"the shape [{string.Join(", ", shape)}] of '{name}' is larger than any file");
        }
    }

    /// <summary>The arrays must cover the data exactly: an overlap or a hole can hide bytes from whoever checks the file.</summary>
    void CheckCoverage(List<(SafetensorsEntry Entry, long Begin, long End)> found, int dataStart)
    {
        long position = 0;
        foreach ((SafetensorsEntry entry, long begin, long end) in found.OrderBy(item => item.Begin).ThenBy(item => item.End))
        {
            if (begin < position) { throw Fail($"'{entry.Name}' begins at byte {begin}, inside the array before it, which ends at {position}"); }
            if (begin > position) { throw Fail($"no array covers the bytes from {position} to {begin}, before '{entry.Name}'"); }
            position = end;
        }
        if (position != bytes.Length - dataStart) { throw Fail($"{bytes.Length - dataStart - position} bytes follow the last array"); }
    }

    CheckpointException Fail(string problem) => new(path, $"not a safetensors file: {problem}");
}
