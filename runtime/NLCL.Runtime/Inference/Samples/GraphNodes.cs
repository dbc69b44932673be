using System.Globalization;

namespace NLCL.Runtime;

/// <summary>
/// Nodes that are put around a network, in the order in which they run, and their constants. Each method adds one operator of ONNX's own set, as it has been
/// since <see cref="LeastOpset"/>, and gives back the name of its result. Field numbers: onnx/onnx.proto.
/// </summary>
/// <param name="prefix">Of the names of what is added: no network of ours has names that begin so.</param>
sealed class GraphNodes(string prefix)
{
    /// <summary>The first operator set in which all of them take what they are given here.</summary>
    public const long LeastOpset = 13;

    // Of ONNX's TensorProto.DataType and AttributeProto.AttributeType.
    const int FloatType = 1, Int64Type = 7, IntAttribute = 2, TextAttribute = 3, IntsAttribute = 7;

    const int Channels = 1;

    const long Colours = 3;

    int _names;

    /// <summary>In front of the network.</summary>
    public ProtobufWriter Before { get; } = new();

    /// <summary>Behind it.</summary>
    public ProtobufWriter Behind { get; } = new();

    /// <summary>Constants of both.</summary>
    public ProtobufWriter Constants { get; } = new();

    /// <summary>Nodes are added behind the network from now on.</summary>
    public bool IsBehind { get; set; }

    public string Cast(string from, int elementType, string? name = null) => Node("Cast", name, [from], Int("to", elementType));

    public string ToFloat(string from) => Cast(from, FloatType);

    public string Add(string one, string other) => Node("Add", null, [one, other]);

    public string Subtract(string from, string other, string? name = null) => Node("Sub", name, [from, other]);

    public string Multiply(string one, float factor) => Node("Mul", null, [one, Scalar(factor)]);

    public string Add(string one, float other) => Add(one, Scalar(other));

    public string Clip(string from, float least, float most) => Node("Clip", null, [from, Scalar(least), Scalar(most)]);

    public string Rename(string from, string name) => Node("Identity", name, [from]);

    public string Reshape(string from, params long[] shape) => Node("Reshape", null, [from, Integers(shape)]);

    public string Transpose(string from, long[] order, string? name = null) => Node("Transpose", name, [from], Ints("perm", order));

    public string Gather(string from, int axis, long[] indices, string? name = null) => Node("Gather", name, [from, Integers(indices)], Int("axis", axis));

    public string Concat(int axis, params string[] parts) => Node("Concat", null, parts, Int("axis", axis));

    public string Slice(string from, int axis, long start, long end) =>
        Node("Slice", null, [from, Integers([start]), Integers([end]), Integers([axis])]);

    /// <summary>Last comes first.</summary>
    public string Reverse(string from, int axis) =>
        Node("Slice", null, [from, Integers([-1]), Integers([long.MinValue]), Integers([axis]), Integers([-1])]);

    /// <summary>Two parts of one length.</summary>
    public string[] Halve(string from, int axis)
    {
        string[] halves = [NextName("Split"), NextName("Split")];
        Add("Split", halves, [from], Int("axis", axis));
        return halves;
    }

    /// <summary>Of the colours of so many frames those of the middle one.</summary>
    public string Frame(string frames, int count)
    {
        if (count == 1)
        {
            return frames;
        }
        string[] parts = [.. Enumerable.Range(0, count).Select(_ => NextName("Split"))];
        Add("Split", parts, [frames, Integers([.. Enumerable.Repeat(Colours, count)])], Int("axis", Channels));
        return parts[count / 2];
    }

    /// <summary>Of 4 dimensions.</summary>
    public string Pad(string from, string mode, long top, long left, long bottom, long right) =>
        Node("Pad", null, [from, Integers([0, 0, top, left, 0, 0, bottom, right])], Text("mode", mode));

    /// <summary>Each block of so many channels becomes the pixels of a square.</summary>
    public string DepthToSpace(string from, int block) => Node("DepthToSpace", null, [from], Int("blocksize", block), Text("mode", "CRD"));

    public string Convolve(string from, float[] weights, long[] shape, float[]? bias = null) =>
        Node("Conv", null, bias is null ? [from, Floats(weights, shape)] : [from, Floats(weights, shape), Floats(bias, [bias.Length])], Ints("kernel_shape", shape[2], shape[3]));

    public string Mean(string from, long[] window, long[] step) => Node("AveragePool", null, [from], Ints("kernel_shape", window), Ints("strides", step));

    /// <summary>Linearly between the middles of pixels.</summary>
    public string Enlarge(string from, int times) => Node("Resize", null, [from, "", Floats([1, 1, times, times], [4])], Text("mode", "linear"));

    string Node(string type, string? name, string[] inputs, params ProtobufWriter[] attributes)
    {
        var output = name ?? NextName(type);
        Add(type, [output], inputs, attributes);
        return output;
    }

    void Add(string type, string[] outputs, string[] inputs, params ProtobufWriter[] attributes)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }
        foreach (var output in outputs)
        {
            node.Text(2, output);
        }
        node.Text(3, NextName(type)).Text(4, type);
        foreach (var attribute in attributes)
        {
            node.Message(5, attribute);
        }
        (IsBehind ? Behind : Before).Message(1, node);
    }

    string Scalar(float value) => Floats([value], []);

    string Floats(float[] values, long[] shape) => Constant(FloatType, shape, new ProtobufWriter().Values<float>(9, values));

    string Integers(long[] values) => Constant(Int64Type, [values.Length], new ProtobufWriter().Values<long>(9, values));

    string Constant(int type, long[] shape, ProtobufWriter data)
    {
        var tensor = new ProtobufWriter();
        foreach (var dimension in shape)
        {
            tensor.Number(1, dimension);
        }
        var name = NextName("constant");
        Constants.Message(5, tensor.Number(2, type).Text(8, name).Raw(data.Written));
        return name;
    }

    string NextName(string what) => prefix + what + (_names++).ToString(CultureInfo.InvariantCulture);

    static ProtobufWriter Int(string name, long value) => new ProtobufWriter().Text(1, name).Number(3, value).Number(20, IntAttribute);

    static ProtobufWriter Text(string name, string value) => new ProtobufWriter().Text(1, name).Text(4, value).Number(20, TextAttribute);

    static ProtobufWriter Ints(string name, params long[] values)
    {
        var attribute = new ProtobufWriter().Text(1, name);
        foreach (var value in values)
        {
            attribute.Number(8, value);
        }
        return attribute.Number(20, IntsAttribute);
    }
}
