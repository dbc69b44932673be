using OpenCvSharp;

namespace NLCL.Training.Tests;

public sealed class SynthesisStreakTests
{
    static readonly StreakParameters s_layer = new() { Length = 30, Width = 1.5, Density = 0.2, Strength = 0.4, Mixing = StreakMixing.Additive, Seed = 99 };

    [Theory]
    [InlineData(StreakSource.Noise, 0)]
    [InlineData(StreakSource.Noise, 25)]
    [InlineData(StreakSource.Noise, -50)]
    [InlineData(StreakSource.Particles, 0)]
    [InlineData(StreakSource.Particles, 30)]
    [InlineData(StreakSource.Particles, -40)]
    public void Streaks_fall_along_their_angle(StreakSource source, double angle)
    {
        // Wide enough for a difference of two pixels to be a derivative.
        var rain = Render(s_layer with { Source = source, Angle = angle, Width = 4, Length = 50 }, 200, 200);
        Assert.Equal(angle, SynthesisPictures.Direction(rain, 200), 3.0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-35)]
    public void Discs_in_focus_fall_along_their_angle_too(double angle)
    {
        var rain = Render(s_layer with { Source = StreakSource.Particles, Discs = true, Angle = angle, Width = 4, Length = 50 }, 200, 200);
        Assert.Equal(angle, SynthesisPictures.Direction(rain, 200), 3.0);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(9)] // drawn coarsely and enlarged
    public void Across_a_disc_in_focus_there_is_as_much_light_as_its_chord_is_long(double width)
    {
        var layer = s_layer with { Source = StreakSource.Particles, Width = width, Length = 90, Density = 0.03 };
        double disc = Edge(Render(layer with { Discs = true }, 400, 200), 400), soft = Edge(Render(layer, 400, 200), 400);
        // Half of the largest chord is reached at 0.93 of the radius: of the width, 0.13 lies in the lower half. A Gaussian profile, cut off at 2.6 deviations, has 0.55 there.
        Assert.InRange(disc, 0.05, 0.3);
        Assert.InRange(soft, 0.45, 0.65);

        // Of the pixels of streaks that stand alone in their row: the share below half of the row's brightest.
        static double Edge(float[] rain, int width)
        {
            int all = 0, low = 0;
            for (int row = 0; row < rain.Length / width; row++)
            {
                var line = rain.AsSpan(row * width, width);
                for (int x = 0; x < width; x++)
                {
                    int end = x;
                    float most = 0;
                    for (; end < width && line[end] > 1e-3f; end++)
                    {
                        most = Math.Max(most, line[end]);
                    }
                    if (most > 0.1f && x > 0 && end < width)
                    {
                        all += end - x;
                        foreach (float value in line[x..end])
                        {
                            low += value < most / 2 ? 1 : 0;
                        }
                    }
                    x = end;
                }
            }
            Assert.True(all > 500);
            return (double)low / all;
        }
    }

    [Theory]
    [InlineData(StreakSource.Noise)]
    [InlineData(StreakSource.Particles)]
    public void More_density_is_more_rain(StreakSource source)
    {
        double before = 0;
        foreach (double density in new[] { 0.01, 0.04, 0.15, 0.5 })
        {
            double covered = Render(s_layer with { Source = source, Density = density }, 160, 160).Count(value => value > 0.02) / (160.0 * 160);
            Assert.True(covered > before * 1.4, $"density {density} covers {covered:0.000}, less than 1.4 times {before:0.000}");
            before = covered;
        }
        Assert.True(before > 0.25);
    }

    [Theory]
    [InlineData(StreakSource.Noise)]
    [InlineData(StreakSource.Particles)]
    public void Every_density_has_streaks_of_about_its_strength(StreakSource source)
    {
        foreach (double density in new[] { 0.05, 0.3, 1.5 })
        {
            var rain = Render(s_layer with { Source = source, Density = density }, 160, 160);
            Array.Sort(rain);
            Assert.InRange(rain[^50], 0.2f, 0.65f);
        }
    }

