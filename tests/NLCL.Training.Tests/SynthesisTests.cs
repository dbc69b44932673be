using OpenCvSharp;

namespace NLCL.Training.Tests;

public sealed class SynthesisTests
{
    static readonly CameraOptions s_perfect = CameraOptions.Perfect;

    public static TheoryData<string> Kinds => [.. RainOptions.Names];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_seed_gives_the_same_picture(string kind)
    {
        using var synthesizer = new RainSynthesizer(RainOptions.Named(kind));
        using var clean = SynthesisPictures.Hills(96, 80);
        using var one = synthesizer.Synthesize(clean, new Random(7));
        using var two = synthesizer.Synthesize(clean, new Random(7));
        using var other = synthesizer.Synthesize(clean, new Random(8));
        Assert.Equal(one.Rainy.Floats().ToArray(), two.Rainy.Floats().ToArray());
        Assert.NotEqual(one.Rainy.Floats().ToArray(), other.Rainy.Floats().ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Values_stay_within_0_and_1_and_the_clean_picture_as_it_was(string kind)
    {
        using var synthesizer = new RainSynthesizer(RainOptions.Named(kind));
        using var clean = SynthesisPictures.Hills(64, 72);
        var before = clean.Floats().ToArray();
        var random = new Random(3);
        for (int i = 0; i < 20; i++)
        {
            using var sample = synthesizer.Synthesize(clean, random);
            Assert.Equal(clean.Size(), sample.Rainy.Size());
            Assert.Equal(before, sample.Clean.Floats().ToArray());
            foreach (float value in sample.Rainy.Floats())
            {
                Assert.InRange(value, 0f, 1f);
            }
        }
        Assert.Equal(before, clean.Floats().ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_rain_layer_is_what_was_added_where_nothing_was_clipped(string kind)
    {
        using var synthesizer = new RainSynthesizer(RainOptions.Named(kind) with { Camera = s_perfect });
        using var clean = SynthesisPictures.Hills(96, 96);
        var random = new Random(11);
        int compared = 0;
        for (int i = 0; i < 10; i++)
        {
            using var sample = synthesizer.Synthesize(clean, random);
            var rainy = sample.Rainy.Floats();
            var rain = sample.Rain.Floats();
            for (int p = 0; p < rain.Length; p++)
            {
                var pixel = rainy.Slice(3 * p, 3);
                if (pixel[0] is > 0 and < 1 && pixel[1] is > 0 and < 1 && pixel[2] is > 0 and < 1)
                {
                    var was = clean.Floats().Slice(3 * p, 3);
                    Assert.Equal((pixel[0] + pixel[1] + pixel[2] - was[0] - was[1] - was[2]) / 3, rain[p], 1e-5f);
                    compared++;
                }
            }
        }
        Assert.True(compared > 20_000, $"only {compared} pixels were not clipped");
    }

    [Fact]
    public void Without_rain_the_picture_is_identical()
    {
        using var synthesizer = new RainSynthesizer(RainOptions.Named("mixed") with { NoRain = 1 });
        using var clean = SynthesisPictures.Hills(50, 40);
        using var sample = synthesizer.Synthesize(clean, new Random(1));
        Assert.Equal(RainParameters.NoRain, sample.Parameters.Kind);
        Assert.Equal(clean.Floats().ToArray(), sample.Rainy.Floats().ToArray());
        Assert.All(sample.Rain.Floats().ToArray(), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_camera_that_sharpens_does_so_to_both_pictures(double dry)
    {
        CameraOptions camera = s_perfect with { SharpeningProbability = 1, Sharpening = new(1, 1), SharpeningRadius = new(1, 1) };
        using var synthesizer = new RainSynthesizer(RainOptions.Streaks with { NoRain = dry, Scene = null, Camera = camera });
        using var clean = SynthesisPictures.Hills(96, 80);
        using var sample = synthesizer.Synthesize(clean, new Random(7));
        using var plain = synthesizer.Render(clean, sample.Parameters with { Sharpening = null });
        Assert.Equal(new UnsharpMask(1, 1), sample.Parameters.Sharpening);

        Assert.Equal(dry == 1, sample.Rainy.Floats().SequenceEqual(sample.Clean.Floats()));
        int compared = 0;
        foreach ((Mat sharp, Mat soft) in new[] { (sample.Rainy, plain.Rainy), (sample.Clean, plain.Clean), (sample.Rain, plain.Rain) })
        {
            using var blurred = new Mat();
            Cv2.GaussianBlur(soft, blurred, new Size(0, 0), 1);
            for (int i = 0; i < sharp.Floats().Length; i++)
            {
                // What the camera clipped looks otherwise around it.
                if (sharp.Floats()[i] is 0 or 1 || blurred.Floats()[i] is < 0.02f or > 0.98f) { continue; }
                float expected = (2 * soft.Floats()[i]) - blurred.Floats()[i];
                if (expected is < 0 or > 1) { continue; }
                Assert.Equal(expected, sharp.Floats()[i], 0.02f);
                compared++;
            }
        }
        Assert.True(compared > 20_000, $"only {compared} values were not clipped");
        // Nothing is drawn for it where it is not asked for.
        using var without = new RainSynthesizer(RainOptions.Streaks with { NoRain = dry, Scene = null, Camera = s_perfect });
        using var asBefore = without.Synthesize(clean, new Random(7));
        Assert.Equal(plain.Rainy.Floats().ToArray(), asBefore.Rainy.Floats().ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Both_pictures_are_developed_alike(double dry)
    {
        GradingOptions ranges = new() { Probability = 1, Warmth = new(0.2, 0.2), Exposure = new(0.5, 0.5), Gamma = new(1.5, 1.5), Contrast = new(0.8, 0.8), Saturation = new(0, 0) };
        RainOptions Options(CameraOptions camera) => RainOptions.Streaks with { NoRain = dry, Scene = null, Camera = camera };
        using var synthesizer = new RainSynthesizer(Options(s_perfect with { Grading = ranges }));
        using var clean = SynthesisPictures.Hills(48, 40);
        var random = new Random(7);
        List<Grading> drawn = [.. Enumerable.Range(0, 40).Select(_ => synthesizer.Draw(40, random).Grading!)];
        // Each of the five for half of the pictures.
        Assert.All(new Func<Grading, double>[] { grading => grading.Warmth, grading => grading.Exposure, grading => grading.Gamma, grading => grading.Contrast, grading => grading.Saturation },
            part => Assert.InRange(drawn.Count(grading => part(grading) == part(drawn[0])), 8, 32));

        RainParameters parameters = synthesizer.Draw(40, new Random(7)) with { Grading = new(0.2, 0.5, 1.5, 0.8, 0) };
        using var sample = synthesizer.Render(clean, parameters);
        using var plain = synthesizer.Render(clean, parameters with { Grading = null });
        Assert.Equal(dry == 1, sample.Rainy.Floats().SequenceEqual(sample.Clean.Floats()));
        foreach ((Mat graded, Mat own) in new[] { (sample.Rainy, plain.Rainy), (sample.Clean, plain.Clean) })
        {
            for (int at = 0; at < own.Floats().Length; at += 3)
            {
                float[] pixel = [.. own.Floats().Slice(at, 3)];
                if (pixel.Any(value => value is 0 or 1)) { continue; }
                float grey = (MathF.Pow(0.4f * pixel[0], 1.5f) + MathF.Pow(0.5f * pixel[1], 1.5f) + MathF.Pow(0.6f * pixel[2], 1.5f)) / 3;
                Assert.Equal(0.5f + (0.8f * (grey - 0.5f)), graded.Floats()[at], 1e-4f);
            }
        }
        for (int at = 0; at < sample.Rain.Floats().Length; at++) { Assert.Equal(sample.Rainy.Floats()[3 * at] - sample.Clean.Floats()[3 * at], sample.Rain.Floats()[at], 1e-4f); }
        // Nothing is drawn for it where it is not asked for.
        using var without = new RainSynthesizer(Options(s_perfect));
        using var asBefore = without.Synthesize(clean, new Random(7));
        Assert.Equal(plain.Rainy.Floats().ToArray(), asBefore.Rainy.Floats().ToArray());
    }

    [Fact]
    public void A_dry_scene_keeps_its_own_haze_and_tone()
    {
        using var synthesizer = new RainSynthesizer(new RainOptions { NoRain = 1, Scene = new() { Dry = 1, Grey = 0.5 } });
        using var hills = SynthesisPictures.Hills(64, 48);
        var random = new Random(3);
        int grey = 0, flat = 0;
        for (int i = 0; i < 60; i++)
        {
            using var sample = synthesizer.Synthesize(hills, random);
            Assert.True(sample.Rainy.Floats().SequenceEqual(sample.Clean.Floats()));
            Assert.All(sample.Rain.Floats().ToArray(), value => Assert.Equal(0f, value));
            Assert.All(sample.Clean.Floats().ToArray(), value => Assert.InRange(value, 0f, 1f));
            var values = sample.Clean.Floats().ToArray();
            grey += values.Chunk(3).All(pixel => pixel.Max() - pixel.Min() < 1e-5 || sample.Parameters.Scene?.Veil is not null) && sample.Parameters.Scene?.Grey == true ? 1 : 0;
            flat += SynthesisPictures.Deviation(values) < 0.7 * SynthesisPictures.Deviation(hills.Floats()) ? 1 : 0;
        }
        Assert.InRange(grey, 15, 45);
        Assert.InRange(flat, 15, 55);
    }

    [Fact]
    public void Rain_falls_on_the_scene_as_it_looks()
    {
        using var hills = SynthesisPictures.Hills(64, 48);
        using var synthesizer = new RainSynthesizer(RainOptions.Streaks with { Scene = new() { Rainy = 1, Grey = 1 } });
        using var sample = synthesizer.Synthesize(hills, new Random(5));
        Assert.NotNull(sample.Parameters.Scene);
        Assert.False(sample.Clean.Floats().SequenceEqual(hills.Floats()));
        Assert.True(sample.Rain.Floats().ToArray().Max() > 0.02f);
        // Kinds with a veil of their own leave the scene's tone alone.
        using var veiled = new RainSynthesizer(RainOptions.Veil with { Scene = new() { Rainy = 1, Grey = 0 } });
        Assert.Null(veiled.Draw(48, new Random(6)).Scene);
    }

    [Fact]
    public void Rain_is_nearly_achromatic()
    {
        var options = RainOptions.Streaks;
        var kind = options.Kinds[0] with { Veil = new() { Probability = 0, ToneProbability = 0 }, Streaks = options.Kinds[0].Streaks with { Additive = 1 } };
        using var synthesizer = new RainSynthesizer(options with { Kinds = [kind], Camera = s_perfect });
        using var grey = SynthesisPictures.Grey(96, 96, 0.2);
        var random = new Random(5);
        for (int i = 0; i < 20; i++)
        {
            using var sample = synthesizer.Synthesize(grey, random);
            foreach (float value in Channels(sample.Rainy.Floats()))
            {
                Assert.InRange(value, -0.021f, 0.021f);
            }
        }

        static IEnumerable<float> Channels(Span<float> rainy)
        {
            var spreads = new List<float>();
            for (int p = 0; p < rainy.Length; p += 3)
            {
                float low = Math.Min(rainy[p], Math.Min(rainy[p + 1], rainy[p + 2])), high = Math.Max(rainy[p], Math.Max(rainy[p + 1], rainy[p + 2]));
                if (high < 1 && high > 0.25f)
                {
                    spreads.Add((high - low) / (high - 0.2f));
                }
            }
            return spreads;
        }
    }

    [Fact]
    public void A_veil_lowers_contrast_and_never_inverts_it()
    {
        using var synthesizer = new RainSynthesizer(RainOptions.Mixed);
        using var clean = SynthesisPictures.Hills(128, 128);
        var thin = new VeilParameters(0.3, 0.8, 1, 0, 100, 0, 0.2, 0, 1);
        using var light = synthesizer.Render(clean, Only() with { Veil = thin });
        using var strong = synthesizer.Render(clean, Only() with { Veil = thin with { Thickness = 1.2 } });
        double before = SynthesisPictures.Deviation(clean.Floats());
        Assert.Equal(before * Math.Exp(-0.3), SynthesisPictures.Deviation(light.Rainy.Floats()), 1e-3);
        Assert.Equal(before * Math.Exp(-1.2), SynthesisPictures.Deviation(strong.Rainy.Floats()), 1e-3);
    }

    [Fact]
    public void A_veil_with_depth_is_thicker_at_the_horizon_than_at_the_lower_edge()
    {
        using var synthesizer = new RainSynthesizer(RainOptions.Mixed);
        using var black = SynthesisPictures.Grey(64, 200, 0);
        using var sample = synthesizer.Render(black, Only() with { Veil = new(1, 0.8, 0, 0.1, 50, 0, 0, 0, 1), PictureHeight = 200 });
        var rain = sample.Rain.Floats().ToArray();
        Assert.True(rain[..(64 * 20)].Average() > 3 * rain[^(64 * 20)..].Average());
    }

    [Fact]
    public void A_crop_sees_its_own_part_of_the_veil()
    {
        using var synthesizer = new RainSynthesizer(RainOptions.Mixed);
        var parameters = Only() with { Veil = new(1, 0.8, 0.2, 0.3, 60, 0, 0.1, 0, 9), PictureHeight = 200 };
        using var picture = SynthesisPictures.Grey(64, 200, 0.1);
        using var crop = SynthesisPictures.Grey(64, 80, 0.1);
        using var whole = synthesizer.Render(picture, parameters);
        using var part = synthesizer.Render(crop, parameters with { Top = 90 });
        Assert.Equal(whole.Rain.Floats().Slice(64 * 90, 64 * 80).ToArray(), part.Rain.Floats().ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void Wrong_options_and_pictures_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new RainSynthesizer(new() { PictureHeight = new(5, 2) }));
        Assert.Throws<ArgumentException>(() => RainOptions.Named("snow"));
        using var synthesizer = new RainSynthesizer(RainOptions.Mixed);
        using var bytes = new Mat(8, 8, MatType.CV_8UC3, Scalar.All(0));
        Assert.Throws<ArgumentException>(() => synthesizer.Synthesize(bytes, new Random(1)));
    }

    static RainParameters Only(params StreakParameters[] layers) => new("test", layers, null, 1, 0, 0, 0, 128, 0, 1);
}
