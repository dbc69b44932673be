using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using NLCL.OnnxExport.Format;
using static TorchSharp.torch;

namespace NLCL.OnnxExport;

/// <summary>Collects nodes and initializers, and gives everything its name.</summary>
sealed class GraphBuilder
{
    readonly Dictionary<Tensor, string> _weightNames = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<(string Weight, string Shape), OnnxValue> _weights = [];
    readonly Dictionary<(int Type, string Shape, ByteString Data), OnnxValue> _constants = [];
    readonly HashSet<string> _valueNames = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _outputs = new(StringComparer.Ordinal);
    readonly HashSet<string> _nodeNames = new(StringComparer.Ordinal);
    readonly Dictionary<string, IReadOnlyList<Dimension>> _shapes = new(StringComparer.Ordinal);

    /// <param name="weights">The module's parameters and buffers by name.</param>
    public GraphBuilder(IEnumerable<KeyValuePair<string, Tensor>> weights)
    {
        foreach (var (name, tensor) in weights)
        {
            _weightNames.TryAdd(tensor, name);
            _valueNames.Add(name);
        }
    }

    public GraphProto Graph { get; } = new();

    public OnnxValue Input(string name, int elementType, IReadOnlyList<Dimension> shape)
    {
        if (!_valueNames.Add(name))
        {
            throw new ArgumentException($"The input cannot be called '{name}': a weight has that name.");
        }
        var value = new OnnxValue(name, elementType, shape);
        _shapes.Add(name, shape);
        Graph.Input.Add(Declaration(value));
        return value;
    }

    /// <summary>Makes <paramref name="value"/> an output under that name, taking the name of the value itself where it can.</summary>
    public void Output(OnnxValue value, string name)
    {
        if (!_valueNames.Add(name))
        {
            throw new ArgumentException($"The output cannot be called '{name}': a weight or another value has that name.");
        }
        var current = _outputs.GetValueOrDefault(value.Name, value.Name);
        if (_outputs.ContainsKey(value.Name) || !Graph.Node.Any(node => node.Output.Contains(value.Name)))
        {
            Graph.Node.Add(new NodeProto { OpType = "Identity", Name = Unique(_nodeNames, name), Input = { current }, Output = { name } });
        }
        else
        {
            foreach (var node in Graph.Node)
            {
                node.RenameInput(value.Name, name);
                node.RenameOutput(value.Name, name);
            }
            _outputs.Add(value.Name, name);
        }
        _shapes.Add(name, value.Shape);
        Graph.Output.Add(Declaration(new OnnxValue(name, value.ElementType, value.Shape)));
    }

    /// <summary>A node with one output.</summary>
    /// <param name="scope">The name of a weight, whose module then names the node; null for none.</param>
    public OnnxValue Node(string operation, IReadOnlyList<OnnxValue?> inputs, int elementType, IReadOnlyList<Dimension> shape,
        string? scope = null, params IEnumerable<AttributeProto> attributes) =>
        Node(operation, inputs, [(elementType, shape)], scope, attributes)[0];

    /// <summary>A node with several outputs. Null inputs are optional ones left out.</summary>
    public OnnxValue[] Node(string operation, IReadOnlyList<OnnxValue?> inputs,
        IReadOnlyList<(int ElementType, IReadOnlyList<Dimension> Shape)> outputs, string? scope, IEnumerable<AttributeProto> attributes)
    {
        var name = Unique(_nodeNames, scope is null ? operation : $"{Module(scope)}/{operation}");
        var node = new NodeProto { OpType = operation, Name = name };
        node.Input.Add(inputs.Select(input => input?.Name ?? ""));
        node.Attribute.Add(attributes);
        var values = outputs
            .Select((output, index) => new OnnxValue(
                Unique(_valueNames, outputs.Count == 1 ? name : $"{name}.{index}"), output.ElementType, output.Shape))
            .ToArray();
        node.Output.Add(values.Select(value => value.Name));
        Graph.Node.Add(node);
        foreach (var value in values)
        {
            _shapes.Add(value.Name, value.Shape);
        }
        return values;
    }

