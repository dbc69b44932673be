using System.Buffers.Binary;
using System.Text.Json;

namespace NLCL.Training;

/// <summary>
/// A file of named arrays in the safetensors format: 8 bytes little-endian length of the header; the header, a JSON object
/// that gives each array's type, shape and byte range, and strings under "__metadata__"; then the arrays without gaps.
/// Source: README of huggingface/safetensors, section "Format". The same content gives the same bytes.
/// </summary>
public sealed class SafetensorsFile
{
    /// <summary>The member of the header that holds strings instead of an array.</summary>
    public const string MetadataKey = "__metadata__";

    const int LengthBytes = 8;

    SafetensorsFile(IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, SafetensorsEntry> entries)
    {
        Metadata = metadata;
        Entries = entries;
    }

    /// <summary>The strings of the file.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The arrays of the file by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries { get; }

    /// <summary>Writes a file: under a temporary name first, then renamed, so that a reader never sees half of it.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="metadata">Strings to keep beside the arrays.</param>
    /// <param name="entries">The arrays; written in the order of their names.</param>
    public static void Write(string path, IReadOnlyDictionary<string, string> metadata, IEnumerable<SafetensorsEntry> entries)
    {
        List<SafetensorsEntry> sorted = [.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        byte[] header = Header(metadata, sorted);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[LengthBytes];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (SafetensorsEntry entry in sorted) { stream.Write(entry.Bytes.Span); }
        });
    }

    /// <summary>Reads a whole file and checks every statement of its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file is not what the format asks for.</exception>
    public static SafetensorsFile Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        (Dictionary<string, string> metadata, List<SafetensorsEntry> entries) = new SafetensorsHeaderReader(path, bytes).Read();
        return new SafetensorsFile(metadata, entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal));
    }

    static byte[] Header(IReadOnlyDictionary<string, string> metadata, List<SafetensorsEntry> entries)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) { json.WriteString(key, value); }
            json.WriteEndObject();
            long begin = 0;
            foreach (SafetensorsEntry entry in entries)
            {
                begin = WriteEntry(json, entry, begin);
            }
            json.WriteEndObject();
        }
        // Spaces until the arrays start at a multiple of 8: a reader may then map them in place.
        while (stream.Length % LengthBytes != 0) { stream.WriteByte((byte)' '); }
        return stream.ToArray();
    }

    static long WriteEntry(Utf8JsonWriter json, SafetensorsEntry entry, long begin)
    {
        long expected = entry.Shape.Aggregate((long)SafetensorsEntry.SizeOf(entry.Type), (size, length) => checked(size * length));
        if (entry.Bytes.Length != expected)
        {
            throw new ArgumentException($"'{entry.Name}' has {entry.Bytes.Length} bytes; its type and shape ask for {expected}.");
        }
        json.WriteStartObject(entry.Name);
        json.WriteString("dtype", entry.Type.ToString());
        json.WriteStartArray("shape");
        foreach (long length in entry.Shape) { json.WriteNumberValue(length); }
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(begin + expected);
        json.WriteEndArray();
        json.WriteEndObject();
        return begin + expected;
    }
}
