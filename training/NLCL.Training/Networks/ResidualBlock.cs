using NLCL.OnnxExport;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary><c>x + conv(relu(conv(x)))</c>, 3x3, no normalisation, nothing after the sum.</summary>
sealed class ResidualBlock : nn.Module
{
    readonly Conv2d first;
    readonly Conv2d second;

    public ResidualBlock(int width) : base(nameof(ResidualBlock))
    {
        first = ConvolutionDescription.Convolution3x3(width, width);
        second = ConvolutionDescription.Convolution3x3(width, width);
        RegisterComponents();
    }

    public T Describe<T>(IOperations<T> ops, T x) =>
        ops.Add(x, second.Describe(ops, ops.Relu(first.Describe(ops, x))));
}
