namespace NLCL.Runtime.Tests;

/// <summary>Networks that end by taking a rain layer of one channel off the frame give clips that layer alone.</summary>
public sealed class RainGraphTests : IDisposable
{
    const int Width = 53, Height = 38;

    readonly TestFolder _folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    string Write(TinyOnnx model) => _folder.Write("m.onnx", model.ToBytes());

    static DerainerOptions Options => new() { Device = DeviceKind.Cpu, Threads = 1 };

    /// <summary>What a clip's way through the network gives of a frame.</summary>
    static (bool GivesRain, float[] Given) Through(Derainer derainer, float[] seen, int width, int height)
    {
        using var planes = derainer.ForClips().CreatePlanes(width, height);
        seen.CopyTo(planes.Seen);
        planes.Derain(Token);
        return (planes.GivesRain, planes.Given.ToArray());
    }

    static float[] Background(Derainer derainer, float[] seen, int width, int height)
    {
        var background = new float[3 * width * height];
        var length = background.Length;
        if (derainer.Contract.Frames == 1)
        {
            derainer.Derain(seen, background, width, height, Token);
        }
        else
        {
            derainer.Derain(seen.AsSpan(0, length), seen.AsSpan(length, length), seen.AsSpan(2 * length), background, width, height, Token);
        }
        return background;
    }

    static void AssertIsWhatWasTakenOff(float[] rain, float[] seen, float[] background, double tolerance)
    {
        var frame = seen.AsSpan(seen.Length / 3 / background.Length * background.Length, background.Length);
        Assert.Equal(background.Length, 3 * rain.Length);
        for (var i = 0; i < background.Length; i++)
        {
            Assert.InRange(Math.Abs(frame[i] - rain[i % rain.Length] - background[i]), 0, tolerance);
        }
        Assert.True(rain.Max(Math.Abs) > 1e-4);
    }

    [Theory]
    [InlineData("nlcl.onnx")]
    [InlineData("nlcl-video.onnx")]
    [InlineData("nlcl-lite.onnx")]
    [InlineData("nlcl-lite.int8.onnx")]
    [InlineData("nlcl-unpaired.onnx")]
    public void The_shipped_models_give_the_layer_that_they_would_take_off(string name)
    {
        using var derainer = Derainer.Open(Checkout.PathOf("models", name), Options with { Precision = ModelPrecision.Auto });
        var seen = Seen(derainer, 64, 48);
        var (givesRain, rain) = Through(derainer, seen, 64, 48);
        Assert.True(givesRain);
        AssertIsWhatWasTakenOff(rain, seen, Background(derainer, seen, 64, 48), 1e-5);
    }

    [Fact]
    public void So_do_they_at_a_fraction_of_the_size()
    {
        foreach (var name in new[] { "nlcl.onnx", "nlcl-video.onnx" })
        {
            using var derainer = Derainer.Open(Checkout.PathOf("models", name), Options with { Scale = 2 });
            var seen = Seen(derainer, 96, 64);
            var (givesRain, rain) = Through(derainer, seen, 96, 64);
            Assert.True(givesRain);
            AssertIsWhatWasTakenOff(rain, seen, Background(derainer, seen, 96, 64), 1e-5);
        }
    }

    [Theory]
    [InlineData(false, 1 << 20)]
    [InlineData(true, 1 << 20)]
    [InlineData(false, 600)]
    [InlineData(true, 600)]
    public void Whole_or_in_tiles(bool window, long maxTilePixels)
    {
        using var derainer = Derainer.Open(Write(window ? TinyOnnx.GreyWindow() : TinyOnnx.Grey()), Options with { MaxTilePixels = maxTilePixels });
        Assert.Equal(maxTilePixels < 1000, TileGrid.Plan(Width, Height, derainer.Contract, maxTilePixels).Count > 1);
        var seen = Seen(derainer, Width, Height);
        var (givesRain, rain) = Through(derainer, seen, Width, Height);
        Assert.True(givesRain);
        AssertIsWhatWasTakenOff(rain, seen, Background(derainer, seen, Width, Height), 1e-5);
    }

