using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NLCL.OnnxExport.Tests;

// README: network
sealed class Denoiser : Module<Tensor, Tensor>, INetworkDescription
{
    readonly Conv2d head = Conv2d(3, 32, 3, padding: 1), tail = Conv2d(32, 3, 3, padding: 1);

    public Denoiser() : base("denoiser") => RegisterComponents();

    public override Tensor forward(Tensor x) => Describe(TorchOperations.Instance, [x])[0];

    public IReadOnlyList<T> Describe<T>(IOperations<T> ops, IReadOnlyList<T> inputs)
    {
        var features = ops.Gelu(ops.Conv2d(inputs[0], head));
        return [ops.Subtract(inputs[0], ops.Conv2d(features, tail))];
    }
}
// README: end
