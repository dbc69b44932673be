using System.Text;

namespace NLCL.Runtime.Tests;

/// <summary>Writes small but real ONNX files by hand: protobuf fields in the order of onnx.proto, IR version 8.</summary>
sealed class TinyOnnx
{
    readonly List<byte[]> _nodes = [];
    readonly List<byte[]> _initializers = [];

    public string InputName { get; init; } = ModelContract.InputName;
    public string OutputName { get; init; } = ModelContract.OutputName;
    public string[] Dimensions { get; init; } = ["n", "3", "h", "w"];
    public string[] OutputDimensions { get; init; } = ["n", "3", "h", "w"];
    public int ElementType { get; init; } = 1;
    public long Opset { get; init; } = 17;
    public Dictionary<string, string> Metadata { get; init; } = new(Contract().ToMetadata());

    public static ModelContract Contract(int sizeMultiple = 1, int receptiveField = 0) => new()
    {
        Name = "tiny",
        SizeMultiple = sizeMultiple,
        ReceptiveField = receptiveField,
        Licence = "MIT",
        Commit = "0000000",
    };

    /// <summary>background = rainy.</summary>
    public static TinyOnnx Identity(int sizeMultiple = 1) =>
        new TinyOnnx { Metadata = new(Contract(sizeMultiple).ToMetadata()) }.Node("Identity", ["rainy"], ["background"]);

    /// <summary>
    /// background = rainy - network(rainy): blocks of 2 x 2 into channels, two 3 x 3 convolutions with a Relu between, back.
    /// Looks 5 pixels far and needs even sizes.
    /// </summary>
    public static TinyOnnx Network()
    {
        var random = new Random(7);
        float[] Weights(int count) => [.. Enumerable.Range(0, count).Select(_ => ((float)random.NextDouble() - 0.5f) * 0.2f)];
        return new TinyOnnx { Metadata = new(Contract(2, 5).ToMetadata()) }
            .Node("SpaceToDepth", ["rainy"], ["blocks"], Int("blocksize", 2))
            .Initializer("w1", [12, 12, 3, 3], Weights(12 * 12 * 9))
            .Initializer("b1", [12], Weights(12))
            .Node("Conv", ["blocks", "w1", "b1"], ["c1"], Ints("pads", 1, 1, 1, 1), Ints("kernel_shape", 3, 3))
            .Node("Relu", ["c1"], ["r1"])
            .Initializer("w2", [12, 12, 3, 3], Weights(12 * 12 * 9))
            .Node("Conv", ["r1", "w2"], ["c2"], Ints("pads", 1, 1, 1, 1), Ints("kernel_shape", 3, 3))
            .Node("DepthToSpace", ["c2"], ["rain"], Int("blocksize", 2))
            .Node("Sub", ["rainy", "rain"], ["background"]);
    }

    /// <summary>background = rainy - rain of one channel, by a 3 x 3 convolution: looks 1 pixel far.</summary>
    public static TinyOnnx Grey(int sizeMultiple = 1) => new TinyOnnx { Metadata = new(Contract(sizeMultiple, 1).ToMetadata()) }
        .GreyRain(3)
        .Node("Sub", ["rainy", "rain"], ["background"]);

    /// <summary>The same over the frame and its neighbours.</summary>
    public static TinyOnnx GreyWindow() => SeesNeighbours(1, 1)
        .GreyRain(9)
        .Integers("thirds", 3, 3, 3)
        .Node("Split", ["rainy", "thirds"], ["previous", "frame", "next"], Int("axis", 1))
        .Node("Sub", ["frame", "rain"], ["background"]);

    TinyOnnx GreyRain(int channels)
    {
        var random = new Random(5);
        return Initializer("w", [1, channels, 3, 3], [.. Enumerable.Range(0, channels * 9).Select(_ => ((float)random.NextDouble() - 0.4f) * 0.1f)])
            .Node("Conv", ["rainy", "w"], ["rain"], Ints("pads", 1, 1, 1, 1), Ints("kernel_shape", 3, 3));
    }

    /// <summary>background = so much of the frame before, of the frame itself and of the frame after.</summary>
    public static TinyOnnx Window(float previous, float rainy, float next, int sizeMultiple = 1)
    {
        float[] shares = [previous, rainy, next];
        return SeesNeighbours(sizeMultiple, 0)
            .Initializer("w", [3, 9, 1, 1], [.. Enumerable.Range(0, 27).Select(i => i / 9 == i % 3 ? shares[i % 9 / 3] : 0)])
            .Node("Conv", ["rainy", "w"], ["background"], Ints("kernel_shape", 1, 1));
    }

