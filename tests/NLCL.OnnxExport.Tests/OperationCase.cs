using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NLCL.OnnxExport.Tests;

/// <summary>A network of one operation, found by name. Its weights come into being when the constructor first runs it.</summary>
sealed class OperationCase : Module, INetworkDescription
{
    // Everything else takes n,8,h,w of any size.
    static readonly Dictionary<string, (string Shape, int Multiple)> s_inputs = new()
    {
        ["space to depth"] = ("n,8,h,w", 2),
        ["depth to space of space to depth"] = ("n,8,h,w", 3),
        ["convolution of space to depth"] = ("n,8,h,w", 3),
        ["strided convolution of space to depth"] = ("n,8,h,w", 2),
        ["grouped convolution of space to depth"] = ("n,8,h,w", 2),
        ["depth to space of convolution"] = ("n,8,h,w", 2),
        ["depth to space of uneven convolution"] = ("n,8,h,w", 4),
        ["depth to space of wide convolution"] = ("n,8,h,w", 2),
        ["space to depth for two"] = ("n,8,h,w", 2),
        ["pixel unshuffle"] = ("n,8,h,w", 3),
        ["strided convolution and back"] = ("n,8,h,w", 2),
        ["matmul"] = ("n,8,h,h", 1),
        ["linear on two axes"] = ("n,8", 1),
        ["linear on three axes"] = ("n,h,8", 1),
        ["linear without bias"] = ("n,h,8", 1),
        ["layer norm"] = ("n,h,8", 1),
        ["layer norm over two axes"] = ("n,h,6,8", 1),
        ["group norm of a sequence"] = ("n,8,h", 1),
    };

    readonly Dictionary<string, Tensor> _weights = [];
    readonly Generator _generator = new(7);
    readonly string _name;

    public OperationCase(string name) : base("case")
    {
        _name = name;
        var probe = InputShape.Parse(Options.InputShapes[0], Options.SizeMultiple);
        using var scope = NewDisposeScope();
        Describe(TorchOperations.Instance, [ones([.. probe.Select(axis => axis.Length ?? 12)])]);
    }

    public ExportOptions Options => new()
    {
        InputShapes = [s_inputs.GetValueOrDefault(_name, ("n,8,h,w", 1)).Item1],
        SizeMultiple = s_inputs.GetValueOrDefault(_name, ("n,8,h,w", 1)).Item2,
        SmallestSize = 7,
        Tolerance = 2e-5,
    };

    public static IEnumerable<string> Names =>
    [
        "convolution", "convolution without bias", "convolution 1x1", "convolution 5x3", "strided convolution", "dilated convolution",
        "grouped convolution", "depthwise convolution", "reflected convolution", "replicated convolution", "strided convolution and back",
        "reflected dilated grouped strided convolution",
        "uneven convolution", "asymmetric convolution", "asymmetric reflected convolution", "asymmetric replicated convolution", "circular convolution",
        "uneven transposed convolution", "asymmetric transposed convolution",
        "transposed convolution", "transposed convolution with output padding", "grouped transposed convolution", "dilated transposed convolution",
        "pad zeros", "pad constant", "pad reflect", "pad replicate", "pad circular", "pad circular on two edges",
        "space to depth", "depth to space", "depth to space of space to depth", "convolution of space to depth", "strided convolution of space to depth",
        "grouped convolution of space to depth", "space to depth for two", "depth to space of convolution", "depth to space of uneven convolution",
        "depth to space of wide convolution", "depth to space of convolution of any size", "pixel shuffle", "pixel unshuffle",
        "nearest up", "nearest down", "nearest 3", "nearest 1.5", "bilinear up", "bilinear down", "bilinear 3", "bilinear 1.5", "bilinear corners",
        "max pool", "max pool overlapping", "uneven max pool", "uneven average pool", "average pool", "average pool padded", "average pool not counting padding",
        "global average pool", "global max pool",
        "instance norm", "instance norm affine", "batch norm", "batch norm after convolution", "batch norm after transposed convolution", "layer norm", "layer norm over two axes",
        "layer norm of channels", "group norm", "group norm affine", "group norm of a sequence",
        "relu", "leaky relu", "prelu one", "prelu each", "gelu", "gelu tanh", "silu", "softplus", "mish", "sigmoid", "tanh", "hard sigmoid", "hard swish", "hard tanh",
        "clip", "dropout",
        "add", "subtract", "multiply", "divide", "maximum", "minimum", "scale", "add constant", "abs", "exp", "sqrt", "round", "gate", "residual", "broadcast",
        "matmul", "linear on two axes", "linear on three axes", "linear without bias", "softmax", "softmax of channels",
        "mean of channels", "mean of picture", "sum of channels", "sum of picture", "largest of channels", "smallest of picture",
        "concat", "split", "gather", "gather of height", "slice", "slice from the end", "slice of height", "slice with step", "transpose", "reshape", "reshape like", "constant",
        "cast", "channel attention", "self attention",
    ];

