using System.Runtime.InteropServices;
using Google.Protobuf;
using NLCL.OnnxExport.Format;

namespace NLCL.OnnxExport;

/// <summary>Turns a graph of 32-bit numbers into one of 16-bit numbers that still takes and gives 32-bit ones.</summary>
static class HalfPrecision
{
    // Inputs that are 32-bit whatever the data is: region of interest and scales of Resize.
    static readonly Dictionary<string, int[]> s_always32 = new() { ["Resize"] = [1, 2] };

    /// <exception cref="ArgumentException">A weight does not fit into 16 bits.</exception>
    public static void Convert(GraphProto graph)
    {
        var keep = graph.Node
            .Where(node => s_always32.ContainsKey(node.OpType))
            .SelectMany(node => s_always32[node.OpType].Where(index => index < node.Input.Count).Select(index => node.Input[index]))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var tensor in graph.Initializer.Where(tensor => tensor.DataType == ElementType.Single && !keep.Contains(tensor.Name)))
        {
            Convert(tensor);
        }
        // A conversion to 32 bits inside the network now leads to 16.
        foreach (var to in graph.Node.Where(node => node.OpType == "Cast").Select(node => node.Attribute.Single()).Where(to => to.I == ElementType.Single))
        {
            to.I = ElementType.Half;
        }
        foreach (var input in graph.Input.Where(input => input.Type.TensorType.ElemType == ElementType.Single).Reverse())
        {
            var inside = $"{input.Name}/fp16";
            foreach (var node in graph.Node)
            {
                node.RenameInput(input.Name, inside);
            }
            graph.Node.Insert(0, Cast(input.Name, inside, ElementType.Half));
        }
        foreach (var output in graph.Output.Where(output => output.Type.TensorType.ElemType == ElementType.Single))
        {
            var inside = $"{output.Name}/fp16";
            foreach (var node in graph.Node)
            {
                node.RenameInput(output.Name, inside);
                node.RenameOutput(output.Name, inside);
            }
            graph.Node.Add(Cast(inside, output.Name, ElementType.Single));
        }
    }

    /// <summary>
    /// Leaves a graph in 32 bits but rounds weights, inputs and every intermediate value to 16: what half precision does on a GPU, which sums in
    /// 32 bits too. On a CPU ONNX Runtime leaves most of a 16-bit file's roundings out, so that the file itself looks better than it is.
    /// </summary>
    /// <exception cref="ArgumentException">A weight does not fit into 16 bits.</exception>
    public static void Round(GraphProto graph)
    {
        foreach (var tensor in graph.Initializer.Where(tensor => tensor.DataType == ElementType.Single))
        {
            Convert(tensor);
            float[] rounded = [.. MemoryMarshal.Cast<byte, Half>(tensor.RawData.Span).ToArray().Select(half => (float)half)];
            tensor.DataType = ElementType.Single;
            tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(rounded));
        }
        var numbers = graph.Initializer.Where(tensor => tensor.DataType == ElementType.Single).Select(tensor => tensor.Name)
            .Concat(graph.Input.Where(input => input.Type.TensorType.ElemType == ElementType.Single).Select(input => input.Name))
            .ToHashSet(StringComparer.Ordinal);
        var outputs = graph.Output.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var rounding = new List<NodeProto>();
        foreach (var input in graph.Input.Where(input => numbers.Contains(input.Name)))
        {
            rounding.AddRange(Rounding(graph, input.Name));
            numbers.Add(Rounded(input.Name));
        }
        foreach (var node in graph.Node.ToList())
        {
            rounding.Add(node);
            var gives = node.OpType == "Cast" ? node.Attribute.Single().I == ElementType.Single : node.OpType != "Shape" && node.Input.Any(numbers.Contains);
            foreach (var value in gives ? node.Output.ToList() : [])
            {
                numbers.Add(value);
                if (!outputs.Contains(value))
                {
                    numbers.Add(Rounded(value));
                    rounding.AddRange(Rounding(graph, value));
                }
            }
        }
        graph.Node.Clear();
        graph.Node.Add(rounding);
    }

    static string Rounded(string value) => $"{value}/rounded";

    /// <summary>The two conversions that round a value; everything that takes it takes the rounded one from now on.</summary>
    static NodeProto[] Rounding(GraphProto graph, string value)
    {
        foreach (var node in graph.Node)
        {
            node.RenameInput(value, Rounded(value));
        }
        return [Cast(value, $"{value}/half", ElementType.Half), Cast($"{value}/half", Rounded(value), ElementType.Single)];
    }

    static void Convert(TensorProto tensor)
    {
        var values = MemoryMarshal.Cast<byte, float>(tensor.RawData.Span);
        var halves = new Half[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            halves[i] = (Half)values[i];
            if (Half.IsInfinity(halves[i]) && float.IsFinite(values[i]))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"The weight '{tensor.Name}' holds {values[i]:g4}, more than the 65504 of 16-bit numbers; export this network as fp32."));
            }
        }
        tensor.DataType = ElementType.Half;
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<Half>(halves));
    }

    static NodeProto Cast(string from, string to, int type) =>
        new() { OpType = "Cast", Name = $"{to}/Cast", Input = { from }, Output = { to }, Attribute = { AttributeProto.Of("to", type) } };
}
