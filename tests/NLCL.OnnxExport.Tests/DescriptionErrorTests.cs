using static TorchSharp.torch;

namespace NLCL.OnnxExport.Tests;

public sealed class DescriptionErrorTests : IDisposable
{
    readonly GraphBuilder _graph = new([]);
    readonly OnnxOperations _ops;
    readonly OnnxValue _picture;
    readonly Tensor _weight = ones([5, 8, 3, 3]);
    readonly Tensor _vector = ones([7]);

    public DescriptionErrorTests()
    {
        _ops = new OnnxOperations(_graph, 17);
        _picture = _graph.Input("x", 1, InputShape.Parse("n,8,h,w", 2));
    }

    public void Dispose()
    {
        _weight.Dispose();
        _vector.Dispose();
    }

    [Fact]
    public void Weights_for_other_channels_are_refused()
    {
        Says("made for 16 channels, the value has 8", () => _ops.Conv2d(_picture, _weight, groups: 2));
        Says("made for 5 channels, the value has 8", () => _ops.ConvTranspose2d(_picture, _weight));
        Says("made for 7 channels, the value has 8", () => _ops.Prelu(_picture, _vector));
        Says("made for 7 channels, the value has 8", () => _ops.InstanceNorm(_picture, _vector));
        Says("8 channels do not divide into 3 groups", () => _ops.GroupNorm(_picture, 3));
        Says("8 channels cannot be spread over blocks of 3x3", () => _ops.DepthToSpace(_picture, 3));
    }

    [Fact]
    public void Shapes_that_do_not_meet_are_refused()
    {
        Says("axes of length 5 and 8 do not fit", () => _ops.Add(_ops.Conv2d(_picture, _weight, padding: 1), _picture));
        Says("add up to 7, the axis is 8 long", () => _ops.Split(_picture, [3, 4]));
        Says("does not reorder 4 axes", () => _ops.Transpose(_picture, [0, 1, 1, 2]));
        Says("(n, 8, h, w) does not fit into (0, 3, 0, 0)", () => _ops.Reshape(_picture, [0, 3, 0, 0]));
        Says("(n, 8, h, w) does not fit into (0, 4, 0, 0)", () => _ops.Reshape(_picture, [0, 4, 0, 0]));
        Says("is no shape", () => _ops.Reshape(_picture, [0, -1, -1]));
        Says("needs [N, C, H, W], got 2 axes", () => _ops.MaxPool(_ops.Mean(_picture, [2, 3], keepAxes: false), 2));
        Says("The value has 4 axes", () => _ops.Softmax(_ops.Slice(_picture, 4, 0)));
    }

    [Fact]
    public void Element_types_do_not_mix() =>
        Says("element types Int64 and Float do not mix", () => _ops.Add(_ops.Cast(_picture, ScalarType.Int64), _picture));

    [Fact]
    public void A_file_holds_no_training_mode()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => _ops.BatchNorm(_picture, _vector, _vector, training: true));

        Assert.Contains("running statistics", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_used_in_two_shapes_is_stored_under_two_names()
    {
        using var slope = ones([8]);
        var graph = new GraphBuilder([new("act.weight", slope)]);
        var ops = new OnnxOperations(graph, 17);
        var x = graph.Input("x", 1, InputShape.Parse("n,8,h,w", 1));

        ops.InstanceNorm(ops.Prelu(ops.Prelu(x, slope), slope), slope);

        Assert.Equal(["act.weight", "act.weight.as_8"], graph.Graph.Initializer.Select(tensor => tensor.Name).Take(2));
    }

    static void Says(string text, Func<object> describe)
    {
        var exception = Assert.ThrowsAny<ArgumentException>(describe);
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
    }
}
