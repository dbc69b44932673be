using static TorchSharp.torch;

namespace NLCL.Training.Tests;

public sealed class ContrastHeadTests
{
    [Fact]
    public void Has_one_perceptron_for_each_tap()
    {
        var head = new ContrastHead([32, 3]);
        Assert.Equal((32 * 256) + 256 + (3 * 256) + 256 + (2 * ((256 * 256) + 256)), Parameters.Count(head));
        Assert.Equal(
            ["taps.0.first.weight", "taps.0.first.bias", "taps.0.second.weight", "taps.0.second.bias",
                "taps.1.first.weight", "taps.1.first.bias", "taps.1.second.weight", "taps.1.second.bias"],
            Parameters.Names(head));
    }

    [Fact]
    public void Embeddings_have_length_one()
    {
        var head = new ContrastHead([4, 7], new() { Width = 16 });
        var embeddings = head.Embed([Values.Picture(1, 2, 5, 4), Values.Picture(2, 2, 5, 7)]);
        Assert.All(embeddings, embedding =>
        {
            Assert.Equal([2, 5, 16], embedding.shape);
            Assert.All(Values.Of(embedding.square().sum(-1)), length => Assert.Equal(1, length, 1e-4));
        });
    }

    [Fact]
    public void Even_the_faint_features_of_an_untrained_discriminator_get_length_one()
    {
        var discriminator = new PatchDiscriminator();
        var picture = Values.Picture(3, 1, 3, 64, 64);
        var embeddings = new ContrastHead(discriminator.TapChannels)
            .Embed(discriminator.Features(picture), new NonLocalSampler().Sample(picture, 9));
        Assert.All(embeddings.SelectMany(embedding => Values.Of(embedding.square().sum(-1))), length => Assert.Equal(1, length, 1e-3));
    }

    [Fact]
    public void Gathers_before_it_embeds()
    {
        var head = new ContrastHead([3, 5], new() { Width = 8 });
        var picture = Values.Picture(3, 2, 3, 64, 64);
        Tensor[] maps = [picture, Values.Picture(4, 2, 5, 16, 16)];
        var group = new NonLocalSampler().Sample(picture, 9);
        var expected = head.Embed([group.Gather(maps[0]), group.Gather(maps[1])]);
        foreach (var (a, b) in expected.Zip(head.Embed(maps, group)))
        {
            Assert.Equal(Values.Of(a), Values.Of(b));
        }
    }

    [Fact]
    public void Zero_features_stay_finite()
    {
        var head = new ContrastHead([4], new() { Width = 8 });
        Gradients.AssertFinite(vectors => head.Embed([vectors])[0].sum(), zeros(1, 3, 4));
    }

    [Fact]
    public void All_heads_learn()
    {
        var head = new ContrastHead([4, 4], new() { Width = 8 });
        var query = head.Embed([Values.Picture(5, 1, 6, 4), Values.Picture(6, 1, 6, 4)]);
        var key = head.Embed([Values.Picture(7, 1, 6, 4), Values.Picture(8, 1, 6, 4)]);
        LocationContrast.Loss(query, key).backward();
        Assert.All(head.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void Another_number_of_maps_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ContrastHead([4, 4]).Embed([zeros(1, 3, 4)]));
}
