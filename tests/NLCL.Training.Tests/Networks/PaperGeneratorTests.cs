using static TorchSharp.torch;

namespace NLCL.Training.Tests;

public sealed class PaperGeneratorTests
{
    static readonly PaperGeneratorOptions s_small = new() { Width = 6, Blocks = 3, Taps = [0, 1, 2] };

    [Fact]
    public void Has_as_many_parameters_as_published()
    {
        var generator = new PaperGenerator();
        Assert.Equal(316_195, Parameters.Count(generator));
        Assert.Equal(315_072, generator.MultiplyAddsPerPixel);
        Assert.Equal([32, 32, 32, 32, 32], generator.TapChannels);
    }

    [Fact]
    public void Names_its_parameters_as_the_published_checkpoints_do()
    {
        var stems = Enumerable.Range(1, 16).SelectMany(block => new[] { $"gen.{block}.model.0.conv", $"gen.{block}.model.1.conv" });
        string[] expected = [.. new[] { "gen.0" }.Concat(stems).Concat(["gen.17.conv.0", "gen.17.conv.3", "gen.18"])
            .SelectMany(stem => new[] { stem + ".weight", stem + ".bias" })];
        Assert.Equal(expected, Parameters.Names(new PaperGenerator()));
    }

    [Theory]
    [InlineData(PictureLayer.Background)]
    [InlineData(PictureLayer.Rain)]
    public void Equals_the_network_written_out(PictureLayer layer)
    {
        var generator = new PaperGenerator(s_small with { Layer = layer });
        var picture = Values.Picture(1, 2, 3, 17, 22);
        var (expected, taps) = Reference(generator, picture);
        expected = layer == PictureLayer.Rain ? expected / 2 : (expected + 1) / 2;
        Close(expected, generator.forward(picture));

        var (output, features) = generator.ForwardWithFeatures(picture);
        Close(expected, output);
        foreach (var found in new[] { features, generator.Features(picture) })
        {
            Assert.Equal(3, found.Count);
            Close(taps[0], found[0]);
            Close(taps[1], found[1]);
            Close(taps[2], found[2]);
        }
    }

    [Fact]
    public void Both_layers_of_the_published_method_have_weights_of_their_own()
    {
        var derainer = new PaperDerainer(s_small);
        var rainy = Values.Picture(2, 1, 3, 12, 12);
        var (background, rain) = derainer.Decompose(rainy);
        Close(derainer.Background.forward(rainy), background);
        Close(derainer.Rain.forward(rainy), rain);
        Close(background, derainer.forward(rainy));
        Assert.Equal(2 * Parameters.Count(new PaperGenerator(s_small)), Parameters.Count(derainer));
        Assert.Contains("background.gen.0.weight", Parameters.Names(derainer));
        Assert.Contains("rain.gen.0.weight", Parameters.Names(derainer));
    }

    [Fact]
    public void Taps_beyond_the_blocks_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new PaperGenerator(s_small with { Taps = [0, 4] }));
        Assert.Throws<ArgumentException>(() => new PaperGenerator(s_small with { Taps = [2, 1] }));
        Assert.Throws<ArgumentException>(() => new PaperGenerator(s_small with { Taps = [] }));
    }

    // In -1..1, as published. Taps 0, 1 and 2.
    static (Tensor Output, Tensor[] Taps) Reference(PaperGenerator generator, Tensor picture)
    {
        Tensor Convolve(Tensor x, string key) => nn.functional.conv2d(
            x, Parameters.Of(generator, key + ".weight"), Parameters.Of(generator, key + ".bias"), padding: [1, 1]);

        var x = Convolve((picture * 2) - 1, "gen.0");
        List<Tensor> maps = [x];
        for (var block = 1; block <= 3; block++)
        {
            var inner = Normalise(Convolve(x, $"gen.{block}.model.0.conv")).clamp_min(0);
            x = x + Normalise(Convolve(inner, $"gen.{block}.model.1.conv"));
            maps.Add(x);
        }

        x = Convolve(Normalise(Convolve(x, "gen.4.conv.0")).clamp_min(0), "gen.4.conv.3");
        return (Convolve(x, "gen.5"), [.. maps]);
    }

    static Tensor Normalise(Tensor x)
    {
        var centred = x - x.mean([2, 3], keepdim: true);
        return centred / (centred.square().mean([2, 3], keepdim: true) + 1e-5).sqrt();
    }

    static void Close(Tensor expected, Tensor found)
    {
        Assert.Equal(expected.shape, found.shape);
        Assert.InRange((expected - found).abs().max().item<float>(), 0, 1e-4);
    }
}
