using NLCL.OnnxExport.Format;

namespace NLCL.OnnxExport;

/// <summary>
/// Which values of a graph become bytes: what goes into and comes out of convolutions, sums of such, and what only moves their
/// elements. All else stays in 32 bits.
/// </summary>
sealed class QuantizationPlan
{
    // They move elements and compute nothing, so output and input share one scale. SpaceToDepth would do so too, but ONNX Runtime runs it
    // on floats: bytes behind it are one conversion, bytes before it three.
    static readonly HashSet<string> s_movements = ["DepthToSpace", "MaxPool", "Transpose", "Reshape", "Gather"];

    readonly GraphProto _graph;
    readonly HashSet<string> _initializers;
    readonly Dictionary<string, NodeProto> _producers;
    readonly ILookup<string, NodeProto> _consumers;
    readonly HashSet<string> _outputs;

    // Value to the value whose scale it has.
    readonly Dictionary<string, string> _scaleOf = new(StringComparer.Ordinal);

    public QuantizationPlan(GraphProto graph, QuantizationOptions options)
    {
        _graph = graph;
        _initializers = [.. graph.Initializer.Select(tensor => tensor.Name)];
        _producers = graph.Node.SelectMany(node => node.Output.Select(name => (name, node))).ToDictionary(StringComparer.Ordinal);
        _consumers = graph.Node.SelectMany(node => node.Input.Select(name => (name, node))).ToLookup(use => use.name, use => use.node, StringComparer.Ordinal);
        _outputs = [.. graph.Output.Select(output => output.Name)];
        Convolutions = [.. graph.Node.Where(node => node.OpType == "Conv" && _initializers.Contains(node.Input[1])
            && !options.KeepFloat.Contains(Module(node.Input[1])))];
        if (options.KeepFloat.FirstOrDefault(module => !graph.Node.Any(node => node.OpType == "Conv" && Module(node.Input[1]) == module)) is { } unknown)
        {
            throw new ArgumentException($"The network has no convolution '{unknown}' to keep in 32 bits.");
        }
        foreach (var convolution in Convolutions)
        {
            Take(convolution.Input[0]);
            TakeResult(convolution);
        }
        foreach (var sum in graph.Node.Where(IsSumOfBytes))
        {
            Take(sum.Input[0]);
            Take(sum.Input[1]);
            TakeResult(sum);
        }
        Follow();
    }

    /// <summary>The convolutions that compute on bytes.</summary>
    public IReadOnlyList<NodeProto> Convolutions { get; }

    /// <summary>The values to store as bytes, in the order of the graph.</summary>
    public IEnumerable<string> Values => _graph.Input.Select(input => input.Name)
        .Concat(_graph.Node.SelectMany(node => node.Output))
        .Where(_scaleOf.ContainsKey);

    /// <summary>The value that sets the scale of this one: itself, or what a movement took it from.</summary>
    public string ScaleOf(string value) => _scaleOf[value];

    /// <summary>Whether a value is the graph's input, or that with its elements moved or brought to another type and unit.</summary>
    public bool IsInput(string value) => _graph.Input.Any(input => input.Name == value)
        || (_producers.TryGetValue(value, out var node)
            && (s_movements.Contains(node.OpType) || node.OpType is "SpaceToDepth" or "Cast" or "Split" or "Concat" || (node.OpType == "Mul" && _initializers.Contains(node.Input[1])))
            && node.Input.Where(name => !_initializers.Contains(name)).All(IsInput));

    /// <summary>Whether a node takes bytes when its input is there as bytes.</summary>
    public bool TakesBytes(NodeProto node) => Convolutions.Contains(node) || s_movements.Contains(node.OpType);

    /// <summary>Where a movement made the value, its source is what counts, back to the first that was computed.</summary>
    void Take(string value)
    {
        if (_initializers.Contains(value) || _outputs.Contains(value))
        {
            return;
        }
        var source = Source(value);
        if (_initializers.Contains(source))
        {
            return;
        }
        _scaleOf[value] = source;
        if (source != value)
        {
            Take(_producers[value].Input[0]);
        }
    }

    string Source(string value) =>
        _producers.TryGetValue(value, out var node) && s_movements.Contains(node.OpType) ? Source(node.Input[0]) : value;

    /// <summary>What a node gives, behind the ReLU that is computed with it.</summary>
    void TakeResult(NodeProto node)
    {
        var value = node.Output[0];
        Take(_consumers[value].ToList() is [{ OpType: "Relu" } relu] ? relu.Output[0] : value);
    }

    bool IsSumOfBytes(NodeProto node) =>
        node.OpType == "Add" && node.Input.All(name => !_initializers.Contains(name)) && node.Input.Any(_scaleOf.ContainsKey);

    /// <summary>Behind a value of bytes, movements go on in bytes.</summary>
    void Follow()
    {
        foreach (var node in _graph.Node.Where(node => s_movements.Contains(node.OpType) && _scaleOf.ContainsKey(node.Input[0])))
        {
            Take(node.Output[0]);
        }
    }

    static string Module(string weight) => weight.LastIndexOf('.') is > 0 and var dot ? weight[..dot] : weight;
}
