using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NLCL.OnnxExport;

public sealed partial class TorchOperations
{
    /// <inheritdoc/>
    public Tensor Conv2d(Tensor input, Tensor weight, Tensor? bias = null, Sides? stride = null, Border? padding = null,
        PaddingMode paddingMode = PaddingMode.Zeros, Sides? dilation = null, int groups = 1)
    {
        var border = padding ?? 0;
        if (!border.IsNone && (paddingMode != PaddingMode.Zeros || !border.IsEven))
        {
            input = Pad(input, border.Left, border.Right, border.Top, border.Bottom, paddingMode);
            border = 0;
        }
        return functional.conv2d(input, weight, bias, Longs(stride ?? 1), [border.Top, border.Left], Longs(dilation ?? 1), groups);
    }

    /// <inheritdoc/>
    public Tensor ConvTranspose2d(Tensor input, Tensor weight, Tensor? bias = null, Sides? stride = null, Border? padding = null,
        Sides? outputPadding = null, Sides? dilation = null, int groups = 1)
    {
        var border = padding ?? 0;
        var even = border.IsEven ? border : 0;
        var x = functional.conv_transpose2d(input, weight, bias, Longs(stride ?? 1), [even.Top, even.Left],
            Longs(outputPadding ?? 0), Longs(dilation ?? 1), groups);
        return border.IsEven ? x
            : x.narrow(2, border.Top, x.shape[2] - border.Down).narrow(3, border.Left, x.shape[3] - border.Across);
    }

    /// <inheritdoc/>
    public Tensor Pad(Tensor x, int left, int right, int top, int bottom, PaddingMode mode = PaddingMode.Zeros, double value = 0) =>
        functional.pad(x, [left, right, top, bottom], mode switch
        {
            PaddingMode.Zeros => PaddingModes.Constant,
            PaddingMode.Reflect => PaddingModes.Reflect,
            PaddingMode.Replicate => PaddingModes.Replicate,
            PaddingMode.Circular => PaddingModes.Circular,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a padding mode."),
        }, mode == PaddingMode.Zeros ? value : 0);

    /// <inheritdoc/>
    public Tensor SpaceToDepth(Tensor x, int block)
    {
        var (n, c, h, w) = (x.shape[0], x.shape[1], x.shape[2] / block, x.shape[3] / block);
        return x.reshape(n, c, h, block, w, block).permute(0, 3, 5, 1, 2, 4).reshape(n, c * block * block, h, w);
    }

    /// <inheritdoc/>
    public Tensor DepthToSpace(Tensor x, int block)
    {
        var (n, c, h, w) = (x.shape[0], x.shape[1] / (block * block), x.shape[2], x.shape[3]);
        return x.reshape(n, block, block, c, h, w).permute(0, 3, 4, 1, 5, 2).reshape(n, c, h * block, w * block);
    }

    /// <inheritdoc/>
    public Tensor PixelShuffle(Tensor x, int factor) => functional.pixel_shuffle(x, factor);

    /// <inheritdoc/>
    public Tensor PixelUnshuffle(Tensor x, int factor) => functional.pixel_unshuffle(x, factor);

    /// <inheritdoc/>
    public Tensor ResizeNearest(Tensor x, double scale) =>
        functional.interpolate(x, scale_factor: [scale, scale], mode: InterpolationMode.Nearest);

    /// <inheritdoc/>
    public Tensor ResizeBilinear(Tensor x, double scale, bool alignCorners = false) =>
        functional.interpolate(x, scale_factor: [scale, scale], mode: InterpolationMode.Bilinear, align_corners: alignCorners);

    /// <inheritdoc/>
    public Tensor MaxPool(Tensor x, Sides kernel, Sides? stride = null, Sides? padding = null) =>
        functional.max_pool2d(x, Longs(kernel), Longs(stride ?? kernel), Longs(padding ?? 0));

    /// <inheritdoc/>
    public Tensor AveragePool(Tensor x, Sides kernel, Sides? stride = null, Sides? padding = null, bool countPadding = true) =>
        functional.avg_pool2d(x, Longs(kernel), Longs(stride ?? kernel), Longs(padding ?? 0), count_include_pad: countPadding);

    /// <inheritdoc/>
    public Tensor GlobalAveragePool(Tensor x) => x.mean([2, 3], true);

    /// <inheritdoc/>
    public Tensor GlobalMaxPool(Tensor x) => x.amax([2, 3], true);

    static long[] Longs(Sides sides) => [sides.Height, sides.Width];
}
