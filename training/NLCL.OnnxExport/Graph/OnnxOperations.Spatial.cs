using NLCL.OnnxExport.Format;
using static TorchSharp.torch;

namespace NLCL.OnnxExport;

sealed partial class OnnxOperations
{
    public OnnxValue Conv2d(OnnxValue input, Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0,
        PaddingMode paddingMode = PaddingMode.Zeros, int dilation = 1, int groups = 1)
    {
        RequirePicture("Conv2d", input);
        RequireSameType("Conv2d", input, graph.Weight(weight));
        RequireFit("Conv2d", input, 1, weight.shape[1] * groups);
        if (padding > 0 && paddingMode != PaddingMode.Zeros)
        {
            input = Pad(input, padding, padding, padding, padding, paddingMode);
            padding = 0;
        }
        Dimension[] shape =
        [
            input.Shape[0],
            Dimension.Fixed(weight.shape[0]),
            Windows(input.Shape[2], weight.shape[2], stride, padding, dilation),
            Windows(input.Shape[3], weight.shape[3], stride, padding, dilation),
        ];
        return graph.Node("Conv", [input, graph.Weight(weight), .. Optional(bias)], input.ElementType, shape,
            graph.WeightName(weight),
            AttributeProto.Of("kernel_shape", weight.shape[2], weight.shape[3]),
            AttributeProto.Of("strides", stride, stride),
            AttributeProto.Of("pads", padding, padding, padding, padding),
            AttributeProto.Of("dilations", dilation, dilation),
            AttributeProto.Of("group", groups));
    }

    public OnnxValue ConvTranspose2d(OnnxValue input, Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0,
        int outputPadding = 0, int dilation = 1, int groups = 1)
    {
        RequirePicture("ConvTranspose2d", input);
        RequireSameType("ConvTranspose2d", input, graph.Weight(weight));
        RequireFit("ConvTranspose2d", input, 1, weight.shape[0]);
        Dimension Side(Dimension side, long kernel) =>
            (side + -1) * stride + (dilation * (kernel - 1) + outputPadding + 1 - 2 * padding);
        return graph.Node("ConvTranspose", [input, graph.Weight(weight), .. Optional(bias)], input.ElementType,
            [
                input.Shape[0],
                Dimension.Fixed(weight.shape[1] * groups),
                Side(input.Shape[2], weight.shape[2]),
                Side(input.Shape[3], weight.shape[3]),
            ],
            graph.WeightName(weight),
            AttributeProto.Of("kernel_shape", weight.shape[2], weight.shape[3]),
            AttributeProto.Of("strides", stride, stride),
            AttributeProto.Of("pads", padding, padding, padding, padding),
            AttributeProto.Of("output_padding", outputPadding, outputPadding),
            AttributeProto.Of("dilations", dilation, dilation),
            AttributeProto.Of("group", groups));
    }

    public OnnxValue Pad(OnnxValue x, int left, int right, int top, int bottom, PaddingMode mode = PaddingMode.Zeros)
    {
        RequirePicture("Pad", x);
        var text = mode switch
        {
            PaddingMode.Zeros => "constant",
            PaddingMode.Reflect => "reflect",
            PaddingMode.Replicate => "edge",
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a padding mode."),
        };
        return graph.Node("Pad", [x, graph.Integers(0, 0, top, left, 0, 0, bottom, right)], x.ElementType,
            [x.Shape[0], x.Shape[1], x.Shape[2] + (top + bottom), x.Shape[3] + (left + right)], null,
            AttributeProto.Of("mode", text));
    }

    public OnnxValue SpaceToDepth(OnnxValue x, int block)
    {
        RequirePicture("SpaceToDepth", x);
        return graph.Node("SpaceToDepth", [x], x.ElementType,
            [x.Shape[0], x.Shape[1] * (block * block), x.Shape[2].DividedBy(block), x.Shape[3].DividedBy(block)], null,
            AttributeProto.Of("blocksize", block));
    }

    public OnnxValue DepthToSpace(OnnxValue x, int block) => DepthToSpace("DepthToSpace", x, block, "DCR");

    public OnnxValue PixelShuffle(OnnxValue x, int factor) => DepthToSpace("PixelShuffle", x, factor, "CRD");