    /// <summary>A 3 x 3 convolution over the frame and its neighbours: looks 1 pixel far.</summary>
    public static TinyOnnx WindowNetwork()
    {
        var random = new Random(11);
        return SeesNeighbours(2, 1)
            .Initializer("w", [3, 9, 3, 3], [.. Enumerable.Range(0, 3 * 9 * 9).Select(_ => ((float)random.NextDouble() - 0.4f) * 0.1f)])
            .Node("Conv", ["rainy", "w"], ["background"], Ints("pads", 1, 1, 1, 1), Ints("kernel_shape", 3, 3));
    }

    static TinyOnnx SeesNeighbours(int sizeMultiple, int receptiveField) => new()
    {
        Dimensions = ["n", "9", "h", "w"],
        Metadata = new((Contract(sizeMultiple, receptiveField) with { Frames = 3 }).ToMetadata()),
    };

    public TinyOnnx Node(string type, string[] inputs, string[] outputs, params byte[][] attributes)
    {
        _nodes.Add(Concat(
            [.. inputs.Select(i => Text(1, i)), .. outputs.Select(o => Text(2, o)), Text(3, type + _nodes.Count), Text(4, type), .. attributes.Select(a => Field(5, a))]));
        return this;
    }

    public TinyOnnx Initializer(string name, long[] shape, float[] values)
    {
        var raw = new byte[values.Length * 4];
        Buffer.BlockCopy(values, 0, raw, 0, raw.Length);
        _initializers.Add(Concat([.. shape.Select(d => Number(1, d)), Number(2, 1), Text(8, name), Field(9, raw)]));
        return this;
    }

    public TinyOnnx Integers(string name, params long[] values)
    {
        var raw = new byte[values.Length * 8];
        Buffer.BlockCopy(values, 0, raw, 0, raw.Length);
        _initializers.Add(Concat(Number(1, values.Length), Number(2, 7), Text(8, name), Field(9, raw)));
        return this;
    }

    /// <summary>A tensor that lives in another file.</summary>
    public TinyOnnx ExternalInitializer(string name, string location)
    {
        var entry = Concat(Text(1, "location"), Text(2, location));
        _initializers.Add(Concat(Number(1, 1), Number(2, 1), Text(8, name), Field(13, entry), Number(14, 1)));
        return this;
    }

    public byte[] ToBytes()
    {
        var graph = Concat(
            [.. _nodes.Select(n => Field(1, n)), Text(2, "tiny"), .. _initializers.Select(i => Field(5, i)),
             Field(11, ValueInfo(InputName, Dimensions)), Field(12, ValueInfo(OutputName, OutputDimensions))]);
        return Concat(
            [Number(1, 8), Text(2, "tiny"), Field(7, graph), Field(8, Concat(Text(1, ""), Number(2, Opset))),
             .. Metadata.Select(m => Field(14, Concat(Text(1, m.Key), Text(2, m.Value))))]);
    }

    public static byte[] Int(string name, long value) => Concat(Text(1, name), Number(3, value), Number(20, 2));

    public static byte[] Ints(string name, params long[] values) =>
        Concat([Text(1, name), .. values.Select(v => Number(8, v)), Number(20, 7)]);

    public static byte[] Graph(string name, byte[] graph) => Concat(Text(1, name), Field(6, graph), Number(20, 5));

    public static byte[] Field(int number, byte[] content) =>
        Concat(Varint((ulong)((number << 3) | 2)), Varint((ulong)content.Length), content);

    public static byte[] Text(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    public static byte[] Number(int number, long value) => Concat(Varint((ulong)(number << 3)), Varint((ulong)value));

    public static byte[] Concat(params byte[][] parts) => [.. parts.SelectMany(p => p)];

    byte[] ValueInfo(string name, string[] dimensions)
    {
        var shape = Concat([.. dimensions.Select(d => Field(1, long.TryParse(d, out var size) ? Number(1, size) : Text(2, d)))]);
        return Concat(Text(1, name), Field(2, Field(1, Concat(Number(1, ElementType), Field(2, shape)))));
    }

    static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value > 127; value >>= 7)
        {
            bytes.Add((byte)(value | 128));
        }
        return [.. bytes, (byte)value];
    }
}
