using NLCL.OnnxExport.Format;
using static TorchSharp.torch;

namespace NLCL.OnnxExport;

sealed partial class OnnxOperations
{
    public OnnxValue Conv2d(OnnxValue input, Tensor weight, Tensor? bias = null, Sides? stride = null, Border? padding = null,
        PaddingMode paddingMode = PaddingMode.Zeros, Sides? dilation = null, int groups = 1)
    {
        RequirePicture("Conv2d", input);
        RequireSameType("Conv2d", input, graph.Weight(weight));
        RequireFit("Conv2d", input, 1, weight.shape[1] * groups);
        var (strides, dilations, border) = (stride ?? 1, dilation ?? 1, padding ?? 0);
        if (!border.IsNone && paddingMode != PaddingMode.Zeros)
        {
            input = Pad(input, border.Left, border.Right, border.Top, border.Bottom, paddingMode);
            border = 0;
        }
        Dimension[] shape =
        [
            input.Shape[0],
            Dimension.Fixed(weight.shape[0]),
            Windows(input.Shape[2], weight.shape[2], strides.Height, border.Down, dilations.Height),
            Windows(input.Shape[3], weight.shape[3], strides.Width, border.Across, dilations.Width),
        ];
        return graph.Node("Conv", [input, graph.Weight(weight), .. Optional(bias)], input.ElementType, shape,
            graph.WeightName(weight),
            AttributeProto.Of("kernel_shape", weight.shape[2], weight.shape[3]),
            AttributeProto.Of("strides", strides.ToArray()),
            AttributeProto.Of("pads", border.ToArray()),
            AttributeProto.Of("dilations", dilations.ToArray()),
            AttributeProto.Of("group", groups));
    }

    public OnnxValue ConvTranspose2d(OnnxValue input, Tensor weight, Tensor? bias = null, Sides? stride = null, Border? padding = null,
        Sides? outputPadding = null, Sides? dilation = null, int groups = 1)
    {
        RequirePicture("ConvTranspose2d", input);
        RequireSameType("ConvTranspose2d", input, graph.Weight(weight));
        RequireFit("ConvTranspose2d", input, 1, weight.shape[0]);
        var (strides, dilations, border, more) = (stride ?? 1, dilation ?? 1, padding ?? 0, outputPadding ?? 0);
        static Dimension Side(Dimension side, long kernel, int stride, int dilation, int more, int cut) =>
            (side + -1) * stride + (dilation * (kernel - 1) + more + 1 - cut);
        return graph.Node("ConvTranspose", [input, graph.Weight(weight), .. Optional(bias)], input.ElementType,
            [
                input.Shape[0],
                Dimension.Fixed(weight.shape[1] * groups),
                Side(input.Shape[2], weight.shape[2], strides.Height, dilations.Height, more.Height, border.Down),
                Side(input.Shape[3], weight.shape[3], strides.Width, dilations.Width, more.Width, border.Across),
            ],
            graph.WeightName(weight),
            AttributeProto.Of("kernel_shape", weight.shape[2], weight.shape[3]),
            AttributeProto.Of("strides", strides.ToArray()),
            AttributeProto.Of("pads", border.ToArray()),
            AttributeProto.Of("output_padding", more.ToArray()),
            AttributeProto.Of("dilations", dilations.ToArray()),
            AttributeProto.Of("group", groups));
    }

    public OnnxValue Pad(OnnxValue x, int left, int right, int top, int bottom, PaddingMode mode = PaddingMode.Zeros, double value = 0)
    {
        RequirePicture("Pad", x);
        if (mode == PaddingMode.Circular)
        {
            return Around(Around(x, 2, top, bottom), 3, left, right);
        }
        var text = mode switch
        {
            PaddingMode.Zeros => "constant",
            PaddingMode.Reflect => "reflect",
            PaddingMode.Replicate => "edge",
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a padding mode."),
        };
        OnnxValue[] fill = mode == PaddingMode.Zeros && value != 0 ? [graph.Scalar(value, x.ElementType)] : [];
        return graph.Node("Pad", [x, graph.Integers(0, 0, top, left, 0, 0, bottom, right), .. fill], x.ElementType,
            [x.Shape[0], x.Shape[1], x.Shape[2] + (top + bottom), x.Shape[3] + (left + right)], null,
            AttributeProto.Of("mode", text));
    }

