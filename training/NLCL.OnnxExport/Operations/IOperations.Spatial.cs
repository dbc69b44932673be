using static TorchSharp.torch;

namespace NLCL.OnnxExport;

public partial interface IOperations<T>
{
    /// <summary>
    /// Convolution: <c>[N, C, H, W]</c> with weight <c>[O, C/groups, kh, kw]</c> and bias <c>[O]</c> to <c>[N, O, H', W']</c>.
    /// ONNX: Conv; Pad before it where the padding is not of zeros.
    /// </summary>
    /// <param name="input"><c>[N, C, H, W]</c>.</param>
    /// <param name="weight"><c>[O, C/groups, kh, kw]</c>.</param>
    /// <param name="bias"><c>[O]</c>.</param>
    /// <param name="stride">1 when null.</param>
    /// <param name="padding">On each edge; 0 when null.</param>
    /// <param name="paddingMode">What stands there.</param>
    /// <param name="dilation">1 when null.</param>
    /// <param name="groups">Parts of the channels that do not see each other.</param>
    T Conv2d(T input, Tensor weight, Tensor? bias = null, Sides? stride = null, Border? padding = null,
        PaddingMode paddingMode = PaddingMode.Zeros, Sides? dilation = null, int groups = 1);

    /// <summary>
    /// Transposed convolution: weight <c>[C, O/groups, kh, kw]</c>, output side
    /// <c>(H-1)*stride - 2*padding + dilation*(kh-1) + outputPadding + 1</c>. ONNX: ConvTranspose.
    /// </summary>
    /// <remarks>A padding that differs between opposite edges cuts off as much at each.</remarks>
    T ConvTranspose2d(T input, Tensor weight, Tensor? bias = null, Sides? stride = null, Border? padding = null,
        Sides? outputPadding = null, Sides? dilation = null, int groups = 1);

    /// <summary>
    /// Adds that many pixels to each edge; <paramref name="value"/> is what <see cref="PaddingMode.Zeros"/> fills with.
    /// ONNX: Pad; Slice and Concat for <see cref="PaddingMode.Circular"/>.
    /// </summary>
    T Pad(T x, int left, int right, int top, int bottom, PaddingMode mode = PaddingMode.Zeros, double value = 0);

    /// <summary>
    /// <c>[N, C, H, W]</c> to <c>[N, block²·C, H/block, W/block]</c>, channel <c>(dy·block + dx)·C + c</c>; the inverse of
    /// <see cref="DepthToSpace"/>. ONNX: SpaceToDepth, one node.
    /// </summary>
    T SpaceToDepth(T x, int block);

    /// <summary>
    /// <c>[N, block²·C, H, W]</c> to <c>[N, C, H·block, W·block]</c> from channel <c>(dy·block + dx)·C + c</c>.
    /// ONNX: DepthToSpace in mode DCR, one node.
    /// </summary>
    T DepthToSpace(T x, int block);

    /// <summary>As <see cref="DepthToSpace"/> with PyTorch's channel order <c>c·factor² + dy·factor + dx</c>. ONNX: DepthToSpace in mode CRD.</summary>
    T PixelShuffle(T x, int factor);

    /// <summary>The inverse of <see cref="PixelShuffle"/>. ONNX: SpaceToDepth and a Gather that reorders the channels.</summary>
    T PixelUnshuffle(T x, int factor);

    /// <summary>Each output pixel takes input pixel <c>floor(position / scale)</c>. ONNX: Resize, asymmetric, floor.</summary>
    T ResizeNearest(T x, double scale);

    /// <summary>
    /// Linear in both directions; pixel centres correspond (<c>align_corners: false</c>), or else the corner pixels do.
    /// ONNX: Resize, half_pixel or align_corners.
    /// </summary>
    T ResizeBilinear(T x, double scale, bool alignCorners = false);

    /// <summary>Maximum over windows; <paramref name="stride"/> is the kernel when null. ONNX: MaxPool.</summary>
    T MaxPool(T x, Sides kernel, Sides? stride = null, Sides? padding = null);

    /// <summary>
    /// Mean over windows; zeros of the padding count as pixels unless <paramref name="countPadding"/> is false.
    /// ONNX: AveragePool.
    /// </summary>
    T AveragePool(T x, Sides kernel, Sides? stride = null, Sides? padding = null, bool countPadding = true);

    /// <summary>Mean of each channel: <c>[N, C, 1, 1]</c>. ONNX: GlobalAveragePool.</summary>
    T GlobalAveragePool(T x);

    /// <summary>Maximum of each channel: <c>[N, C, 1, 1]</c>. ONNX: GlobalMaxPool.</summary>
    T GlobalMaxPool(T x);
}
