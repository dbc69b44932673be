using static TorchSharp.torch;

namespace NLCL.Training.Tests;

public sealed class LeanDerainerTests
{
    public static TheoryData<string> Shapes => ["default", "lite", "three levels", "quarter", "no blocks", "colour", "neighbours", "gated", "large kernels", "merged", "luma", "far", "far, but not too far", "shuffle"];

    [Fact]
    public void Default_has_these_costs()
    {
        var derainer = new LeanDerainer();
        Assert.Equal(154_724, Parameters.Count(derainer));
        Assert.Equal(14_560, derainer.MultiplyAddsPerPixel);
        Assert.Equal(8, derainer.SizeMultiple);
        Assert.False(derainer.UsesPictureStatistics);
    }

    [Fact]
    public void Names_its_parameters()
    {
        string[] stems = [
            "head", "fineEncoderBlocks.0.first", "fineEncoderBlocks.0.second", "downToMiddle", "encoderBlocks.0.first",
            "encoderBlocks.0.second", "downToCoarse", "coarseBlocks.0.first", "coarseBlocks.0.second", "coarseBlocks.1.first",
            "coarseBlocks.1.second", "coarseBlocks.2.first", "coarseBlocks.2.second", "upToMiddle", "decoderBlocks.0.first",
            "decoderBlocks.0.second", "upToFine", "fineDecoderBlocks.0.first", "fineDecoderBlocks.0.second", "rain"];
        Assert.Equal(
            stems.SelectMany(stem => new[] { stem + ".weight", stem + ".bias" }).Order(StringComparer.Ordinal),
            Parameters.Names(new LeanDerainer()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Multiply_adds_are_weights_times_the_places_they_work_at(string shape)
    {
        var options = Options(shape);
        var derainer = new LeanDerainer(options);
        double Places(string name) => 1.0 / (options.Block * options.Block) / name.Split('.')[0] switch
        {
            "head" or "neighbours" or "neighbourFirst" or "neighbourSecond" or "neighbourTrust" or "fineEncoderBlocks" or "fine" or "fineDecoderBlocks" or "rain" => 1,
            "downToCoarse" or "coarseBlocks" or "upToMiddle" => 16,
            _ => 4,
        };
        // In the file a last kernel of few outputs is one of 4x4 for four places.
        double Folded(string name) => name == "rain.weight" && options.Block * options.Block * options.RainChannels <= 4 ? 16 / 9.0 : 1;
        var expected = derainer.state_dict().Where(entry => entry.Key.EndsWith(".weight", StringComparison.Ordinal) && !entry.Key.Contains("Point", StringComparison.Ordinal))
            .Sum(entry => entry.Value.numel() * Places(entry.Key) * Folded(entry.Key));
        Assert.Equal(expected, derainer.MultiplyAddsPerPixel, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Receptive_field_is_as_far_as_gradients_reach(string shape)
    {
        var derainer = new LeanDerainer(Options(shape));
        var middle = (derainer.ReceptiveField / derainer.SizeMultiple + 2) * derainer.SizeMultiple;
        var reach = 0;
        for (var phase = 0; phase < derainer.SizeMultiple; phase++)
        {
            var rainy = Values.Picture(phase, 1, 3, derainer.SizeMultiple, 2 * middle).requires_grad_();
            derainer.Decompose(rainy).Rain.select(3, middle + phase).sum().backward();
            var touched = Values.Of(rainy.grad!.abs().sum(1).sum(1)).Select((value, x) => (value, x)).Where(column => column.value != 0);
            reach = Math.Max(reach, touched.Max(column => Math.Abs(column.x - (middle + phase))));
        }

        Assert.Equal(reach, derainer.ReceptiveField);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_tile_with_its_surroundings_equals_the_whole(string shape)
    {
        var derainer = new LeanDerainer(Options(shape));
        var multiple = derainer.SizeMultiple;
        var halo = (derainer.ReceptiveField + multiple - 1) / multiple * multiple;
        var rainy = Values.Picture(9, 1, 3, multiple, (2 * halo) + (8 * multiple));
        using var withoutGradient = no_grad();
        var whole = derainer.forward(rainy).narrow(3, halo + multiple, 2 * multiple);
        var tile = derainer.forward(rainy.narrow(3, multiple, (2 * halo) + (2 * multiple)).contiguous()).narrow(3, halo, 2 * multiple);
        Assert.InRange((whole - tile).abs().max().item<float>(), 0, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_layers_add_up_and_all_ways_agree(string shape)
    {
        var options = Options(shape);
        var derainer = new LeanDerainer(options);
        var rainy = Values.Picture(1, 2, 3, 32, 48);
        var (background, rain) = derainer.Decompose(rainy);
        Assert.Equal([2, options.RainChannels, 32, 48], rain.shape);
        AssertEqual(rainy, background + rain, 1e-6);
        AssertEqual(background, derainer.forward(rainy), 0);
        AssertEqual(background, derainer.Describe(NLCL.OnnxExport.TorchOperations.Instance, [rainy.repeat(1, options.Frames, 1, 1)])[0], 0);

        var (output, features) = derainer.ForwardWithFeatures(rainy);
        AssertEqual(background, output, 0);
        Assert.Equal(derainer.TapChannels, features.Select(map => (int)map.shape[1]));
        foreach (var (expected, found) in features.Zip(derainer.Features(rainy)))
        {
            AssertEqual(expected, found, 0);
        }
    }

    [Fact]
    public void One_rain_channel_leaves_differences_of_colours_alone()
    {
        var rainy = Values.Picture(2, 1, 3, 32, 32);
        var background = new LeanDerainer(new() { InitialRainScale = 1 }).forward(rainy);
        AssertEqual(rainy.select(1, 0) - rainy.select(1, 1), background.select(1, 0) - background.select(1, 1), 1e-6);
        AssertEqual(rainy.select(1, 2) - rainy.select(1, 1), background.select(1, 2) - background.select(1, 1), 1e-6);
    }

    [Fact]
    public void A_network_of_three_frames_begins_as_one_of_one_frame()
    {
        using var withoutGradient = no_grad();
        var (single, clip) = (new LeanDerainer(new() { InitialRainScale = 1 }), new LeanDerainer(new() { Frames = 3 }));
        foreach (var (name, weight) in single.state_dict())
        {
            clip.state_dict()[name].copy_(weight);
        }

        var frames = Values.Picture(5, 2, 9, 32, 32);
        var middle = frames.narrow(1, 3, 3);
        AssertEqual(single.forward(middle), clip.forward(frames), 0);
        AssertEqual(single.forward(middle), clip.forward(middle), 0);
        Assert.Equal((3, 1), (clip.Frames, ((IDerainer)single).Frames));
    }

    [Fact]
    public void A_picture_alone_is_its_own_neighbour()
    {
        var clip = Noticing();
        var picture = Values.Picture(6, 1, 3, 32, 32);
        AssertEqual(clip.forward(cat([picture, picture, picture], 1)), clip.forward(picture), 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void Each_neighbour_matters(int first)
    {
        var clip = Noticing();
        var frames = Values.Picture(7, 1, 9, 32, 32);
        var changed = frames.clone();
        changed.narrow(1, first, 3).mul_(0.5);
        Assert.NotEqual(0, (clip.forward(frames) - clip.forward(changed)).abs().max().item<float>());
    }

    // What a training makes of the weights that begin as 0.
    static LeanDerainer Noticing()
    {
        LeanDerainer clip = new(new() { Frames = 3, InitialRainScale = 1 });
        using var withoutGradient = no_grad();
        foreach (var name in new[] { "neighbours.weight", "neighbourTrust.weight" })
        {
            var weight = clip.state_dict()[name];
            weight.copy_(Values.Picture(8, weight.shape[0], weight.shape[1], weight.shape[2], weight.shape[3]) - 0.5);
        }

        return clip;
    }

    [Fact]
    public void Rain_starts_small_but_not_dead()
    {
        random.manual_seed(1);
        var derainer = new LeanDerainer();
        var (_, rain) = derainer.Decompose(Values.Picture(3, 1, 3, 32, 32));
        Assert.InRange(rain.abs().mean().item<float>(), 1e-6, 0.02);
        rain.square().sum().backward();
        Assert.All(derainer.parameters(), parameter => Assert.NotEqual(0, parameter.grad!.abs().sum().item<float>()));
    }

    [Fact]
    public void A_few_steps_learn_to_subtract_a_constant()
    {
        random.manual_seed(1);
        var derainer = new LeanDerainer(new() { FineWidth = 8, MiddleWidth = 8, CoarseWidth = 8, CoarseBlocks = 1 });
        var optimizer = optim.Adam(derainer.parameters(), lr: 5e-3);
        var clean = Values.Picture(4, 2, 3, 16, 16) * 0.5;
        var losses = new List<float>();
        for (var step = 0; step < 60; step++)
        {
            optimizer.zero_grad();
            var loss = Charbonnier.Loss(derainer.forward(clean + 0.3), clean);
            loss.backward();
            optimizer.step();
            losses.Add(loss.item<float>());
        }

        Assert.True(losses[^1] < losses[0] / 3, $"{losses[0]:0.000} before, {losses[^1]:0.000} after");
    }

    [Fact]
    public void Impossible_shapes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeanDerainer(new() { RainChannels = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeanDerainer(new() { Frames = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeanDerainer(new() { FineWidth = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeanDerainer(new() { CoarseBlocks = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeanDerainer(new() { CoarseDilation = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeanDerainer(new() { LargestCoarseDilation = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeanDerainer(new() { CoarseDilation = 2, BlockForm = BlockForm.Merged }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeanDerainer(new() { BlockForm = BlockForm.Gated, FineWidth = 17 }));
    }

    static LeanDerainerOptions Options(string shape) => shape switch
    {
        "lite" => LeanDerainerOptions.Lite,
        "three levels" => new() { MiddleWidth = 48, CoarseBlocks = 3, EncoderBlocks = 1, FineDecoderBlocks = 2 },
        "quarter" => new() { Block = 4, CoarseBlocks = 1 },
        "no blocks" => new() { FineEncoderBlocks = 0, FineDecoderBlocks = 0, EncoderBlocks = 0, CoarseBlocks = 1, DecoderBlocks = 0 },
        "colour" => new() { RainChannels = 3 },
        "neighbours" => new() { Frames = 3 },
        "gated" => new() { BlockForm = BlockForm.Gated, CoarseBlocks = 1 },
        "large kernels" => new() { BlockForm = BlockForm.LargeKernel, CoarseBlocks = 1 },
        "merged" => new() { BlockForm = BlockForm.Merged, CoarseBlocks = 1 },
        "luma" => new() { Luma = true, CoarseBlocks = 1 },
        "far" => new() { CoarseBlocks = 2, CoarseDilation = 3 },
        "far, but not too far" => new() { CoarseBlocks = 3, CoarseDilation = 3, LargestCoarseDilation = 2 },
        "shuffle" => new() { Upsampling = Upsampling.Shuffle },
        _ => new(),
    };

    static void AssertEqual(Tensor expected, Tensor found, double tolerance)
    {
        Assert.Equal(expected.shape, found.shape);
        Assert.InRange((expected - found).abs().max().item<float>(), 0, tolerance);
    }
}