    /// <summary>The end before the beginning, the beginning behind the end: Pad has a mode for it only from operator set 19 on.</summary>
    OnnxValue Around(OnnxValue x, int axis, int before, int after)
    {
        List<OnnxValue> parts = [x];
        if (before > 0)
        {
            parts.Insert(0, Slice(x, axis, -before));
        }
        if (after > 0)
        {
            parts.Add(Slice(x, axis, 0, after));
        }
        return parts.Count == 1 ? x : Concat(parts, axis);
    }

    public OnnxValue SpaceToDepth(OnnxValue x, int block)
    {
        RequirePicture("SpaceToDepth", x);
        if (portable)
        {
            return ToDepth(x, block, (c, dy, dx, channels) => (dy * block + dx) * channels + c);
        }
        return graph.Node("SpaceToDepth", [x], x.ElementType,
            [x.Shape[0], x.Shape[1] * (block * block), x.Shape[2].DividedBy(block), x.Shape[3].DividedBy(block)], null,
            AttributeProto.Of("blocksize", block));
    }

    public OnnxValue DepthToSpace(OnnxValue x, int block) => portable
        ? ToSpace("DepthToSpace", x, block, (c, dy, dx, channels) => (dy * block + dx) * channels + c)
        : DepthToSpace("DepthToSpace", x, block, "DCR");

    public OnnxValue PixelShuffle(OnnxValue x, int factor) => portable
        ? ToSpace("PixelShuffle", x, factor, (c, dy, dx, _) => (c * factor + dy) * factor + dx)
        : DepthToSpace("PixelShuffle", x, factor, "CRD");

    public OnnxValue PixelUnshuffle(OnnxValue x, int factor)
    {
        RequirePicture("PixelUnshuffle", x);
        if (portable)
        {
            return ToDepth(x, factor, (c, dy, dx, _) => (c * factor + dy) * factor + dx);
        }
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

    public OnnxValue MaxPool(OnnxValue x, Sides kernel, Sides? stride = null, Sides? padding = null) =>
        Pool("MaxPool", x, kernel, stride ?? kernel, padding ?? 0);

    public OnnxValue AveragePool(OnnxValue x, Sides kernel, Sides? stride = null, Sides? padding = null, bool countPadding = true) =>
        Pool("AveragePool", x, kernel, stride ?? kernel, padding ?? 0, AttributeProto.Of("count_include_pad", countPadding ? 1 : 0));

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

    OnnxValue Pool(string operation, OnnxValue x, Sides kernel, Sides stride, Border padding, params AttributeProto[] more)
    {
        RequirePicture(operation, x);
        return graph.Node(operation, [x], x.ElementType,
            [
                x.Shape[0],
                x.Shape[1],
                Windows(x.Shape[2], kernel.Height, stride.Height, padding.Down, 1),
                Windows(x.Shape[3], kernel.Width, stride.Width, padding.Across, 1),
            ],
            null,
            [
                AttributeProto.Of("kernel_shape", kernel.ToArray()),
                AttributeProto.Of("strides", stride.ToArray()),
                AttributeProto.Of("pads", padding.ToArray()),
                .. more,
            ]);
    }

    OnnxValue GlobalPool(string operation, OnnxValue x)
    {
        RequirePicture(operation, x);
        return graph.Node(operation, [x], x.ElementType, [x.Shape[0], x.Shape[1], Dimension.Fixed(1), Dimension.Fixed(1)]);
    }

    /// <summary>How many windows fit on a side; padding of both ends together.</summary>
    static Dimension Windows(Dimension side, long kernel, int stride, int padding, int dilation) =>
        (side + (padding - dilation * (kernel - 1) - 1)).DividedBy(stride) + 1;
}
