using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NLCL.OnnxExport.Tests;

/// <summary>Most of what a real network has: folded space, modules with names, statistics to fold, a residual, a shared weight.</summary>
sealed class SmallNetwork : Module<Tensor, Tensor>, INetworkDescription
{
    readonly Conv2d head = Conv2d(12, 8, 3);
    readonly Conv2d body = Conv2d(8, 8, 3, bias: false);
    readonly BatchNorm2d norm = BatchNorm2d(12);
    readonly Conv2d tail = Conv2d(8, 12, 3);

    public SmallNetwork(int seed = 1) : base("small")
    {
        RegisterComponents();
        using var scope = NewDisposeScope();
        using var gradient = no_grad();
        var generator = new Generator((ulong)seed);
        foreach (var (name, tensor) in state_dict().Where(entry => entry.Value.is_floating_point()))
        {
            tensor.copy_(name == "norm.running_var" ? rand(tensor.shape, generator: generator) + 0.5
                : (rand(tensor.shape, generator: generator) - 0.5) * 0.4);
        }
    }

    public BatchNorm2d Norm => norm;

    public override Tensor forward(Tensor x) => Describe(TorchOperations.Instance, [x])[0];

    public IReadOnlyList<T> Describe<T>(IOperations<T> ops, IReadOnlyList<T> inputs)
    {
        var x = ops.Relu(ops.Conv2d(ops.SpaceToDepth(inputs[0], 2), head.weight, head.bias, padding: 1, paddingMode: PaddingMode.Reflect));
        for (var i = 0; i < 2; i++)
        {
            x = ops.Add(x, ops.Scale(ops.Relu(ops.Conv2d(x, body.weight, padding: 1)), 0.5));
        }
        var features = ops.BatchNorm(ops.Conv2d(x, tail.weight, tail.bias, padding: 1),
            norm.running_mean!, norm.running_var!, norm.weight, norm.bias, norm.training);
        return [ops.Subtract(inputs[0], ops.DepthToSpace(features, 2))];
    }
}
