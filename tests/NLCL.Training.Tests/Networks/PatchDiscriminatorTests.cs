using static TorchSharp.torch;

namespace NLCL.Training.Tests;

public sealed class PatchDiscriminatorTests
{
    [Fact]
    public void Has_as_many_parameters_as_published_under_the_same_names()
    {
        var discriminator = new PatchDiscriminator();
        Assert.Equal(2_764_737, Parameters.Count(discriminator));
        Assert.Equal(
            ["model.0.weight", "model.0.bias", "model.3.weight", "model.3.bias", "model.7.weight", "model.7.bias",
                "model.11.weight", "model.11.bias", "model.14.weight", "model.14.bias"],
            Parameters.Names(discriminator));
        Assert.Equal([64, 128, 256, 512], discriminator.TapChannels);
    }

    [Fact]
    public void Maps_have_the_published_sizes()
    {
        var discriminator = new PatchDiscriminator(new() { Width = 4 });
        var picture = Values.Picture(1, 1, 3, 256, 256);
        Assert.Equal([1, 1, 30, 30], discriminator.forward(picture).shape);
        Assert.Equal([255, 127, 63, 31], discriminator.Features(picture).Select(map => map.shape[2]));
        Assert.Equal(discriminator.TapChannels, discriminator.Features(picture).Select(map => (int)map.shape[1]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Equals_the_network_written_out(bool pictureFirst)
    {
        var discriminator = new PatchDiscriminator(new() { Width = 3, PictureAsFirstTap = pictureFirst, InitialGain = 1 });
        var picture = Values.Picture(2, 2, 3, 40, 51);
        var (expected, taps) = Reference(discriminator, picture, 3);
        Close(expected, discriminator.forward(picture));

        Tensor[] expectedTaps = pictureFirst ? [(picture * 2) - 1, .. taps[..3]] : taps;
        var features = discriminator.Features(picture);
        Assert.Equal(4, features.Count);
        Assert.Equal(discriminator.TapChannels, features.Select(map => (int)map.shape[1]));
        for (var tap = 0; tap < 4; tap++)
        {
            Close(expectedTaps[tap], features[tap]);
        }
    }

    [Fact]
    public void First_weights_are_small_normal_and_biases_zero()
    {
        var discriminator = new PatchDiscriminator(new() { Width = 32 });
        var weight = Values.Of(Parameters.Of(discriminator, "model.7.weight")); // 64 to 128 channels
        var expected = 0.02 * Math.Sqrt(2.0 / ((64 + 128) * 16));
        Assert.Equal(expected, Math.Sqrt(weight.Average(value => value * value)), expected / 20);
        Assert.All(Values.Of(Parameters.Of(discriminator, "model.7.bias")), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Judges_the_smallest_picture_it_names()
    {
        var discriminator = new PatchDiscriminator(new() { Width = 4 });
        var side = PatchDiscriminator.MinimumSide;
        Assert.Equal([1, 1, 1, 1], discriminator.forward(Values.Picture(3, 1, 3, side, side)).shape);
        Gradients.AssertFinite(picture => discriminator.forward(picture).sum(), zeros(1, 3, side, side));
    }

    static (Tensor Output, Tensor[] Taps) Reference(PatchDiscriminator discriminator, Tensor picture, int width)
    {
        Tensor Convolve(Tensor x, int number) => nn.functional.conv2d(
            x, Parameters.Of(discriminator, $"model.{number}.weight"), Parameters.Of(discriminator, $"model.{number}.bias"), padding: [1, 1]);

        var first = Convolve((picture * 2) - 1, 0);
        var second = Convolve(Blur(Leak(first)), 3);
        var third = Convolve(Blur(Leak(Normalise(second))), 7);
        var fourth = Convolve(Blur(Leak(Normalise(third))), 11);
        Assert.Equal(8 * width, fourth.shape[1]);
        return (Convolve(Leak(Normalise(fourth)), 14), [first, second, third, fourth]);
    }

    static Tensor Leak(Tensor x) => x.clamp_min(0) + (x.clamp_max(0) * 0.2);

    static Tensor Normalise(Tensor x)
    {
        var centred = x - x.mean([2, 3], keepdim: true);
        return centred / (centred.square().mean([2, 3], keepdim: true) + 1e-5).sqrt();
    }

    // Every second pixel of [1 2 1] by [1 2 1], the border mirrored.
    static Tensor Blur(Tensor x) => BlurAlong(BlurAlong(x, 2), 3);

    static Tensor BlurAlong(Tensor x, int axis)
    {
        var side = x.shape[axis];
        var positions = Enumerable.Range(0, (int)((side + 1) / 2)).Select(i => 2L * i).ToArray();
        Tensor At(int offset) => x.index_select(axis, tensor(positions.Select(p => Math.Abs(p + offset) < side ? Math.Abs(p + offset) : (2 * side) - 2 - p - offset).ToArray()));
        return (At(-1) + (At(0) * 2) + At(1)) / 4;
    }

    static void Close(Tensor expected, Tensor found)
    {
        Assert.Equal(expected.shape, found.shape);
        Assert.InRange((expected - found).abs().max().item<float>(), 0, 1e-4);
    }
}