    [Theory]
    [InlineData(StreakSource.Noise)]
    [InlineData(StreakSource.Particles)]
    public void Streaks_reach_every_border_of_the_picture(StreakSource source)
    {
        var rain = Render(s_layer with { Source = source, Density = 1, Angle = 20 }, 200, 200);
        double whole = rain.Average();
        for (int band = 0; band < 200; band += 20)
        {
            Assert.InRange(rain.Skip(band * 200).Take(20 * 200).Average(), 0.6 * whole, 1.4 * whole);
            Assert.InRange(rain.Where((_, i) => i % 200 / 20 == band / 20).Average(), 0.6 * whole, 1.4 * whole);
        }
    }

    [Theory]
    [InlineData(StreakSource.Noise)]
    [InlineData(StreakSource.Particles)]
    public void Out_of_focus_streaks_are_wider_and_fainter_and_as_bright_in_sum(StreakSource source)
    {
        var layer = s_layer with { Source = source, Density = 0.1, Length = 40 };
        // A margin of the radius is rendered around: the sharp layer begins 6 pixels before the blurred one.
        var sharp = Render(layer, 212, 212);
        var blurred = Render(layer with { Defocus = 6 }, 200, 200);
        Assert.Equal(sharp.Where((_, i) => i % 212 is >= 6 and < 206 && i / 212 is >= 6 and < 206).Average(), blurred.Average(), 0.003);
        Assert.True(blurred.Max() < 0.7 * sharp.Max(), $"{blurred.Max()} of {sharp.Max()}");
        var (x, y) = (100, 100);
        var disc = Enumerable.Range(-6, 13).SelectMany(dy => Enumerable.Range(-6, 13).Select(dx => (dx, dy, weight: Math.Clamp(6.5 - Math.Sqrt((dx * dx) + (dy * dy)), 0, 1)))).ToList();
        double expected = disc.Sum(point => point.weight * sharp[((y + 6 + point.dy) * 212) + x + 6 + point.dx]) / disc.Sum(point => point.weight);
        Assert.Equal(expected, blurred[(y * 200) + x], 1e-4);
    }

    [Theory]
    [InlineData(StreakSource.Noise, 0)]
    [InlineData(StreakSource.Particles, 0)]
    [InlineData(StreakSource.Particles, 35)]
    public void In_a_clip_streaks_move_along_their_angle(StreakSource source, double angle)
    {
        const int Speed = 20, Size = 200;
        var layer = s_layer with { Source = source, Angle = angle, Speed = Speed };
        using var synthesizer = new RainSynthesizer(RainOptions.Mixed);
        using var black = SynthesisPictures.Grey(Size, Size, 0);
        var clip = new RainClip(synthesizer, new("test", [layer], null, 1, 0, 0, 0, Size, 0, 1));
        using var first = clip.Next(black);
        using var second = clip.Next(black);
        int dx = (int)Math.Round(Speed * Math.Sin(angle * Math.PI / 180)), dy = (int)Math.Round(Speed * Math.Cos(angle * Math.PI / 180));
        var (was, now) = (first.Rain.Floats().ToArray(), second.Rain.Floats().ToArray());
        Assert.True(Correlation(was, now, dx, dy) > 0.85);
        Assert.True(Correlation(was, now, -dx + 7, dy) < 0.4);
        Assert.Equal(2, clip.NextIndex);

        static double Correlation(float[] was, float[] now, int dx, int dy)
        {
            double product = 0, a = 0, b = 0;
            for (int y = 40; y < Size - 40; y++)
            {
                for (int x = 40; x < Size - 40; x++)
                {
                    double p = was[(y * Size) + x], q = now[((y + dy) * Size) + x + dx];
                    (product, a, b) = (product + (p * q), a + (p * p), b + (q * q));
                }
            }
            return product / Math.Sqrt(a * b);
        }
    }

    [Fact]
    public void A_panning_camera_bends_the_path_of_the_drops()
    {
        using var synthesizer = new RainSynthesizer(RainOptions.Mixed);
        var falling = new RainParameters("test", [s_layer with { Speed = 10 }], null, 1, 0, 0, 0, 100, 0, 1);
        var layer = new RainClip(synthesizer, falling, panX: 10).Parameters.Layers[0];
        Assert.Equal(-45, layer.Angle, 1e-9);
        Assert.Equal(10 * Math.Sqrt(2), layer.Speed, 1e-9);
    }

