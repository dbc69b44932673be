using TorchSharp;
using static NLCL.Interop.Tests.TorchValues;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NLCL.Interop.Tests;

public sealed class TorchFunctionalTests : IDisposable
{
    readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Activations_follow_their_formulas()
    {
        var x = linspace(-5, 5, 41, ScalarType.Float64);
        Same(functional.relu(x), v => Math.Max(v, 0));
        Same(functional.leaky_relu(x, 0.2), v => v > 0 ? v : 0.2 * v);
        Same(functional.silu(x), v => v / (1 + Math.Exp(-v)));
        Same(functional.sigmoid(x), v => 1 / (1 + Math.Exp(-v)));
        Same(functional.tanh(x), Math.Tanh);
        Same(functional.hardsigmoid(x), v => Math.Clamp(v + 3, 0, 6) / 6);
        Same(functional.hardswish(x), v => v * Math.Clamp(v + 3, 0, 6) / 6);
        Same(functional.elu(x, 0.7), v => v > 0 ? v : 0.7 * (Math.Exp(v) - 1));
        Same(functional.softplus(x, 2), v => Math.Log(1 + Math.Exp(2 * v)) / 2);
        Same(functional.mish(x), v => v * Math.Tanh(Math.Log(1 + Math.Exp(v))));
        Assert.Equal(0.841344746, functional.gelu(tensor(1.0)).item<double>(), 8);

        void Same(Tensor found, Func<double, double> formula) => AreClose([.. Doubles(x).Select(formula)], found, 1e-6);
    }

    [Fact]
    public void In_place_activations_return_the_changed_input()
    {
        var x = tensor(new[] { -1.0, 2 });
        AreClose([0, 2], functional.relu(x, inplace: true));
        AreClose([0, 2], x);
    }

    [Fact]
    public void Softmax_is_the_share_of_exponentials()
    {
        var x = Draw(1, 3, 4);
        AreClose(x.exp() / x.exp().sum(1, keepdim: true), functional.softmax(x, 1));
        AreClose(functional.softmax(x, 1).log(), functional.log_softmax(x, 1));
    }

    [Fact]
    public void Norms_standardize_over_their_own_dimensions()
    {
        var (x, gain, offset) = (Draw(1, 3, 4, 5, 6), Draw(2, 4), Draw(3, 4));
        Tensor Standard(Tensor value, params long[] dimensions)
        {
            var centred = value - value.mean(dimensions, keepdim: true);
            return centred / (centred.square().mean(dimensions, keepdim: true) + 1e-5).sqrt();
        }
        Tensor Affine(Tensor value) => value * gain.view(1, 4, 1, 1) + offset.view(1, 4, 1, 1);

        AreClose(Standard(x, 2, 3), functional.instance_norm(x));
        AreClose(Affine(Standard(x, 2, 3)), functional.instance_norm(x, weight: gain, bias: offset));
        AreClose(Affine(Standard(x, 0, 2, 3)), functional.batch_norm(x, null, null, gain, offset, training: true));
        AreClose(Standard(x, 1, 2, 3), functional.layer_norm(x, [4, 5, 6]));
        AreClose(Affine(Standard(x.view(3, 2, 2, 5, 6), 2, 3, 4).view(3, 4, 5, 6)), functional.group_norm(x, 2, gain, offset));
        AreClose(x / x.square().sum(1, keepdim: true).sqrt(), functional.normalize(x));
        AreClose((x * 2).sum(1) / x.square().sum(1).sqrt() / 4, functional.cosine_similarity(x, full_like(x, 2)));
    }

    [Fact]
    public void Pooling_takes_the_mean_or_the_largest_of_a_window()
    {
        var x = arange(16, ScalarType.Float64).view(1, 1, 4, 4);
        AreClose([2.5, 4.5, 10.5, 12.5], functional.avg_pool2d(x, 2));
        AreClose([5, 7, 13, 15], functional.max_pool2d(x, 2));
        AreClose([5, 6, 7, 9, 10, 11, 13, 14, 15], functional.max_pool2d(x, 2, stride: 1));
        AreClose([5.0 / 4], functional.avg_pool2d(x, (2, 2), padding: (1, 1))[0, 0, 0, 1].unsqueeze(0) * 5 / 3);
        AreClose([7.5], functional.adaptive_avg_pool2d(x, 1));
        AreClose([5.5, 9.5], functional.adaptive_avg_pool2d(x, (2, 1)) + tensor(new[] { 2.0, -2 }).view(1, 1, 2, 1));
    }

