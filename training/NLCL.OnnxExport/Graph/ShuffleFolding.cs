using NLCL.OnnxExport.Format;

namespace NLCL.OnnxExport;

/// <summary>
/// Makes one convolution of a convolution and the shuffle beside it; the same sums, in another order. With SpaceToDepth of blocks of b before it, a kernel of k with
/// stride s is one of b·k with stride b·s over the pixels themselves. Before DepthToSpace, a kernel of k with few outputs is one of k + 1 with stride 2 that gives
/// the outputs of 2x2 places at once, for blocks twice as large.
/// </summary>
/// <remarks>
/// ONNX Runtime counts a processor's channels by 16. A last layer of 4 outputs therefore costs as much as one of 16: (k + 1)² multiply-adds in place of 4·k² for each
/// four places. And shuffles are passes over a whole map that it does on one thread.
/// </remarks>
static class ShuffleFolding
{
    /// <summary>As many channels as processors compute at once.</summary>
    const int Lanes = 16;

    /// <param name="builder">Its graph is changed; its shapes tell whether sizes are even.</param>
    /// <param name="ofPixels">Whether also in front of a convolution: a kernel over few channels is nothing for kernels on bytes.</param>
    public static void Fold(GraphBuilder builder, bool ofPixels)
    {
        var graph = builder.Graph;
        var uses = graph.CountUses();
        var tensors = graph.NamedInitializers();

        bool Foldable(NodeProto node) => node.OpType == "Conv" && tensors.TryGetValue(node.Input[1], out var weight)
            && weight.DataType == ElementType.Single && weight.Dims.Count == 4 && node.Input.Skip(1).All(name => uses[name] == 1)
            && node.AttributeNamed("group").I == 1 && node.AttributeNamed("dilations").Ints.All(dilation => dilation == 1);

        foreach (var conv in graph.Node.Where(Foldable).ToList())
        {
            if (ofPixels && graph.Node.FirstOrDefault(node => node.Output[0] == conv.Input[0]) is { OpType: "SpaceToDepth" } deep && uses[conv.Input[0]] == 1)
            {
                OverPixels(conv, tensors[conv.Input[1]], (int)deep.AttributeNamed("blocksize").I);
                conv.Input[0] = deep.Input[0];
            }

            if (graph.Node.FirstOrDefault(node => node.Input.Contains(conv.Output[0])) is { OpType: "DepthToSpace" } shallow && uses[conv.Output[0]] == 1
                && shallow.AttributeNamed("mode").S.ToStringUtf8() == "DCR" && 4 * tensors[conv.Input[1]].Dims[0] <= Lanes && TakesTwoByTwo(conv, builder.ShapeOf(conv.Input[0])))
            {
                var block = (int)shallow.AttributeNamed("blocksize").I;
                TwoByTwo(conv, [.. conv.Input.Skip(1).Select(name => tensors[name])], block);
                shallow.AttributeNamed("blocksize").I = 2 * block;
            }
        }
    }

    static bool TakesTwoByTwo(NodeProto conv, IReadOnlyList<Dimension> input) =>
        conv.AttributeNamed("strides").Ints.All(stride => stride == 1)
        && conv.AttributeNamed("pads").Ints.Zip([.. conv.AttributeNamed("kernel_shape").Ints, .. conv.AttributeNamed("kernel_shape").Ints]).All(side => 2 * side.First == side.Second - 1)
        && input[2].IsMultipleOf(2) && input[3].IsMultipleOf(2);

    /// <summary><c>[O, (dy·b + dx)·C + c, y, x]</c> to <c>[O, c, y·b + dy, x·b + dx]</c>.</summary>
    static void OverPixels(NodeProto conv, TensorProto weight, int block)
    {
        var (outputs, channels, height, width) = Sides(weight);
        var pixels = channels / (block * block);
        var from = weight.Floats;
        var to = new float[from.Length];
        for (var i = 0; i < from.Length; i++)
        {
            var (x, y, deep, output) = (i % width, i / width % height, i / (width * height) % channels, i / (width * height * channels));
            var (c, dx, dy) = (deep % pixels, deep / pixels % block, deep / pixels / block);
            to[((((output * pixels) + c) * height * block + (y * block) + dy) * width * block) + (x * block) + dx] = from[i];
        }
        Set(weight, to, outputs, pixels, height * block, width * block);
        foreach (var name in new[] { "kernel_shape", "strides", "pads" })
        {
            Scale(conv.AttributeNamed(name), block);
        }
    }

    /// <summary>
    /// <c>[(dy·b + dx)·C + c, I, y, x]</c> to <c>[((qy·b + dy)·2b + qx·b + dx)·C + c, I, y + qy, x + qx]</c> with (qy, qx) the place among the four; biases alike.
    /// </summary>
    static void TwoByTwo(NodeProto conv, IReadOnlyList<TensorProto> weightAndBias, int block)
    {
        var weight = weightAndBias[0];
        var (outputs, inputs, height, width) = Sides(weight);
        var channels = outputs / (block * block);
        var from = weight.Floats;
        var biases = weightAndBias.Count > 1 ? weightAndBias[1].Floats : default;
        var to = new float[4 * outputs * inputs * (height + 1) * (width + 1)];
        var manyBiases = new float[4 * outputs];
        for (var place = 0; place < 4; place++)
        {
            var (qy, qx) = (place / 2, place % 2);
            for (var output = 0; output < outputs; output++)
            {
                var (c, dx, dy) = (output % channels, output / channels % block, output / channels / block);
                var many = (((((qy * block) + dy) * 2 * block) + (qx * block) + dx) * channels) + c;
                manyBiases[many] = biases.IsEmpty ? 0 : biases[output];
                for (var row = 0; row < inputs * height; row++)
                {
                    var (input, y) = (row / height, row % height);
                    from.Slice(((output * inputs * height) + row) * width, width)
                        .CopyTo(to.AsSpan(((((many * inputs) + input) * (height + 1)) + y + qy) * (width + 1) + qx));
                }
            }
        }
        Set(weight, to, 4 * outputs, inputs, height + 1, width + 1);
        if (weightAndBias.Count > 1)
        {
            Set(weightAndBias[1], manyBiases, manyBiases.Length);
        }
        Scale(conv.AttributeNamed("strides"), 2);
        var kernel = conv.AttributeNamed("kernel_shape").Ints;
        (kernel[0], kernel[1]) = (height + 1, width + 1);
    }

    static (int, int, int, int) Sides(TensorProto weight) => ((int)weight.Dims[0], (int)weight.Dims[1], (int)weight.Dims[2], (int)weight.Dims[3]);

    static void Scale(AttributeProto attribute, int factor)
    {
        for (var i = 0; i < attribute.Ints.Count; i++)
        {
            attribute.Ints[i] *= factor;
        }
    }

    static void Set(TensorProto tensor, float[] values, params long[] shape)
    {
        tensor.RawData = TensorProto.Data(values);
        tensor.Dims.Clear();
        tensor.Dims.Add(shape);
    }
}
