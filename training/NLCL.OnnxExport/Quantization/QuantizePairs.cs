using System.Runtime.InteropServices;
using Google.Protobuf;
using NLCL.OnnxExport.Format;

namespace NLCL.OnnxExport;

/// <summary>Writes the nodes and constants of a quantised graph.</summary>
sealed class QuantizePairs(GraphProto graph, QuantizationPlan plan)
{
    const int LargestWeight = 127;

    readonly Dictionary<string, TensorProto> _tensors = graph.NamedInitializers();
    readonly Dictionary<string, (string Name, float[] Scales)> _weights = new(StringComparer.Ordinal);

    /// <summary>Sends a value through bytes on its way to whoever takes it; the graph's input only on its way to integer kernels.</summary>
    public void Around(string value, ByteScale scale)
    {
        var (bytes, back) = ($"{value}/quantized", $"{value}/dequantized");
        var isInput = graph.Input.Any(input => input.Name == value);
        foreach (var node in graph.Node.Where(node => node.Input.Contains(value) && (!isInput || plan.TakesBytes(node))))
        {
            node.RenameInput(value, back);
        }
        var scaleName = Constant($"{value}/scale", ElementType.Single, [], BitConverter.GetBytes(scale.Scale));
        var zeroName = Constant($"{value}/zero_point", ElementType.Byte, [], [scale.ZeroPoint]);
        graph.Node.Add(Node("QuantizeLinear", bytes, [value, scaleName, zeroName]));
        graph.Node.Add(Node("DequantizeLinear", back, [bytes, scaleName, zeroName]));
    }

    /// <summary>The weights of a convolution, <c>[O, C/groups, kh, kw]</c>: signed bytes with one scale for each of O.</summary>
    public (string Name, float[] Scales) Weights(string name)
    {
        if (_weights.TryGetValue(name, out var known))
        {
            return known;
        }
        var values = MemoryMarshal.Cast<byte, float>(_tensors[name].RawData.Span);
        var channels = (int)_tensors[name].Dims[0];
        var perChannel = values.Length / channels;
        var (scales, bytes) = (new float[channels], new sbyte[values.Length]);
        for (var channel = 0; channel < channels; channel++)
        {
            var own = values.Slice(channel * perChannel, perChannel);
            var largest = 0f;
            foreach (var value in own)
            {
                largest = Math.Max(largest, Math.Abs(value));
            }
            scales[channel] = largest > 1e-20f ? largest / LargestWeight : 1;
            for (var i = 0; i < perChannel; i++)
            {
                bytes[channel * perChannel + i] = (sbyte)Math.Clamp(MathF.Round(own[i] / scales[channel]), -LargestWeight, LargestWeight);
            }
        }
        var result = Dequantized(name, ElementType.SignedByte, [.. _tensors[name].Dims], MemoryMarshal.AsBytes(bytes.AsSpan()), scales);
        _weights.Add(name, (result, scales));
        return (result, scales);
    }

    /// <summary>The bias of a convolution in units of what its integer sums count.</summary>
    public string Bias(NodeProto convolution, float inputScale, float[] weightScales)
    {
        var values = MemoryMarshal.Cast<byte, float>(_tensors[convolution.Input[2]].RawData.Span);
        var scales = weightScales.Select(scale => scale * inputScale).ToArray();
        var numbers = new int[values.Length];
        for (var channel = 0; channel < numbers.Length; channel++)
        {
            numbers[channel] = (int)Math.Clamp(Math.Round((double)values[channel] / scales[channel]), int.MinValue, int.MaxValue);
        }
        return Dequantized($"{convolution.Name}/bias", ElementType.Int32, [numbers.Length], MemoryMarshal.AsBytes(numbers.AsSpan()), scales);
    }

    /// <summary>Puts every node behind those it needs, otherwise in the order of before.</summary>
    public void Sort()
    {
        var ready = graph.Input.Select(input => input.Name).Concat(_tensors.Keys).Append("").ToHashSet(StringComparer.Ordinal);
        var byOutput = graph.Node.SelectMany(node => node.Output.Select(name => (name, node))).ToDictionary(StringComparer.Ordinal);
        var sorted = new List<NodeProto>();
        void Place(NodeProto node)
        {
            foreach (var name in node.Input.Where(name => !ready.Contains(name)))
            {
                Place(byOutput[name]);
            }
            if (node.Output.Any(ready.Add))
            {
                ready.UnionWith(node.Output);
                sorted.Add(node);
            }
        }
        foreach (var node in graph.Node)
        {
            Place(node);
        }
        graph.Node.Clear();
        graph.Node.Add(sorted);
    }

    string Dequantized(string name, int type, long[] shape, ReadOnlySpan<byte> data, float[] scales)
    {
        var back = $"{name}/dequantized";
        var bytes = Constant($"{name}/quantized", type, shape, data);
        var scale = Constant($"{name}/scale", ElementType.Single, [scales.Length], MemoryMarshal.AsBytes(scales.AsSpan()));
        var zero = Constant($"{name}/zero_point", type, [scales.Length], new byte[scales.Length * (type == ElementType.Int32 ? 4 : 1)]);
        var node = Node("DequantizeLinear", back, [bytes, scale, zero]);
        node.Attribute.Add(AttributeProto.Of("axis", 0));
        graph.Node.Add(node);
        return back;
    }

    string Constant(string name, int type, long[] shape, ReadOnlySpan<byte> data)
    {
        var tensor = new TensorProto { Name = name, DataType = type, Dims = { shape }, RawData = ByteString.CopyFrom(data) };
        _tensors.Add(name, tensor);
        graph.Initializer.Add(tensor);
        return name;
    }

    static NodeProto Node(string operation, string output, IEnumerable<string> inputs) =>
        new() { OpType = operation, Name = output, Input = { inputs }, Output = { output } };
}
