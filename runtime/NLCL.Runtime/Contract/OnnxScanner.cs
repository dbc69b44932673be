using System.Buffers.Binary;
using System.Text;

namespace NLCL.Runtime;

/// <summary>
/// Walks the protobuf of an ONNX file without building it: finds metadata and declared tensors, and everything that would
/// make a loader open another file. Field numbers: onnx/onnx.proto, IR version 8 and later.
/// </summary>
sealed class OnnxScanner
{
    const int MaxDepth = 48;

    public long IrVersion { get; private set; }
    public bool HasGraph { get; private set; }
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, long> Opsets { get; } = new(StringComparer.Ordinal);
    public List<ModelTensor> Inputs { get; } = [];
    public List<ModelTensor> Outputs { get; } = [];
    public HashSet<string> Initializers { get; } = new(StringComparer.Ordinal);

    /// <summary>What the file refers to outside itself, in words.</summary>
    public List<string> ForeignReferences { get; } = [];

    /// <exception cref="InvalidDataException">Not protobuf, or cut off.</exception>
    public static OnnxScanner Scan(ReadOnlySpan<byte> model)
    {
        var scanner = new OnnxScanner();
        scanner.Model(model);
        scanner.Inputs.RemoveAll(i => scanner.Initializers.Contains(i.Name));
        return scanner;
    }

    void Model(ReadOnlySpan<byte> bytes)
    {
        while (Next(ref bytes, out var field, out var number, out var content))
        {
            switch (field)
            {
                case 1: IrVersion = number; break;
                case 7: HasGraph = true; Graph(content, 0); break;
                case 8: Opset(content); break;
                case 14: Property(content); break;
                case 20: ForeignReferences.Add("training information"); break;
                case 25: Function(content); break;
            }
        }
    }