    [Fact]
    public void A_drop_before_a_brighter_sky_darkens_it()
    {
        var layer = s_layer with { Source = StreakSource.Particles, Mixing = StreakMixing.Covering, Light = 0.6 };
        Assert.True(Render(layer, 100, 100, 0.9).Min() < -0.05);
        Assert.True(Render(layer, 100, 100, 0.2).Max() > 0.05);
        Assert.True(Render(layer, 100, 100, 0.2).Min() >= -1e-6);
    }

    [Theory]
    [InlineData(StreakMixing.SoftLight)]
    [InlineData(StreakMixing.Overlay)]
    public void Tonal_layers_follow_their_blend_mode(StreakMixing mixing)
    {
        // Without a streak over it, a layer is its ground: the tone of every grey is then one formula.
        var layer = s_layer with { Mixing = mixing, Strength = 0.35, Ground = 0.2, Density = 1e-4 };
        foreach (double grey in new[] { 0.1, 0.3, 0.5, 0.8, 1.0 })
        {
            double mixed = mixing == StreakMixing.SoftLight
                ? grey - ((1 - 0.4) * grey * (1 - grey))
                : grey < 0.5 ? 2 * grey * 0.2 : 1 - (2 * (1 - grey) * 0.8);
            float[] rain = Render(layer, 60, 60, grey);
            Array.Sort(rain);
            Assert.Equal(0.7 * (mixed - grey), rain[rain.Length / 2], 1e-5);
        }
        // A streak lightens where it falls; black stays black in either mode.
        float[] dense = Render(layer with { Density = 0.5 }, 60, 60, 0.4);
        Assert.True(dense.Max() > dense.Min() + 0.1);
        Assert.All(Render(layer with { Density = 0.5 }, 60, 60, 0), value => Assert.Equal(0, value, 1e-6f));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(15, false)]
    [InlineData(15, true)]
    [InlineData(-30, true)]
    public void A_texture_falls_along_the_angle_whatever_its_own_tilt(double angle, bool mirrored)
    {
        string path = Path.Combine(Path.GetTempPath(), $"nlcl-streaks-{Guid.NewGuid():N}.png");
        try
        {
            using (var black = SynthesisPictures.Grey(200, 160, 0))
            using (var bytes = new Mat())
            {
                using var synthesizer = new RainSynthesizer(RainOptions.Mixed);
                var tilted = s_layer with { Source = StreakSource.Particles, Angle = 12, Width = 2.5, Strength = 0.3 };
                using var sample = synthesizer.Render(black, new("test", [tilted], null, 1, 0, 0, 0, 160, 0, 1));
                sample.Rain.ConvertTo(bytes, MatType.CV_8UC1, 255);
                Cv2.ImWrite(path, bytes);
            }
            using var textured = new RainSynthesizer(RainOptions.Mixed, [path]);
            using var dark = SynthesisPictures.Grey(200, 200, 0);
            var layer = s_layer with { Source = StreakSource.Texture, Texture = Path.GetFileName(path), Angle = angle, Mirrored = mirrored, Density = 0.3, Width = 3.2, Length = 60 };
            using var rain = textured.Render(dark, new("test", [layer], null, 1, 0, 0, 0, 200, 0, 1));
            Assert.Equal(angle, SynthesisPictures.Direction(rain.Rain.Floats(), 200), 4.0);
            Assert.InRange(rain.Rain.Floats().ToArray().Max(), 0.3f, 0.45f);
        }
        finally
        {
            File.Delete(path);
        }
    }

    static float[] Render(StreakParameters layer, int width, int height, double background = 0)
    {
        using var synthesizer = new RainSynthesizer(RainOptions.Mixed);
        using var grey = SynthesisPictures.Grey(width, height, background);
        using var sample = synthesizer.Render(grey, new("test", [layer], null, 1, 0, 0, 0, height, 0, 1));
        return sample.Rain.Floats().ToArray();
    }
}