    [Fact]
    public void Padding_continues_the_picture_as_named()
    {
        var x = tensor(new double[] { 1, 2, 3 }).view(1, 1, 1, 3);
        AreClose([0, 0, 1, 2, 3, 0], functional.pad(x, (2, 1, 0, 0)));
        AreClose([9, 1, 2, 3, 9], functional.pad(x, [1, 1], value: 9));
        AreClose([3, 2, 1, 2, 3, 2], functional.pad(x, (2, 1, 0, 0), PaddingModes.Reflect));
        AreClose([1, 1, 1, 2, 3, 3], functional.pad(x, (2, 1, 0, 0), PaddingModes.Replicate));
        AreClose([2, 3, 1, 2, 3, 1], functional.pad(x, (2, 1, 0, 0), PaddingModes.Circular));
    }

    [Fact]
    public void Interpolation_samples_pixel_centres()
    {
        var x = tensor(new double[] { 1, 2, 4 }).view(1, 1, 1, 3);
        AreClose([1, 1, 2, 2, 4, 4], functional.interpolate(x, scale_factor: [1, 2]));
        AreClose([1, 1.25, 1.75, 2.5, 3.5, 4], functional.interpolate(x, scale_factor: [1, 2], mode: InterpolationMode.Bilinear, align_corners: false));
        AreClose([1, 1.5, 2, 3, 4], functional.interpolate(x, size: [1, 5], mode: InterpolationMode.Bilinear, align_corners: true));
        AreClose([1, 2], functional.interpolate(x, size: [1, 2]));
    }

    [Fact]
    public void Shuffles_move_channels_into_pixels_and_back()
    {
        var x = arange(16, ScalarType.Float64).view(1, 4, 2, 2);
        var shuffled = functional.pixel_shuffle(x, 2);
        AreClose([0, 4, 1, 5, 8, 12, 9, 13, 2, 6, 3, 7, 10, 14, 11, 15], shuffled);
        AreClose(x, functional.pixel_unshuffle(shuffled, 2));
    }

    [Fact]
    public void Losses_follow_their_formulas()
    {
        var (x, y) = (Draw(1, 4, 3), Draw(2, 4, 3));
        var classes = tensor(new long[] { 2, 0, 1, 1 });
        var (difference, likelihood) = ((x - y).abs(), functional.log_softmax(x, 1));
        AreClose(difference.square().mean(), functional.mse_loss(x, y));
        AreClose(difference.sum(), functional.l1_loss(x, y, Reduction.Sum));
        AreClose(where(difference < 0.5, difference.square(), difference - 0.25), functional.smooth_l1_loss(x, y, Reduction.None, 0.5));
        var expected = -likelihood.gather(1, classes.unsqueeze(1)).squeeze(1);
        AreClose(expected.mean(), functional.cross_entropy(x, classes));
        AreClose(expected, functional.cross_entropy(x, classes, reduction: Reduction.None));
        var target = y.sigmoid();
        var binary = -(target * x.sigmoid().log() + (1 - target) * (1 - x.sigmoid()).log());
        AreClose(binary.mean(), functional.binary_cross_entropy_with_logits(x, target));
        AreClose(binary.mean(), functional.binary_cross_entropy(x.sigmoid(), target));
    }

    [Fact]
    public void Sampling_on_the_identity_grid_returns_the_picture()
    {
        var x = Draw(1, 1, 2, 4, 5);
        var grid = functional.affine_grid(tensor(new double[] { 1, 0, 0, 0, 1, 0 }).view(1, 2, 3), [1, 2, 4, 5], align_corners: true);
        AreClose(x, functional.grid_sample(x, grid, align_corners: true));
    }

    [Fact]
    public void Dropout_zeroes_only_while_training()
    {
        var x = ones(1000);
        AreClose(x, functional.dropout(x, 0.5, training: false));
        var dropped = Doubles(functional.dropout(x, 0.5, training: true));
        Assert.InRange(dropped.Count(value => value == 0), 400, 600);
        Assert.All(dropped, value => Assert.True(value is 0 or 2));
    }
}