    public OnnxValue PixelUnshuffle(OnnxValue x, int factor)
    {
        RequirePicture("PixelUnshuffle", x);
        var channels = Channels("PixelUnshuffle", x);
        var blocks = factor * factor;
        var deep = SpaceToDepth(x, factor);
        var order = Enumerable.Range(0, (int)channels * blocks).Select(k => k % blocks * channels + k / blocks);
        return graph.Node("Gather", [deep, graph.Integers([.. order])], x.ElementType, deep.Shape, null, AttributeProto.Of("axis", 1));
    }

    public OnnxValue ResizeNearest(OnnxValue x, double scale) => Resize(x, scale,
        AttributeProto.Of("mode", "nearest"),
        AttributeProto.Of("coordinate_transformation_mode", "asymmetric"),
        AttributeProto.Of("nearest_mode", "floor"));

    public OnnxValue ResizeBilinear(OnnxValue x, double scale, bool alignCorners = false) => Resize(x, scale,
        AttributeProto.Of("mode", "linear"),
        AttributeProto.Of("coordinate_transformation_mode", alignCorners ? "align_corners" : "half_pixel"));

    public OnnxValue MaxPool(OnnxValue x, int kernel, int? stride = null, int padding = 0) =>
        Pool("MaxPool", x, kernel, stride ?? kernel, padding);

    public OnnxValue AveragePool(OnnxValue x, int kernel, int? stride = null, int padding = 0, bool countPadding = true) =>
        Pool("AveragePool", x, kernel, stride ?? kernel, padding, AttributeProto.Of("count_include_pad", countPadding ? 1 : 0));

    public OnnxValue GlobalAveragePool(OnnxValue x) => GlobalPool("GlobalAveragePool", x);

    public OnnxValue GlobalMaxPool(OnnxValue x) => GlobalPool("GlobalMaxPool", x);

    OnnxValue DepthToSpace(string operation, OnnxValue x, int block, string mode)
    {
        RequirePicture(operation, x);
        if (x.Shape[1].Length is { } channels && channels % (block * block) != 0)
        {
            throw new ArgumentException($"{operation}: {channels} channels cannot be spread over blocks of {block}x{block}.");
        }
        return graph.Node("DepthToSpace", [x], x.ElementType,
            [x.Shape[0], x.Shape[1].DividedBy(block * block), x.Shape[2] * block, x.Shape[3] * block], null,
            AttributeProto.Of("blocksize", block), AttributeProto.Of("mode", mode));
    }

    OnnxValue Resize(OnnxValue x, double scale, params AttributeProto[] attributes)
    {
        RequirePicture("Resize", x);
        Dimension Side(Dimension side) => double.IsInteger(scale) ? side * (long)scale
            : double.IsInteger(1 / scale) ? side.DividedBy((long)(1 / scale))
            : Dimension.Unknown;
        return graph.Node("Resize", [x, null, graph.Numbers(ElementType.Single, 1, 1, scale, scale)], x.ElementType,
            [x.Shape[0], x.Shape[1], Side(x.Shape[2]), Side(x.Shape[3])], null, attributes);
    }

    OnnxValue Pool(string operation, OnnxValue x, int kernel, int stride, int padding, params AttributeProto[] more)
    {
        RequirePicture(operation, x);
        return graph.Node(operation, [x], x.ElementType,
            [
                x.Shape[0],
                x.Shape[1],
                Windows(x.Shape[2], kernel, stride, padding, 1),
                Windows(x.Shape[3], kernel, stride, padding, 1),
            ],
            null,
            [
                AttributeProto.Of("kernel_shape", kernel, kernel),
                AttributeProto.Of("strides", stride, stride),
                AttributeProto.Of("pads", padding, padding, padding, padding),
                .. more,
            ]);
    }

    OnnxValue GlobalPool(string operation, OnnxValue x)
    {
        RequirePicture(operation, x);
        return graph.Node(operation, [x], x.ElementType, [x.Shape[0], x.Shape[1], Dimension.Fixed(1), Dimension.Fixed(1)]);
    }

    /// <summary>How many windows fit on a side.</summary>
    static Dimension Windows(Dimension side, long kernel, int stride, int padding, int dilation) =>
        (side + (2 * padding - dilation * (kernel - 1) - 1)).DividedBy(stride) + 1;
}
