using NLCL.OnnxExport;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// <c>x + norm(conv(relu(norm(conv(x)))))</c>, nothing after the sum; norm is instance normalisation without weights.
/// Keys: <c>model.0.conv</c>, <c>model.1.conv</c>.
/// </summary>
sealed class PaperBlock : nn.Module
{
    readonly ModuleList<PaperConvolution> model;

    public PaperBlock(int width) : base(nameof(PaperBlock))
    {
        model = nn.ModuleList(new PaperConvolution(width), new PaperConvolution(width));
        RegisterComponents();
    }

    public T Describe<T>(IOperations<T> ops, T x)
    {
        var inner = ops.Relu(ops.InstanceNorm(model[0].Describe(ops, x)));
        return ops.Add(x, ops.InstanceNorm(model[1].Describe(ops, inner)));
    }
}
