using static TorchSharp.torch;

namespace NLCL.Training.Tests;

public sealed class PatchGroupTests
{
    [Theory]
    [InlineData(64, 48)]
    [InlineData(32, 24)]
    [InlineData(33, 23)]
    [InlineData(7, 100)]
    public void Gathers_the_vector_under_each_centre_whatever_the_size_of_the_map(int height, int width)
    {
        var group = new NonLocalSampler().Sample(Values.Picture(1, 2, 3, 64, 48), 40, new Generator(3));
        var map = Values.Normal(2, 2, 5, height, width);
        var gathered = group.Gather(map);
        Assert.Equal([2, 40, 5], gathered.shape);

        var (found, centres, values) = (Values.Of(gathered), Values.Of(group.Centres), Values.Of(map));
        for (var picture = 0; picture < 2; picture++)
        {
            for (var place = 0; place < 40; place++)
            {
                var row = (int)centres[((picture * 40) + place) * 2] * height / 64;
                var column = (int)centres[(((picture * 40) + place) * 2) + 1] * width / 48;
                for (var channel = 0; channel < 5; channel++)
                {
                    Assert.Equal(values[(((((picture * 5) + channel) * height) + row) * width) + column], found[(((picture * 40) + place) * 5) + channel]);
                }
            }
        }
    }

    [Fact]
    public void Gradients_flow_to_the_gathered_places_only()
    {
        var group = new NonLocalSampler().Sample(Values.Picture(1, 1, 3, 64, 64), 10);
        var map = zeros(1, 2, 32, 32).requires_grad_();
        group.Gather(map).sum().backward();
        Assert.Equal(20, Values.Of(map.grad!).Sum());
    }

    [Fact]
    public void Cuts_the_patches_whose_distances_it_tells()
    {
        var pictures = Values.Picture(4, 2, 3, 64, 64);
        var group = new NonLocalSampler().Sample(pictures, 12, new Generator(4));
        var patches = group.Cut(pictures, 16); // [2, 12, 768]
        var distances = (patches - patches.narrow(1, 0, 1)).square().sum(-1).sqrt();
        foreach (var (expected, found) in Values.Of(distances).Zip(Values.Of(group.Distances)))
        {
            Assert.Equal(expected, found, 2e-3);
        }
    }

    [Fact]
    public void Another_number_of_pictures_is_refused()
    {
        var group = new NonLocalSampler().Sample(zeros(2, 3, 64, 64), 4);
        Assert.Throws<ArgumentException>(() => group.Gather(zeros(1, 3, 64, 64)));
    }
}
