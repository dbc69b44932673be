using static TorchSharp.torch;

namespace NLCL.Training.Tests;

public sealed class NonLocalSamplerTests
{
    // Batch, channels, height, width, patch, window; small, odd and oblong ones, windows that reach over every border.
    public static TheoryData<int, int, int, int, int, int> Cases => new()
    {
        { 2, 3, 64, 64, 16, 40 },
        { 1, 3, 40, 96, 16, 40 },
        { 2, 32, 64, 72, 16, 40 },
        { 3, 5, 33, 47, 8, 20 },
        { 2, 1, 17, 16, 16, 40 },
        { 2, 4, 24, 24, 4, 10 },
        { 1, 2, 13, 11, 2, 6 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Finds_the_same_patches_as_a_loop(int pictures, int channels, int height, int width, int patch, int window)
    {
        var features = Values.Picture(1, pictures, channels, height, width);
        foreach (var farthest in new[] { false, true })
        {
            var sampler = new NonLocalSampler(new() { PatchSize = patch, WindowSize = window, Farthest = farthest });
            var count = Math.Min(sampler.MinimumCandidates(height, width), 60);
            var (marginY, marginX) = (Math.Min(patch, height / 2), Math.Min(patch, width / 2));
            foreach (var (y, x) in new[] { (marginY, marginX), (height - marginY, width - marginX), (height / 2, marginX) })
            {
                var rows = Enumerable.Repeat((long)y, pictures).ToArray();
                var columns = Enumerable.Repeat((long)x, pictures).ToArray();
                AssertSame(features, sampler.SampleAround(features, count, rows, columns), y, x, patch, window, count, farthest);
            }
        }
    }

    // The one in plain memory and the one by tensors, which a GPU takes; blocks that end beyond the window included.
    [Theory]
    [InlineData(1, 55, 55, 16, 0, 0)]
    [InlineData(32, 55, 55, 16, 20, 19)]
    [InlineData(3, 54, 60, 16, 38, 44)]
    [InlineData(5, 17, 16, 16, 1, 0)]
    [InlineData(2, 13, 31, 2, 6, 29)]
    [InlineData(7, 90, 101, 6, 40, 50)]
    [InlineData(4, 9, 7, 4, 2, 3)] // narrower than a vector
    [InlineData(6, 44, 56, 16, 8, 40)] // whole vectors only
    [InlineData(9, 30, 41, 2, 17, 5)]
    public void Both_ways_to_the_distances_agree(int channels, int height, int width, int patch, int top, int left)
    {
        var features = Values.Picture(6, 2, channels, height + 5, width + 3).transpose(2, 3).contiguous().transpose(2, 3); // strides of its own
        PatchWindow[] windows = [new(2, 1, height, width, top, left), new(5, 3, height, width, height - patch - top, width - patch - left)];
        var (rows, columns) = (height - patch + 1, width - patch + 1);
        var expected = PatchDistances.Squared(features.to_type(ScalarType.Float64), windows, patch);
        Assert.Equal([2, rows, columns], expected.shape);
        Assert.True(ProcessorDistances.Takes(features) && !ProcessorDistances.Takes(expected));
        foreach (var found in new[] { ProcessorDistances.Squared(features, windows, patch).Select(value => (double)value), Values.Of(PatchDistances.Squared(features, windows, patch)) })
        {
            Assert.All(found.Zip(Values.Of(expected)), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tensors_and_plain_memory_choose_the_same_places(bool farthest)
    {
        var features = Values.Picture(8, 3, 4, 70, 64);
        var sampler = new NonLocalSampler(new() { Farthest = farthest });
        long[] rows = [16, 33, 54], columns = [48, 30, 16];
        var (memory, tensors) = (sampler.SampleAround(features, 90, rows, columns), sampler.SampleAround(features.to_type(ScalarType.Float64), 90, rows, columns));
        Assert.Equal(Values.Of(tensors.Distances), Values.Of(memory.Distances), (a, b) => Math.Abs(a - b) < 1e-3);
        Assert.True(Values.Of(tensors.Centres).Zip(Values.Of(memory.Centres)).Count(pair => pair.First != pair.Second) < 12); // rounding may swap neighbours
        var threads = get_num_threads();
        set_num_threads(2);
        try { Assert.Equal(Values.Of(memory.Centres), Values.Of(sampler.SampleAround(features, 90, rows, columns).Centres)); }
        finally { set_num_threads(threads); }
    }

    [Fact]
    public void The_anchor_comes_first_with_distance_zero()
    {
        var group = new NonLocalSampler().SampleAround(Values.Picture(2, 2, 3, 64, 64), 8, [20, 40], [30, 16]);
        Assert.Equal([20.0, 30.0, 40.0, 16.0], Values.Of(group.Centres.select(1, 0)));
        Assert.Equal([0.0, 0.0], Values.Of(group.Distances.select(1, 0)));
    }

    [Fact]
    public void Distances_ascend_or_descend_when_reversed()
    {
        var features = Values.Picture(3, 1, 3, 64, 64);
        var nearest = Values.Of(new NonLocalSampler().Sample(features, 50).Distances);
        var farthest = Values.Of(new NonLocalSampler(new() { Farthest = true }).Sample(features, 50).Distances);
        Assert.Equal(nearest.Order(), nearest);
        Assert.Equal(farthest.OrderDescending(), farthest);
        Assert.All(farthest, distance => Assert.True(double.IsFinite(distance)));
    }

    [Fact]
    public void Repeated_texture_is_found_where_it_repeats()
    {
        var tile = Values.Picture(4, 1, 3, 8, 8);
        var features = tile.repeat(1, 1, 8, 8); // [1, 3, 64, 64]
        var group = new NonLocalSampler().SampleAround(features, 25, [32], [32]);
        Assert.All(Values.Of(group.Centres), position => Assert.Equal(0, position % 8));
        Assert.All(Values.Of(group.Distances), distance => Assert.InRange(distance, 0, 0.02));
    }

    [Fact]
    public void The_same_seed_gives_the_same_group_and_another_seed_another()
    {
        var features = Values.Picture(5, 4, 3, 96, 96);
        double[] Centres(ulong seed) => Values.Of(new NonLocalSampler().Sample(features, 16, new Generator(seed)).Centres);
        Assert.Equal(Centres(7), Centres(7));
        Assert.NotEqual(Centres(7), Centres(8));
    }

    [Theory]
    [InlineData(256)]
    [InlineData(96)]
    [InlineData(32)]
    [InlineData(17)]
    public void Anchors_cover_their_whole_range(int side)
    {
        var sampler = new NonLocalSampler(new() { WindowSize = 2 });
        var features = zeros(400, 1, side, side);
        var anchors = Values.Of(sampler.Sample(features, 1, new Generator(1)).Centres);
        var margin = Math.Min(16, side / 2);
        Assert.All(anchors, position => Assert.InRange(position, margin, side - margin));
        Assert.True(anchors.Min() <= margin + (side / 40.0) && anchors.Max() >= side - margin - (side / 40.0));
    }

    [Theory]
    [InlineData(256, 784)]
    [InlineData(32, 289)]
    [InlineData(16, 1)]
    public void The_fewest_candidates_are_known(int side, int expected) =>
        Assert.Equal(expected, new NonLocalSampler().MinimumCandidates(side, side));

    [Fact]
    public void Equal_features_give_distances_of_zero() =>
        Assert.All(Values.Of(new NonLocalSampler().Sample(full([2, 3, 64, 64], 0.3), 100).Distances), distance => Assert.Equal(0, distance, 1e-3));

    [Fact]
    public void Wrong_requests_are_refused()
    {
        var sampler = new NonLocalSampler();
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Sample(zeros(1, 3, 32, 32), 290));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Sample(zeros(1, 3, 15, 32), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Sample(zeros(1, 3, 32, 32), 0));
        Assert.Throws<ArgumentException>(() => sampler.SampleAround(zeros(1, 3, 64, 64), 8, [15], [30]));
        Assert.Throws<ArgumentException>(() => sampler.SampleAround(zeros(2, 3, 64, 64), 8, [20], [30]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NonLocalSampler(new() { PatchSize = 7 }));
    }

    static void AssertSame(Tensor features, PatchGroup group, int y, int x, int patch, int window, int count, bool farthest)
    {
        for (var picture = 0; picture < (int)features.shape[0]; picture++)
        {
            var expected = Candidates(features, picture, y, x, patch, window);
            var ordered = (farthest ? expected.OrderByDescending(c => c.Distance) : expected.OrderBy(c => c.Distance)).Take(count).ToArray();
            var centres = Values.Of(group.Centres.select(0, picture)).Chunk(2).ToArray();
            var distances = Values.Of(group.Distances.select(0, picture));
            Assert.Equal(count, centres.Select(centre => (centre[0], centre[1])).Distinct().Count());
            for (var k = 0; k < count; k++)
            {
                // Ties within rounding may change places; distances may not.
                Assert.Equal(ordered[k].Distance, distances[k], 2e-3);
                var found = expected.Single(candidate => candidate.Y == (int)centres[k][0] && candidate.X == (int)centres[k][1]);
                Assert.Equal(found.Distance, distances[k], 2e-3);
            }
        }
    }

    static List<(int Y, int X, double Distance)> Candidates(Tensor features, int picture, int y, int x, int patch, int window)
    {
        var (channels, height, width) = ((int)features.shape[1], (int)features.shape[2], (int)features.shape[3]);
        var values = Values.Of(features.select(0, picture));
        List<(int Y, int X, double Distance)> candidates = [];
        for (var centreY = y - (window / 2); centreY < y + (window / 2); centreY++)
        {
            for (var centreX = x - (window / 2); centreX < x + (window / 2); centreX++)
            {
                var half = patch / 2;
                if (centreY < half || centreX < half || centreY > height - half || centreX > width - half)
                {
                    continue;
                }

                var sum = 0.0;
                for (var channel = 0; channel < channels; channel++)
                {
                    for (var dy = -half; dy < half; dy++)
                    {
                        for (var dx = -half; dx < half; dx++)
                        {
                            var difference = values[(((channel * height) + centreY + dy) * width) + centreX + dx]
                                - values[(((channel * height) + y + dy) * width) + x + dx];
                            sum += difference * difference;
                        }
                    }
                }

                candidates.Add((centreY, centreX, Math.Sqrt(sum)));
            }
        }

        return candidates;
    }
}