    public IReadOnlyList<T> Describe<T>(IOperations<T> o, IReadOnlyList<T> inputs) => [Apply(o, inputs[0])];

    T Apply<T>(IOperations<T> o, T x) => _name switch
    {
        "convolution" => o.Conv2d(x, W("conv.weight", 5, 8, 3, 3), W("conv.bias", 5), padding: 1),
        "convolution without bias" => o.Conv2d(x, W("conv.weight", 5, 8, 3, 3)),
        "convolution 1x1" => o.Conv2d(x, W("conv.weight", 5, 8, 1, 1), W("conv.bias", 5)),
        "convolution 5x3" => o.Conv2d(x, W("conv.weight", 5, 8, 5, 3), W("conv.bias", 5), padding: 2),
        "strided convolution" => o.Conv2d(x, W("conv.weight", 5, 8, 3, 3), W("conv.bias", 5), stride: 2, padding: 1),
        "dilated convolution" => o.Conv2d(x, W("conv.weight", 5, 8, 3, 3), W("conv.bias", 5), padding: 2, dilation: 2),
        "grouped convolution" => o.Conv2d(x, W("conv.weight", 6, 4, 3, 3), W("conv.bias", 6), padding: 1, groups: 2),
        "depthwise convolution" => o.Conv2d(x, W("conv.weight", 8, 1, 3, 3), W("conv.bias", 8), padding: 1, groups: 8),
        "reflected convolution" => o.Conv2d(x, W("conv.weight", 5, 8, 3, 3), W("conv.bias", 5), padding: 1, paddingMode: PaddingMode.Reflect),
        "replicated convolution" => o.Conv2d(x, W("conv.weight", 5, 8, 5, 5), W("conv.bias", 5), padding: 2, paddingMode: PaddingMode.Replicate),
        "reflected dilated grouped strided convolution" => o.Conv2d(x, W("conv.weight", 6, 4, 3, 3), W("conv.bias", 6), 2, 2, PaddingMode.Reflect, 2, 2),
        "strided convolution and back" => o.ConvTranspose2d(
            o.Conv2d(x, W("down.weight", 5, 8, 3, 3), stride: 2, padding: 1), W("up.weight", 5, 4, 3, 3), W("up.bias", 4), 2, 1, 1),
        "uneven convolution" => o.Conv2d(x, W("conv.weight", 6, 4, 2, 3), W("conv.bias", 6), (1, 2), new Sides(2, 1), dilation: (2, 1), groups: 2),
        "asymmetric convolution" => o.Conv2d(x, W("conv.weight", 5, 8, 4, 3), W("conv.bias", 5), (3, 1), new Border(1, 2, 0, 3)),
        "asymmetric reflected convolution" => o.Conv2d(x, W("conv.weight", 5, 8, 4, 3), W("conv.bias", 5), 1, new Border(1, 2, 0, 3), PaddingMode.Reflect),
        "asymmetric replicated convolution" => o.Conv2d(x, W("conv.weight", 5, 8, 2, 5), W("conv.bias", 5), 2, new Border(4, 0, 1, 2), PaddingMode.Replicate),
        "circular convolution" => o.Conv2d(x, W("conv.weight", 5, 8, 3, 5), W("conv.bias", 5), 1, new Sides(1, 2), PaddingMode.Circular),
        "uneven transposed convolution" => o.ConvTranspose2d(x, W("up.weight", 8, 5, 3, 4), W("up.bias", 5), (1, 3), new Sides(1, 0), (0, 2), (2, 1)),
        "asymmetric transposed convolution" => o.ConvTranspose2d(x, W("up.weight", 8, 3, 4, 4), W("up.bias", 6), 2, new Border(0, 2, 1, 3), groups: 2),
        "transposed convolution" => o.ConvTranspose2d(x, W("up.weight", 8, 5, 4, 4), W("up.bias", 5), stride: 2, padding: 1),
        "transposed convolution with output padding" => o.ConvTranspose2d(x, W("up.weight", 8, 5, 3, 3), W("up.bias", 5), 2, 1, 1),
        "grouped transposed convolution" => o.ConvTranspose2d(x, W("up.weight", 8, 3, 2, 2), W("up.bias", 6), stride: 2, groups: 2),
        "dilated transposed convolution" => o.ConvTranspose2d(x, W("up.weight", 8, 5, 3, 3), stride: 1, padding: 2, dilation: 2),
        "pad zeros" => o.Pad(x, 1, 2, 3, 4),
        "pad constant" => o.Pad(x, 4, 0, 0, 1, value: -0.7),
        "pad circular" => o.Pad(x, 1, 2, 3, 4, PaddingMode.Circular),
        "pad circular on two edges" => o.Pad(x, 0, 3, 2, 0, PaddingMode.Circular),
        "pad reflect" => o.Pad(x, 1, 2, 3, 4, PaddingMode.Reflect),
        "pad replicate" => o.Pad(x, 4, 3, 2, 1, PaddingMode.Replicate),
        "space to depth" => o.SpaceToDepth(x, 2),
        "depth to space" => o.DepthToSpace(x, 2),
        "depth to space of space to depth" => o.DepthToSpace(o.SpaceToDepth(x, 3), 3),
        "convolution of space to depth" => o.Conv2d(o.SpaceToDepth(x, 3), W("conv.weight", 5, 72, 3, 2), W("conv.bias", 5), padding: 1),
        "strided convolution of space to depth" => o.Conv2d(o.SpaceToDepth(x, 2), W("conv.weight", 5, 32, 2, 3), stride: (1, 2), padding: new Border(1, 1, 0, 0)),
        "grouped convolution of space to depth" => o.Conv2d(o.SpaceToDepth(x, 2), W("conv.weight", 4, 16, 3, 3), padding: 1, groups: 2),
        "space to depth for two" => Twice(o, o.SpaceToDepth(x, 2)),
        "depth to space of convolution" => o.DepthToSpace(o.Conv2d(x, W("conv.weight", 4, 8, 3, 3), W("conv.bias", 4), padding: 1), 2),
        "depth to space of uneven convolution" => o.DepthToSpace(o.Conv2d(o.MaxPool(x, 2), W("conv.weight", 4, 8, 5, 1), padding: new Border(0, 0, 2, 2)), 2),
        "depth to space of wide convolution" => o.DepthToSpace(o.Conv2d(x, W("conv.weight", 8, 8, 3, 3), W("conv.bias", 8), padding: 1), 2),
        "depth to space of convolution of any size" => o.DepthToSpace(o.Conv2d(x, W("conv.weight", 4, 8, 3, 3), W("conv.bias", 4), padding: 1), 2),
        "pixel shuffle" => o.PixelShuffle(x, 2),
        "pixel unshuffle" => o.PixelUnshuffle(x, 3),
        "nearest up" => o.ResizeNearest(x, 2),
        "nearest down" => o.ResizeNearest(x, 0.5),
        "nearest 3" => o.ResizeNearest(x, 3),
        "nearest 1.5" => o.ResizeNearest(x, 1.5),
        "bilinear up" => o.ResizeBilinear(x, 2),
        "bilinear down" => o.ResizeBilinear(x, 0.5),
        "bilinear 3" => o.ResizeBilinear(x, 3),
        "bilinear 1.5" => o.ResizeBilinear(x, 1.5),
        "bilinear corners" => o.ResizeBilinear(x, 2, alignCorners: true),
        "max pool" => o.MaxPool(x, 2),
        "max pool overlapping" => o.MaxPool(x, 3, 2, 1),
        "uneven max pool" => o.MaxPool(x, (2, 3), (1, 2), (0, 1)),
        "uneven average pool" => o.AveragePool(x, (3, 2), (2, 1), (1, 0)),
        "average pool" => o.AveragePool(x, 2),
        "average pool padded" => o.AveragePool(x, 3, 1, 1),
        "average pool not counting padding" => o.AveragePool(x, 3, 2, 1, countPadding: false),
        "global average pool" => o.GlobalAveragePool(x),
        "global max pool" => o.GlobalMaxPool(x),
        "instance norm" => o.InstanceNorm(x),
        "instance norm affine" => o.InstanceNorm(x, W("norm.weight", 8), W("norm.bias", 8), 1e-3),
        "batch norm" => o.BatchNorm(x, Statistics("norm.running_mean", 8), Statistics("norm.running_var", 8), W("norm.weight", 8), W("norm.bias", 8)),
        "batch norm after convolution" => o.BatchNorm(o.Conv2d(x, W("conv.weight", 8, 4, 3, 3), groups: 2),
            Statistics("norm.running_mean", 8), Statistics("norm.running_var", 8), W("norm.weight", 8), W("norm.bias", 8)),
        "batch norm after transposed convolution" => o.BatchNorm(o.ConvTranspose2d(x, W("up.weight", 8, 3, 3, 2), W("up.bias", 6), 2, groups: 2),
            Statistics("norm.running_mean", 6), Statistics("norm.running_var", 6), W("norm.weight", 6), W("norm.bias", 6)),
        "layer norm" => o.LayerNorm(x, W("norm.weight", 8), W("norm.bias", 8)),
        "layer norm over two axes" => o.LayerNorm(x, W("norm.weight", 6, 8)),
        "layer norm of channels" => o.Transpose(o.LayerNorm(o.Transpose(x, [0, 2, 3, 1]), W("norm.weight", 8), W("norm.bias", 8), 1e-6), [0, 3, 1, 2]),
        "group norm" => o.GroupNorm(x, 4),
        "group norm affine" => o.GroupNorm(x, 2, W("norm.weight", 8), W("norm.bias", 8)),
        "group norm of a sequence" => o.GroupNorm(x, 2, W("norm.weight", 8), W("norm.bias", 8)),
        "relu" => o.Relu(Signed(o, x)),
        "leaky relu" => o.LeakyRelu(Signed(o, x), 0.2),
        "prelu one" => o.Prelu(Signed(o, x), W("act.weight", 1)),
        "prelu each" => o.Prelu(Signed(o, x), W("act.weight", 8)),
        "gelu" => o.Gelu(Signed(o, x)),
        "gelu tanh" => o.Gelu(Signed(o, x), tanh: true),
        "silu" => o.Silu(Signed(o, x)),
        "softplus" => o.Softplus(Signed(o, x)),
        "mish" => o.Mish(Signed(o, x)),
        "sigmoid" => o.Sigmoid(Signed(o, x)),
        "tanh" => o.Tanh(Signed(o, x)),
        "hard sigmoid" => o.HardSigmoid(Signed(o, x)),
        "hard swish" => o.HardSwish(Signed(o, x)),
        "hard tanh" => o.HardTanh(Signed(o, x)),
        "clip" => o.Clip(Signed(o, x), -0.5, 2.5),
        "dropout" => o.Dropout(x, 0.5, training),
        "add" => o.Add(x, Signed(o, x)),
        "subtract" => o.Subtract(x, Signed(o, x)),
        "multiply" => o.Multiply(x, Signed(o, x)),
        "divide" => o.Divide(Signed(o, x), o.AddConstant(x, 0.5)),
        "maximum" => o.Maximum(x, Signed(o, x)),
        "minimum" => o.Minimum(x, Signed(o, x)),
        "scale" => o.Scale(x, -1.7),
        "add constant" => o.AddConstant(x, 0.3),
        "abs" => o.Abs(Signed(o, x)),
        "exp" => o.Exp(x),
        "sqrt" => o.Sqrt(x),
        "round" => o.Round(Signed(o, x)),
        "gate" => Gate(o, o.Split(x, [4, 4])),
        "residual" => o.Add(x, o.Scale(o.Conv2d(x, W("conv.weight", 8, 8, 3, 3), padding: 1), 0.1)),
        "broadcast" => o.Multiply(x, o.Constant(W("gain", 8, 1, 1))),
        "matmul" => o.MatMul(x, o.Transpose(x, [0, 1, 3, 2])),
        "linear on two axes" => o.Linear(x, W("fc.weight", 5, 8), W("fc.bias", 5)),
        "linear on three axes" => o.Linear(x, W("fc.weight", 5, 8), W("fc.bias", 5)),
        "linear without bias" => o.Linear(x, W("fc.weight", 5, 8)),
        "softmax" => o.Softmax(x),
        "softmax of channels" => o.Softmax(x, 1),
        "mean of channels" => o.Mean(x, [1]),
        "mean of picture" => o.Mean(x, [-2, -1], keepAxes: false),
        "sum of channels" => o.Sum(x, [1], keepAxes: false),
        "sum of picture" => o.Scale(o.Sum(x, [2, 3]), 0.01),
        "largest of channels" => o.Max(x, [1], keepAxes: false),
        "smallest of picture" => o.Min(x, [-2, -1]),
        "gather" => o.Gather(x, [7, 0, 3, 3]),
        "gather of height" => o.Gather(x, [2, 1, 0], axis: -2),
        "concat" => o.Concat([x, Signed(o, x), x]),
        "split" => o.Concat([.. o.Split(x, [1, 5, 2]).Reverse()]),
        "slice" => o.Slice(x, 1, 2, 5),
        "slice from the end" => o.Slice(x, 1, -3),
        "slice of height" => o.Slice(o.Slice(x, 2, 1, -2), -1, 3),
        "slice with step" => o.Slice(x, 3, 1, null, 2),
        "transpose" => o.Transpose(x, [0, 2, 3, 1]),
        "reshape" => o.Reshape(x, [0, 2, 4, -1]),
        "reshape like" => o.ReshapeLike(o.Softmax(o.Reshape(x, [0, 0, -1])), x),
        "constant" => o.Add(x, o.Constant(W("map", 1, 8, 1, 1))),
        "cast" => o.Cast(o.Cast(o.Scale(x, 9), ScalarType.Int32), ScalarType.Float32),
        "channel attention" => o.Multiply(x, o.Sigmoid(o.Conv2d(o.GlobalAveragePool(x), W("attention.weight", 8, 8, 1, 1), W("attention.bias", 8)))),
        "self attention" => SelfAttention(o, x),
        _ => throw new ArgumentException($"There is no case '{_name}'."),
    };