    [Fact]
    public void Sizes_that_the_network_pads_are_no_matter()
    {
        using var derainer = Derainer.Open(Write(TinyOnnx.Grey(8)), Options);
        var seen = Seen(derainer, Width, Height);
        var (givesRain, rain) = Through(derainer, seen, Width, Height);
        Assert.True(givesRain);
        AssertIsWhatWasTakenOff(rain, seen, Background(derainer, seen, Width, Height), 1e-6);
    }

    public static TheoryData<string> Others => ["identity", "three channels", "one value a picture", "off another picture", "a picture less the frame"];

    [Theory]
    [MemberData(nameof(Others))]
    public void Any_other_network_gives_its_background(string kind)
    {
        TinyOnnx Own() => new() { Metadata = new(TinyOnnx.Contract().ToMetadata()) };
        var model = kind switch
        {
            "identity" => TinyOnnx.Identity(),
            "three channels" => TinyOnnx.Network(),
            "one value a picture" => Own().Node("ReduceMean", ["rainy"], ["rain"], TinyOnnx.Ints("axes", 1, 2, 3), TinyOnnx.Int("keepdims", 1)).Node("Sub", ["rainy", "rain"], ["background"]),
            "off another picture" => Own().Node("Relu", ["rainy"], ["other"]).Node("ReduceMean", ["rainy"], ["rain"], TinyOnnx.Ints("axes", 1)).Node("Sub", ["other", "rain"], ["background"]),
            _ => Own().Node("ReduceMean", ["rainy"], ["grey"], TinyOnnx.Ints("axes", 1)).Node("Sub", ["grey", "rainy"], ["background"]),
        };
        using var derainer = Derainer.Open(Write(model), Options);
        var seen = Seen(derainer, 16, 12);
        var (givesRain, given) = Through(derainer, seen, 16, 12);
        Assert.False(givesRain);
        Assert.Equal(Background(derainer, seen, 16, 12), given);
    }

    [Fact]
    public void A_graph_from_the_cache_gives_the_same()
    {
        var model = Write(TinyOnnx.Grey());
        float[]? first = null;
        for (var i = 0; i < 2; i++)
        {
            using var derainer = Derainer.Open(model, Options with { CacheFolder = _folder["cache"] });
            var seen = Seen(derainer, Width, Height);
            var (givesRain, rain) = Through(derainer, seen, Width, Height);
            Assert.True(givesRain);
            Assert.Equal(first ?? rain, rain);
            AssertIsWhatWasTakenOff(first = rain, seen, Background(derainer, seen, Width, Height), 1e-6);
        }
        // One graph with the subtraction and one without.
        Assert.Equal(2, Directory.GetFiles(_folder["cache"]).Length);
    }

    [Fact]
    public void Packed_frames_lose_the_layer_in_every_channel()
    {
        using var derainer = Derainer.Open(Write(TinyOnnx.Grey()), Options);
        byte[] frame = Noise.Bytes(3 * Width * Height, 2), expected = new byte[frame.Length];
        derainer.Derain(frame, expected, new FrameFormat(Width, Height, PixelFormat.Bgr24), cancellationToken: Token);
        var conversion = FrameConversion.Bgr(Width, Height);
        using var planes = derainer.ForClips().CreatePlanes(Width, Height);
        using var slot = new FrameSlot(frame.Length);
        frame.CopyTo(slot.Samples);
        var converter = conversion.CreateConverter(1);
        converter.ToRgb(slot, planes);
        planes.Derain(Token);
        Assert.True(planes.GivesRain);
        converter.FromRgb(slot, planes);
        for (var i = 0; i < frame.Length; i++)
        {
            Assert.InRange(slot.Samples[i] - expected[i], -1, 1);
        }
        Assert.NotEqual(frame, expected);
    }

    // Neighbours that show the same place, so that nothing is shifted.
    static float[] Seen(Derainer derainer, int width, int height)
    {
        var frame = Noise.Planes(width, height, 1);
        var noise = Noise.Planes(width, height, 2);
        return derainer.Contract.Frames == 1 ? frame : [.. frame.Zip(noise, (a, b) => a + (0.02f * b)), .. frame, .. frame.Zip(noise, (a, b) => a - (0.02f * b))];
    }
}
