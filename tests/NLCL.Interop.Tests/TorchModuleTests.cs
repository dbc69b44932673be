using TorchSharp;
using TorchSharp.Modules;
using static NLCL.Interop.Tests.TorchValues;
using static TorchSharp.torch;

namespace NLCL.Interop.Tests;

public sealed class TorchModuleTests
{
    static readonly string[] s_keys =
    [
        "body.b.bias", "body.b.weight", "first.bias", "first.weight", "gain", "list.0.bias", "list.0.weight", "list.1.bias", "list.1.weight",
        "offset",
    ];

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
        Assert.Equal(s_keys, module.state_dict().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["body", "first", "list"], module.named_children().Select(child => child.name).Order());
        Assert.Equal(["offset"], module.named_buffers().Select(buffer => buffer.name));
        Assert.Equal(s_keys.Length - 1, module.parameters().Count());
        Assert.Same(module.gain, module.get_parameter("gain"));
    }

    [Fact]
    public void A_registered_module_frees_all_it_holds()
    {
        Assert.SkipUnless(TorchSurfaceTests.IsOurs, "the original (0.107.0) counts 11 tensors of this module even after its finalizers");
        var before = Tensor.TotalCount;
        var module = new Small();
        using (var scope = NewDisposeScope())
        {
            module.call(randn(1, 3, 6, 6)).sum().backward();
        }
        Assert.True(Tensor.TotalCount > before);
        module.Dispose();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Modules_compute_what_their_functions_do()
    {
        using var scope = NewDisposeScope();
        using var module = new Small();
        var x = randn(2, 3, 6, 6);
        var hidden = nn.functional.conv2d(x, module.first.weight!, module.first.bias, padding: [1]).relu();
        var last = (Conv2d)module.body[1];
        var padded = nn.functional.pad(hidden, (1, 1, 1, 1), PaddingModes.Reflect);
        AreClose(nn.functional.conv2d(padded, last.weight!, last.bias), module.call(x), 1e-5);
        using var up = nn.ConvTranspose2d(3, 2, 4, stride: 2, padding: 1);
        AreClose(nn.functional.conv_transpose2d(x, up.weight!, up.bias, [2], [1]), up.call(x), 1e-5);
        Assert.Equal([2L, 2L, 12L, 12L], up.call(x).shape);
    }

    [Fact]
    public void Weights_start_within_the_bound_of_their_fan_in()
    {
        torch.manual_seed(3);
        using var module = nn.Conv2d(16, 64, 3);
        var bound = 1 / Math.Sqrt(16 * 9);
        var weights = Doubles(module.weight!);
        Assert.All(weights.Concat(Doubles(module.bias!)), value => Assert.InRange(value, -bound, bound));
        Assert.Equal(bound / Math.Sqrt(3), Math.Sqrt(weights.Average(value => value * value)), 3);
        using var scope = NewDisposeScope();
        nn.init.kaiming_normal_(module.weight!, nonlinearity: nn.init.NonlinearityType.ReLU);
        Assert.Equal(Math.Sqrt(2.0 / (16 * 9)), module.weight!.std().item<float>(), 2);
        nn.init.xavier_uniform_(module.weight!);
        Assert.Equal(Math.Sqrt(6.0 / (16 * 9 + 64 * 9)), module.weight!.abs().max().item<float>(), 3);
        nn.init.orthogonal_(module.weight!);
        var flat = module.weight!.view(64, -1);
        AreClose(eye(64), flat.matmul(flat.t()), 1e-4);
    }

    [Fact]
    public void A_saved_module_loads_into_another()
    {
        using var scope = NewDisposeScope();
        using var module = new Small();
        using var other = new Small();
        using var stream = new MemoryStream();
        module.save(stream);
        var bytes = stream.ToArray();
        using var source = new MemoryStream(bytes);
        other.load(source);
        foreach (var key in s_keys)
        {
            Assert.Equal(Doubles(module.state_dict()[key]), Doubles(other.state_dict()[key]));
        }
        using var wrong = nn.Linear(2, 2);
        using var again = new MemoryStream(bytes);
        Assert.ThrowsAny<ArgumentException>(() => wrong.load(again));
    }

    [Fact]
    public void State_is_copied_by_key()
    {
        using var scope = NewDisposeScope();
        using var module = new Small();
        using var other = new Small();
        var (missing, unexpected) = other.load_state_dict(module.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        AreClose(module.first.weight!, other.first.weight!);
        Assert.NotSame(module.first.weight, other.first.weight);
        var part = module.state_dict().Where(entry => entry.Key != "gain").Append(new("extra", ones(1))).ToDictionary();
        Assert.ThrowsAny<InvalidOperationException>(() => other.load_state_dict(part));
        (missing, unexpected) = other.load_state_dict(part, strict: false);
        Assert.Equal(["gain"], missing);
        Assert.Equal(["extra"], unexpected);
    }

    [Fact]
    public void Moving_changes_the_type_of_parameters_and_buffers()
    {
        using var scope = NewDisposeScope();
        using var module = new Small().to(ScalarType.Float64);
        Assert.All(module.state_dict().Values, value => Assert.Equal(ScalarType.Float64, value.dtype));
        Assert.Equal(ScalarType.Float64, module.call(Draw(1, 1, 3, 5, 5)).dtype);
        Assert.Same(module.gain, module.get_parameter("gain"));
        Assert.All(module.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void Batch_statistics_are_used_after_training()
    {
        using var scope = NewDisposeScope();
        using var norm = nn.BatchNorm2d(2);
        var x = Draw(1, 4, 2, 5, 5).to(ScalarType.Float32);
        norm.call(x);
        AreClose(0.1 * x.mean([0, 2, 3]), norm.running_mean!, 1e-5);
        AreClose(0.9 + 0.1 * x.transpose(0, 1).flatten(1).var(1), norm.running_var!, 1e-5);
        norm.eval();
        Assert.False(norm.training);
        var expected = (x - norm.running_mean!.view(1, 2, 1, 1)) / (norm.running_var!.view(1, 2, 1, 1) + 1e-5).sqrt();
        AreClose(expected, norm.call(x), 1e-4);
        norm.train();
        Assert.True(norm.training);
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
