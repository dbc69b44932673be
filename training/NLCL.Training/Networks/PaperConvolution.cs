using NLCL.OnnxExport;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>One convolution under the key <c>conv</c>, as the published checkpoints nest it.</summary>
sealed class PaperConvolution : nn.Module
{
    readonly Conv2d conv;

    public PaperConvolution(int width) : base(nameof(PaperConvolution))
    {
        conv = ConvolutionDescription.Convolution3x3(width, width);
        RegisterComponents();
    }

    public T Describe<T>(IOperations<T> ops, T x) => conv.Describe(ops, x);
}
