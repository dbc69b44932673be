using TorchSharp;
using static NLCL.Interop.Tests.TorchValues;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NLCL.Interop.Tests;

public sealed class TorchAutogradTests : IDisposable
{
    const double Step = 1e-6;

    // Every operator the networks and losses are made of; arguments are drawn away from kinks.
    static readonly Dictionary<string, (long[][] Shapes, Func<Tensor[], Tensor> Function)> s_cases = new()
    {
        ["conv2d"] = ([[2, 4, 6, 5], [6, 2, 3, 3], [6]], x => functional.conv2d(x[0], x[1], x[2], [2, 1], [1, 2], [1, 1], 2)),
        ["conv_transpose2d"] = ([[1, 3, 4, 4], [3, 2, 3, 3], [2]], x => functional.conv_transpose2d(x[0], x[1], x[2], [2, 2], [1, 1], [1, 1])),
        ["linear"] = ([[3, 4], [5, 4], [5]], x => functional.linear(x[0], x[1], x[2])),
        ["matmul"] = ([[2, 3, 4], [2, 4, 2]], x => x[0].matmul(x[1])),
        ["arithmetic"] = ([[3, 4], [4]], x => (x[0] * x[1] - 2 / (x[1].square() + 1) + x[0].abs().sqrt()) / 3),
        ["exponentials"] = ([[7]], x => x[0].exp().log1p() + x[0].square().add(1).rsqrt() + x[0].square().add(1).log()),
        ["activations"] = ([[3, 5]], x => functional.gelu(x[0]) + functional.silu(x[0]) + x[0].sigmoid() + x[0].tanh() + functional.softplus(x[0])),
        ["piecewise"] = ([[3, 5]], x => functional.relu(x[0]) + functional.leaky_relu(x[0], 0.2) + functional.hardswish(x[0]) + x[0].clamp(-1, 1)),
        ["prelu"] = ([[2, 3, 4], [3]], x => functional.prelu(x[0], x[1])),
        ["softmax"] = ([[3, 5]], x => functional.log_softmax(x[0], 1) + x[0].softmax(0)),
        ["instance_norm"] = ([[2, 3, 4, 4], [3], [3]], x => functional.instance_norm(x[0], weight: x[1], bias: x[2])),
        ["batch_norm"] = ([[2, 3, 4, 4], [3], [3]], x => functional.batch_norm(x[0], null, null, x[1], x[2], training: true)),
        ["group_norm"] = ([[2, 4, 3, 3], [4], [4]], x => functional.group_norm(x[0], 2, x[1], x[2])),
        ["layer_norm"] = ([[2, 4, 3], [3], [3]], x => functional.layer_norm(x[0], [3], x[1], x[2])),
        ["normalize"] = ([[3, 5]], x => functional.normalize(x[0])),
        ["cosine_similarity"] = ([[3, 5], [3, 5]], x => functional.cosine_similarity(x[0], x[1])),
        ["pooling"] = ([[1, 2, 6, 6]], x => functional.avg_pool2d(x[0], 2) + functional.max_pool2d(x[0], 2) + functional.adaptive_avg_pool2d(x[0], 3)),
        ["padding"] = ([[1, 2, 4, 5]], x => functional.pad(x[0], (1, 2, 0, 1), PaddingModes.Reflect) + functional.pad(x[0], (1, 2, 0, 1), PaddingModes.Replicate)),
        ["circular"] = ([[1, 1, 4, 5]], x => functional.pad(x[0], (1, 2, 0, 1), PaddingModes.Circular) * functional.pad(x[0], (1, 2, 0, 1), value: 3)),
        ["bilinear"] = ([[1, 2, 3, 4]], x => functional.interpolate(x[0], scale_factor: [2, 2], mode: InterpolationMode.Bilinear, align_corners: false)),
        ["bicubic"] = ([[1, 2, 4, 4]], x => functional.interpolate(x[0], size: [7, 6], mode: InterpolationMode.Bicubic)),
        ["nearest"] = ([[1, 2, 3, 4]], x => functional.interpolate(x[0], scale_factor: [2, 3])),
        ["shuffles"] = ([[1, 4, 4, 6]], x => functional.pixel_shuffle(functional.pixel_unshuffle(x[0], 2), 4)),
        ["unfold"] = ([[1, 2, 5, 5]], x => functional.unfold(x[0], 3, padding: 1)),
        ["fold"] = ([[1, 18, 16]], x => functional.fold(x[0], 4, 3, padding: 1)),
        ["indexing"] = ([[4, 5]], x => x[0][1..3, ^2] * x[0][TensorIndex.Tensor(tensor(new long[] { 2, 0 })), 1]),
        ["gathering"] = ([[4, 5]], x => x[0].gather(1, x[0].argsort(1)).cumsum(1) + x[0].index_select(1, tensor(new long[] { 4, 3, 2, 1, 0 }))),
        ["joining"] = ([[2, 3], [2, 2]], x => cat([x[0], x[1]], 1).square() + stack([x[0][0, 0], x[1][0, 0], x[0][1, 1], x[1][1, 0], x[0][0, 2]])),
        ["reductions"] = ([[3, 4]], x => x[0].mean([1]) + x[0].var(1) + x[0].amax([1]) + x[0].norm(1) + x[0].logsumexp(1)),
        ["cdist"] = ([[3, 4], [5, 4]], x => cdist(x[0], x[1])),
        ["losses"] = ([[3, 4], [3, 4]], x => functional.mse_loss(x[0], x[1]) + functional.l1_loss(x[0], x[1]) + functional.smooth_l1_loss(x[0], x[1])),
        ["cross_entropy"] = ([[3, 4]], x => functional.cross_entropy(x[0], tensor(new long[] { 1, 3, 0 }))),
        ["bce"] = ([[3, 4], [3, 4]], x => functional.binary_cross_entropy_with_logits(x[0], x[1].sigmoid())),
        ["grid_sample"] = ([[1, 2, 5, 5], [1, 2, 3]], x => functional.grid_sample(x[0], functional.affine_grid(x[1] / 3, [1, 2, 4, 4]), align_corners: false)),
    };

    readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Cases => new(s_cases.Keys);

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_agree_with_finite_differences(string name)
    {
        var (shapes, function) = s_cases[name];
        var inputs = shapes.Select((shape, i) => Draw(i + 11, shape).requires_grad_()).ToArray();
        var output = function(inputs);
        var weights = Draw(5, output.shape);
        var gradients = autograd.grad([(output * weights).sum()], inputs);

        using var mode = no_grad();
        for (var i = 0; i < inputs.Length; i++)
        {
            // Flat: the original writes no element of a picture by one number.
            using var flat = inputs[i].flatten();
            var accessor = flat.data<double>();
            var numeric = new double[accessor.Count];
            for (var element = 0; element < numeric.Length; element++)
            {
                using var scope = NewDisposeScope();
                var value = accessor[element];
                accessor[element] = value + Step;
                var above = (function(inputs) * weights).sum().item<double>();
                accessor[element] = value - Step;
                var below = (function(inputs) * weights).sum().item<double>();
                accessor[element] = value;
                numeric[element] = (above - below) / (2 * Step);
            }
            AreClose(numeric, gradients[i], 1e-6);
        }
    }

    [Fact]
    public void Backward_adds_to_the_gradient_of_leaves()
    {
        var x = tensor(new[] { 2.0, 3 }, requires_grad: true);
        var y = (x * x).sum();
        y.backward();
        AreClose([4, 6], x.grad!);
        (x * 5).sum().backward();
        AreClose([9, 11], x.grad!);
        Assert.True(x.is_leaf);
        Assert.False(y.is_leaf);
        x.grad = null;
        Assert.Null(x.grad);
        (x * 2).backward([tensor(new[] { 1.0, 10 })]);
        AreClose([2, 20], x.grad!);
    }

    [Fact]
    public void Second_derivatives_go_through_the_graph()
    {
        var x = tensor(3.0, requires_grad: true);
        var first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        AreClose([27], first);
        AreClose([18], autograd.grad([first], [x])[0]);
    }

    [Fact]
    public void Nothing_is_recorded_where_it_is_switched_off()
    {
        var x = tensor(3.0, requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
            {
                Assert.True((x * 2).requires_grad);
            }
        }
        Assert.True(is_grad_enabled());
        using (inference_mode())
        {
            Assert.False((x * 2).requires_grad);
        }
        Assert.True((x * 2).requires_grad);
        Assert.False((x * 2).detach().requires_grad);
        var hidden = x * 2;
        hidden.retain_grad();
        (hidden * 4).backward();
        AreClose([4], hidden.grad!);
    }
}
