using NLCL.OnnxExport;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary><c>conv(relu(norm(conv(x))))</c> without a sum. Keys: <c>conv.0</c>, <c>conv.3</c>.</summary>
sealed class PaperTail : nn.Module
{
    readonly NumberedModules conv;

    public PaperTail(int width) : base(nameof(PaperTail))
    {
        conv = new NumberedModules([
            (0, ConvolutionDescription.Convolution3x3(width, width)),
            (3, ConvolutionDescription.Convolution3x3(width, width))]);
        RegisterComponents();
    }

    public T Describe<T>(IOperations<T> ops, T x)
    {
        var inner = ops.Relu(ops.InstanceNorm(((Conv2d)conv[0]).Describe(ops, x)));
        return ((Conv2d)conv[3]).Describe(ops, inner);
    }
}
