using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NLCL.Interop.Tests;

public sealed class TorchModuleTests
{
    // A module disposes of what it registered, which the analyzer cannot see.
#pragma warning disable CA2213
    sealed class Small : nn.Module<Tensor, Tensor>
    {
        public readonly Conv2d first = nn.Conv2d(3, 4, 3, padding: 1);
        public readonly Sequential body = nn.Sequential(("a", nn.ReLU()), ("b", nn.Conv2d(4, 4, 3, padding: 1, padding_mode: PaddingModes.Reflect)));
        public readonly ModuleList<nn.Module<Tensor, Tensor>> list = nn.ModuleList<nn.Module<Tensor, Tensor>>(nn.Linear(5, 6), nn.InstanceNorm2d(4, affine: true));
        public readonly Parameter gain = nn.Parameter(torch.ones(1));
        public readonly Tensor offset = torch.zeros(2);

        public Small()
            : base(nameof(Small)) => RegisterComponents();

        public override Tensor forward(Tensor input) => body.call(first.call(input)) * gain;
    }
#pragma warning restore CA2213

    [Fact]
    public void Field_names_become_keys()
    {
        using var module = new Small();
        string[] expected =
        [
            "body.b.bias", "body.b.weight", "first.bias", "first.weight", "gain", "list.0.bias", "list.0.weight", "list.1.bias",
            "list.1.weight", "offset",
        ];
        Assert.Equal(expected, module.state_dict().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Training_lowers_the_loss()
    {
        torch.manual_seed(1);
        using var scope = NewDisposeScope();
        using var module = new Small();
        using var optimizer = optim.Adam(module.parameters(), 1e-2, 0.9, 0.999);
        var input = randn(2, 3, 8, 8);
        var target = randn(2, 4, 8, 8);
        var losses = new List<float>();
        for (var i = 0; i < 20; i++)
        {
            using var step = NewDisposeScope();
            optimizer.zero_grad();
            var loss = nn.functional.mse_loss(module.call(input), target);
            loss.backward();
            optimizer.step();
            losses.Add(loss.ToSingle());
        }
        Assert.True(losses[^1] < losses[0] * 0.95, string.Join(" ", losses));
    }
}
