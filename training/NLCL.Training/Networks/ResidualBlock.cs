using NLCL.OnnxExport;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>Adds to a map what two convolutions make of it, see <see cref="BlockForm"/>; no normalisation, nothing after the sum.</summary>
sealed class ResidualBlock : nn.Module
{
    /// <summary>Side of the kernel of <see cref="BlockForm.LargeKernel"/>.</summary>
    internal const int LargeSide = 7;

    readonly BlockForm form;
    readonly int dilation;
    readonly Conv2d first;
    readonly Conv2d second;
    readonly Conv2d? large;
    readonly Conv2d? firstPoint;
    readonly Conv2d? secondPoint;

    /// <param name="width">Channels.</param>
    /// <param name="form">What it is made of.</param>
    /// <param name="dilation">From tap to tap, in pixels, of a plain block.</param>
    public ResidualBlock(int width, BlockForm form = BlockForm.Plain, int dilation = 1) : base(nameof(ResidualBlock))
    {
        (this.form, this.dilation) = (form, dilation);
        switch (form)
        {
            case BlockForm.Gated:
                first = ConvolutionDescription.Convolution3x3(width, width);
                second = ConvolutionDescription.Convolution3x3(width / 2, width);
                break;
            case BlockForm.LargeKernel:
                large = nn.Conv2d(width, width, kernel_size: LargeSide, padding: LargeSide / 2, groups: width);
                first = ConvolutionDescription.Convolution1x1(width, 2 * width);
                second = ConvolutionDescription.Convolution1x1(2 * width, width);
                break;
            default:
                first = ConvolutionDescription.Convolution3x3(width, width);
                second = ConvolutionDescription.Convolution3x3(width, width);
                break;
        }

        if (form == BlockForm.Merged)
        {
            firstPoint = ConvolutionDescription.Convolution1x1(width, width);
            secondPoint = ConvolutionDescription.Convolution1x1(width, width);
        }

        RegisterComponents();
    }

    public T Describe<T>(IOperations<T> ops, T x) => ops.Add(x, form switch
    {
        BlockForm.Gated => second.Describe(ops, Gate(ops, first.Describe(ops, x))),
        BlockForm.LargeKernel => second.Describe(
            ops, ops.Relu(first.Describe(ops, ops.Conv2d(x, large!.weight!, large.bias, padding: LargeSide / 2, groups: (int)large.weight!.shape[0]), padding: 0)), padding: 0),
        BlockForm.Merged => Merged(ops, second, secondPoint!, ops.Relu(Merged(ops, first, firstPoint!, x))),
        _ => second.Describe(ops, ops.Relu(first.Describe(ops, x, padding: dilation, dilation: dilation)), padding: dilation, dilation: dilation),
    });

    T Gate<T>(IOperations<T> ops, T x)
    {
        var half = (int)second.weight!.shape[1];
        var halves = ops.Split(x, [half, half]);
        return ops.Multiply(halves[0], halves[1]);
    }

    // A 1x1 kernel is the middle of a 3x3 one.
    static T Merged<T>(IOperations<T> ops, Conv2d convolution, Conv2d point, T x) => ops.Conv2d(
        x, convolution.weight! + nn.functional.pad(point.weight!, [1, 1, 1, 1]), convolution.bias! + point.bias!, padding: 1);
}
