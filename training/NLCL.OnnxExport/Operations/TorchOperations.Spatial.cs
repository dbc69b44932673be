using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NLCL.OnnxExport;

public sealed partial class TorchOperations
{
    /// <inheritdoc/>
    public Tensor Conv2d(Tensor input, Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0,
        PaddingMode paddingMode = PaddingMode.Zeros, int dilation = 1, int groups = 1)
    {
        if (padding > 0 && paddingMode != PaddingMode.Zeros)
        {
            input = Pad(input, padding, padding, padding, padding, paddingMode);
            padding = 0;
        }
        return functional.conv2d(input, weight, bias, [stride, stride], [padding, padding], [dilation, dilation], groups);
    }

    /// <inheritdoc/>
    public Tensor ConvTranspose2d(Tensor input, Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0,
        int outputPadding = 0, int dilation = 1, int groups = 1) =>
        functional.conv_transpose2d(input, weight, bias, [stride, stride], [padding, padding],
            [outputPadding, outputPadding], [dilation, dilation], groups);

    /// <inheritdoc/>
    public Tensor Pad(Tensor x, int left, int right, int top, int bottom, PaddingMode mode = PaddingMode.Zeros) =>
        functional.pad(x, [left, right, top, bottom], mode switch
        {
            PaddingMode.Zeros => PaddingModes.Constant,
            PaddingMode.Reflect => PaddingModes.Reflect,
            PaddingMode.Replicate => PaddingModes.Replicate,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a padding mode."),
        });

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
    public Tensor MaxPool(Tensor x, int kernel, int? stride = null, int padding = 0) =>
        functional.max_pool2d(x, [kernel, kernel], [stride ?? kernel, stride ?? kernel], [padding, padding]);

    /// <inheritdoc/>
    public Tensor AveragePool(Tensor x, int kernel, int? stride = null, int padding = 0, bool countPadding = true) =>
        functional.avg_pool2d(x, [kernel, kernel], [stride ?? kernel, stride ?? kernel], [padding, padding],
            count_include_pad: countPadding);

    /// <inheritdoc/>
    public Tensor GlobalAveragePool(Tensor x) => x.mean([2, 3], true);

    /// <inheritdoc/>
    public Tensor GlobalMaxPool(Tensor x) => x.amax([2, 3], true);
}