    /// <summary>Spreads 0..1 over -4..4, where activations bend.</summary>
    static T Signed<T>(IOperations<T> o, T x) => o.AddConstant(o.Scale(x, 8), -4);

    static T Gate<T>(IOperations<T> o, IReadOnlyList<T> halves) => o.Multiply(halves[0], o.Sigmoid(halves[1]));

    T SelfAttention<T>(IOperations<T> o, T x)
    {
        var parts = o.Split(o.Conv2d(x, W("qkv.weight", 24, 8, 1, 1)), [8, 8, 8]);
        var query = o.Reshape(parts[0], [0, 2, 4, -1]); // [N, 2, 4, H·W]
        var key = o.Reshape(parts[1], [0, 2, 4, -1]);
        var value = o.Reshape(parts[2], [0, 2, 4, -1]);
        var attention = o.Softmax(o.Scale(o.MatMul(query, o.Transpose(key, [0, 1, 3, 2])), 0.1)); // [N, 2, 4, 4]
        return o.ReshapeLike(o.MatMul(attention, value), x);
    }

    T Twice<T>(IOperations<T> o, T x) => o.Add(o.Conv2d(x, W("conv.weight", 32, 32, 1, 1)), x);

    Tensor W(string name, params long[] shape)
    {
        if (!_weights.TryGetValue(name, out var weight))
        {
            weight = new Parameter(randn(shape, generator: _generator) * 0.3, requires_grad: true).DetachFromDisposeScope();
            register_parameter(name.Replace('.', '_'), (Parameter)weight);
            _weights.Add(name, weight);
        }
        return weight;
    }

    Tensor Statistics(string name, long channels)
    {
        if (!_weights.TryGetValue(name, out var statistics))
        {
            statistics = (rand([channels], generator: _generator) + 0.3).DetachFromDisposeScope();
            register_buffer(name.Replace('.', '_'), statistics);
            _weights.Add(name, statistics);
        }
        return statistics;
    }
}