    /// <summary>The shape of an input or of what a node made, under the name it has or had before it became an output.</summary>
    public IReadOnlyList<Dimension> ShapeOf(string value) => _shapes[value];

    /// <summary>The module's weight under its own name, or any other tensor as a constant.</summary>
    /// <param name="shape">Another shape for the same elements, where the operator wants one.</param>
    public OnnxValue Weight(Tensor tensor, long[]? shape = null)
    {
        shape ??= tensor.shape;
        var text = string.Join(",", shape);
        if (!_weightNames.TryGetValue(tensor, out var name))
        {
            return Constant(ElementType.Of(tensor.dtype), shape, Bytes(tensor), null);
        }
        if (!_weights.TryGetValue((name, text), out var value))
        {
            // The first use takes the weight's own name; a second one in another shape has to stand beside it.
            var taken = _weights.Keys.Any(key => key.Weight == name);
            var unique = taken ? Unique(_valueNames, $"{name}.as_{string.Join('x', shape)}") : name;
            value = Initializer(unique, ElementType.Of(tensor.dtype), shape, Bytes(tensor));
            _weights.Add((name, text), value);
        }
        return value;
    }

    public string? WeightName(Tensor? tensor) => tensor is null ? null : _weightNames.GetValueOrDefault(tensor);

    public OnnxValue Scalar(double value, int elementType) => Constant(elementType, [],
        ByteString.CopyFrom(ElementType.Bytes(value, elementType)), string.Create(CultureInfo.InvariantCulture, $"scalar_{value}"));

    public OnnxValue Integers(params IReadOnlyList<long> values) => Constant(ElementType.Int64, [values.Count],
        ByteString.CopyFrom(MemoryMarshal.AsBytes<long>(values.ToArray())), values.Count <= 8 ? $"integers_{string.Join('_', values)}" : null);

    public OnnxValue Numbers(int elementType, params IReadOnlyList<double> values) => Constant(elementType, [values.Count],
        ByteString.CopyFrom([.. values.SelectMany(value => ElementType.Bytes(value, elementType))]), null);

    OnnxValue Constant(int elementType, long[] shape, ByteString data, string? name)
    {
        var key = (elementType, string.Join(",", shape), data);
        if (!_constants.TryGetValue(key, out var value))
        {
            value = Initializer(Unique(_valueNames, name ?? "constant"), elementType, shape, data);
            _constants.Add(key, value);
        }
        return value;
    }

    OnnxValue Initializer(string name, int elementType, long[] shape, ByteString data)
    {
        Graph.Initializer.Add(new TensorProto { Name = name, DataType = elementType, Dims = { shape }, RawData = data });
        return new OnnxValue(name, elementType, [.. shape.Select(Dimension.Fixed)]);
    }

    static ByteString Bytes(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return ByteString.CopyFrom(tensor.detach().cpu().contiguous().bytes);
    }

    static ValueInfoProto Declaration(OnnxValue value)
    {
        var shape = new TensorShapeProto();
        foreach (var (axis, dimension) in value.Shape.Index())
        {
            shape.Dim.Add(dimension.Length is { } length
                ? new TensorShapeProto.Types.Dimension { DimValue = length }
                : new TensorShapeProto.Types.Dimension { DimParam = dimension.Text ?? $"{value.Name}_axis{axis}" });
        }
        return new ValueInfoProto
        {
            Name = value.Name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = value.ElementType, Shape = shape } },
        };
    }

    /// <summary><c>body.0.conv.weight</c> belongs to the module <c>body.0.conv</c>.</summary>
    static string Module(string weight) => weight.LastIndexOf('.') is > 0 and var dot ? weight[..dot] : weight;

    static string Unique(HashSet<string> taken, string name)
    {
        var unique = name;
        for (var number = 2; !taken.Add(unique); number++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
        }
        return unique;
    }
}