    void Graph(ReadOnlySpan<byte> bytes, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidDataException("graphs are nested too deeply");
        }
        while (Next(ref bytes, out var field, out _, out var content))
        {
            switch (field)
            {
                case 1: Node(content, depth); break;
                case 5: Tensor(content, depth == 0); break;
                case 11 when depth == 0: Inputs.Add(ValueInfo(content)); break;
                case 12 when depth == 0: Outputs.Add(ValueInfo(content)); break;
                case 15: SparseTensor(content); break;
            }
        }
    }

    void Node(ReadOnlySpan<byte> bytes, int depth)
    {
        while (Next(ref bytes, out var field, out _, out var content))
        {
            if (field == 5)
            {
                Attribute(content, depth);
            }
            else if (field == 4 && content.SequenceEqual("EPContext"u8))
            {
                ForeignReferences.Add("an EPContext node, which names a compiled engine");
            }
        }
    }

    void Attribute(ReadOnlySpan<byte> bytes, int depth)
    {
        while (Next(ref bytes, out var field, out _, out var content))
        {
            switch (field)
            {
                case 5 or 10: Tensor(content, false); break;
                case 6 or 11: Graph(content, depth + 1); break;
                case 22 or 23: SparseTensor(content); break;
            }
        }
    }

    void Function(ReadOnlySpan<byte> bytes)
    {
        while (Next(ref bytes, out var field, out _, out var content))
        {
            switch (field)
            {
                case 7: Node(content, 1); break;
                case 11: Attribute(content, 1); break;
            }
        }
    }

    void SparseTensor(ReadOnlySpan<byte> bytes)
    {
        while (Next(ref bytes, out var field, out _, out var content))
        {
            if (field is 1 or 2)
            {
                Tensor(content, field == 1);
            }
        }
    }

    void Tensor(ReadOnlySpan<byte> bytes, bool isInitializer)
    {
        var name = "";
        var external = false;
        while (Next(ref bytes, out var field, out var number, out var content))
        {
            switch (field)
            {
                case 8: name = Encoding.UTF8.GetString(content); break;
                case 13: external = true; break;
                case 14: external |= number != 0; break;
            }
        }
        if (isInitializer)
        {
            Initializers.Add(name);
        }
        if (external)
        {
            ForeignReferences.Add($"external data for tensor '{name}'");
        }
    }

    void Opset(ReadOnlySpan<byte> bytes)
    {
        var domain = "";
        var version = 0L;
        while (Next(ref bytes, out var field, out var number, out var content))
        {
            switch (field)
            {
                case 1: domain = Encoding.UTF8.GetString(content); break;
                case 2: version = number; break;
            }
        }
        Opsets[domain] = version;
    }

    void Property(ReadOnlySpan<byte> bytes)
    {
        string key = "", value = "";
        while (Next(ref bytes, out var field, out _, out var content))
        {
            switch (field)
            {
                case 1: key = Encoding.UTF8.GetString(content); break;
                case 2: value = Encoding.UTF8.GetString(content); break;
            }
        }
        Metadata[key] = value;
    }

    static ModelTensor ValueInfo(ReadOnlySpan<byte> bytes)
    {
        var name = "";
        var type = "no tensor";
        List<string> dimensions = [];
        while (Next(ref bytes, out var field, out _, out var content))
        {
            switch (field)
            {
                case 1: name = Encoding.UTF8.GetString(content); break;
                case 2:
                    while (Next(ref content, out var kind, out _, out var tensor))
                    {
                        type = kind == 1 ? TensorType(tensor, dimensions) : type;
                    }
                    break;
            }
        }
        return new ModelTensor(name, type, dimensions);
    }

    static string TensorType(ReadOnlySpan<byte> bytes, List<string> dimensions)
    {
        var type = 0L;
        while (Next(ref bytes, out var field, out var number, out var content))
        {
            switch (field)
            {
                case 1: type = number; break;
                case 2:
                    while (Next(ref content, out _, out _, out var dimension))
                    {
                        dimensions.Add(Dimension(dimension));
                    }
                    break;
            }
        }
        return type switch { 1 => "float", 2 => "uint8", 7 => "int64", 10 => "float16", 11 => "double", 16 => "bfloat16", _ => $"type {type}" };
    }

    static string Dimension(ReadOnlySpan<byte> bytes)
    {
        var text = "?";
        while (Next(ref bytes, out var field, out var number, out var content))
        {
            text = field switch { 1 => $"{number}", 2 => Encoding.UTF8.GetString(content), _ => text };
        }
        return text;
    }

    /// <summary>Takes the next field off a message.</summary>
    /// <param name="bytes">What is left of the message.</param>
    /// <param name="field">Its number.</param>
    /// <param name="number">Its value, where it is a number.</param>
    /// <param name="content">Its value, where it has a length of its own.</param>
    /// <param name="raw">All of it.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidDataException">Not protobuf, or cut off.</exception>
    public static bool Next(ref ReadOnlySpan<byte> bytes, out int field, out long number, out ReadOnlySpan<byte> content, out ReadOnlySpan<byte> raw)
    {
        raw = bytes;
        var more = Next(ref bytes, out field, out number, out content);
        raw = raw[..^bytes.Length];
        return more;
    }

    static bool Next(ref ReadOnlySpan<byte> bytes, out int field, out long number, out ReadOnlySpan<byte> content)
    {
        field = 0;
        number = 0;
        content = default;
        if (bytes.IsEmpty)
        {
            return false;
        }
        var tag = Varint(ref bytes);
        field = checked((int)(tag >> 3));
        switch (tag & 7)
        {
            case 0: number = (long)Varint(ref bytes); break;
            case 1: number = BinaryPrimitives.ReadInt64LittleEndian(Take(ref bytes, 8)); break;
            case 2: content = Take(ref bytes, Varint(ref bytes)); break;
            case 5: number = BinaryPrimitives.ReadInt32LittleEndian(Take(ref bytes, 4)); break;
            default: throw new InvalidDataException("not a protobuf");
        }
        return field > 0 ? true : throw new InvalidDataException("not a protobuf");
    }

    static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(ref bytes, 1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
        throw new InvalidDataException("not a protobuf");
    }

    static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, ulong count)
    {
        if (count > (ulong)bytes.Length)
        {
            throw new InvalidDataException("cut off");
        }
        var taken = bytes[..(int)count];
        bytes = bytes[(int)count..];
        return taken;
    }
}
