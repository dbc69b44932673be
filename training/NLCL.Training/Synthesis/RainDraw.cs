namespace NLCL.Training;

/// <summary>Draws the parameters of a picture from the ranges of the options.</summary>
static class RainDraw
{
    public static RainParameters Draw(RainOptions options, int height, IReadOnlyList<string> textures, Random random)
    {
        RainParameters drawn = DrawRain(options, height, textures, random);
        return drawn with { Grading = Grading.Draw(options.Camera.Grading, random), Sharpening = UnsharpMask.Draw(options.Camera, random) };
    }

    static RainParameters DrawRain(RainOptions options, int height, IReadOnlyList<string> textures, Random random)
    {
        if (random.NextDouble() < options.NoRain)
        {
            double tall = options.Scene is null ? 1 : Math.Max(height, options.PictureHeight.Draw(random));
            return options.Scene is not { } dry ? RainParameters.Dry : RainParameters.Dry with
            {
                Scene = DrawScene(dry, dry.Dry, random),
                PictureHeight = tall,
                Top = Math.Floor((tall - height) * random.NextDouble()),
            };
        }
        var kind = Pick(options.Kinds, random);
        var veil = kind.Veil;
        bool tone = random.NextDouble() < veil.ToneProbability;
        var camera = options.Camera;
        double whole = Math.Max(height, options.PictureHeight.Draw(random));
        RainParameters drawn = new(
            kind.Name,
            Layers(kind.Streaks, textures, random),
            random.NextDouble() < veil.Probability ? DrawVeil(veil, random) : null,
            tone ? veil.Contrast.Draw(random) : 1,
            tone ? veil.Brightness.Draw(random) : 0,
            random.NextDouble() < camera.NoiseProbability ? camera.Noise.Draw(random) : 0,
            random.NextDouble() < camera.JpegProbability ? camera.JpegQuality.DrawWhole(random) : 0,
            whole,
            Math.Floor((whole - height) * random.NextDouble()),
            random.NextInt64());
        // Where haze or tone belongs to the rain, the scene behind it has none to keep.
        return options.Scene is not { } scene ? drawn : drawn with { Scene = DrawScene(scene, drawn.Veil is null && !tone ? scene.Rainy : 0, random) };
    }

    static SceneParameters? DrawScene(SceneOptions scene, double probability, Random random)
    {
        bool grey = random.NextDouble() < scene.Grey, look = random.NextDouble() < probability;
        bool tone = look && random.NextDouble() < scene.Look.ToneProbability, haze = look && random.NextDouble() < scene.Look.Probability;
        return !grey && !tone && !haze ? null : new(
            grey,
            tone ? scene.Look.Contrast.Draw(random) : 1,
            tone ? scene.Look.Brightness.Draw(random) : 0,
            haze ? DrawVeil(scene.Look, random) : null);
    }

    static RainKindOptions Pick(IReadOnlyList<RainKindOptions> kinds, Random random)
    {
        double left = kinds.Sum(kind => kind.Weight) * random.NextDouble();
        return kinds.FirstOrDefault(kind => (left -= kind.Weight) < 0) ?? kinds[^1];
    }

    static VeilParameters DrawVeil(VeilOptions veil, Random random) => new(
        veil.Thickness.DrawByFactor(random),
        veil.Airlight.Draw(random),
        veil.Even.Draw(random),
        0.6 * random.NextDouble(),
        new ValueRange(40, 250).DrawByFactor(random),
        random.Next(2) * random.NextDouble(),
        0.5 * random.NextDouble(),
        0.02 * Normal(random, 1),
        random.NextInt64());

    static StreakParameters[] Layers(StreakOptions streaks, IReadOnlyList<string> textures, Random random)
    {
        double main = Angle(0, streaks.AngleSpread, streaks, random);
        bool several = random.NextDouble() < streaks.SeveralDirections;
        // One look for the whole picture: layers differ by depth, not in how hard or bright their drops are.
        double strength = streaks.Strength.DrawByFactor(random), density = random.NextDouble(), light = streaks.Light.Draw(random);
        double gust = random.NextDouble() < streaks.Gusts ? 0.3 + (0.7 * random.NextDouble()) : 0;
        var mixing = random.NextDouble() < streaks.Additive ? StreakMixing.Additive : StreakMixing.Covering;
        var tint = streaks.Tint;
        double red = 1 + (tint * Spread(random)), green = 1 + (tint * Spread(random)), blue = 1 + (tint * Spread(random));
        double farOnly = random.NextDouble() < streaks.FarOnly ? random.NextDouble() : 0;
        int count = streaks.Layers.DrawWhole(random);
        var layers = new StreakParameters[count];
        for (int i = 0; i < count; i++)
        {
            // Drawn only where it can be: kinds without it stay as they were, seed by seed.
            double nearest = streaks.Defocus.Max > 0 ? streaks.Defocus.Draw(random) : 0;
            double nearness = (i + random.NextDouble()) / count;
            double angle = several ? Angle(0, 1.8 * streaks.AngleSpread, streaks, random) : Angle(main, streaks.LayerAngleSpread, streaks, random);
            var layer = Layer(streaks, nearness, count, density, angle, Source(streaks, textures.Count, random), random);
            layers[i] = layer with
            {
                Defocus = nearest * Math.Max(0, (2 * nearness) - 1),
                Discs = streaks.Discs > 0 && random.NextDouble() < streaks.Discs,
                Strength = strength * layer.Strength,
                Mixing = streaks.Tonal > 0 && random.NextDouble() < streaks.Tonal ? Tonal(random) : mixing,
                Ground = streaks.Tonal > 0 ? streaks.Ground.Draw(random) : 0,
                Light = light,
                Gust = gust,
                GustSize = new ValueRange(30, 250).DrawByFactor(random),
                FarOnly = farOnly * (1 - nearness),
                Texture = layer.Source == StreakSource.Texture ? textures[random.Next(textures.Count)] : null,
                Red = red,
                Green = green,
                Blue = blue,
            };
        }
        return layers;
    }

    static StreakParameters Layer(StreakOptions streaks, double nearness, int count, double density, double angle, StreakSource source, Random random)
    {
        double length = streaks.Length.AtFactor(Near(nearness, random));
        return new()
        {
            Source = source,
            Angle = angle,
            Nearness = nearness,
            Length = length,
            Width = Math.Min(length, streaks.Width.AtFactor(Near(nearness, random))),
            // Near layers are the thin ones: few drops are close to the lens.
            Density = streaks.Density.AtFactor(density) * (1.5 - nearness) / count,
            Strength = 0.7 + (0.6 * random.NextDouble()),
            Slant = streaks.Slant.Draw(random),
            Softness = random.Next(3) switch { 0 => 0.3, 1 => 1, _ => 2 },
            Floor = streaks.Floor.Draw(random),
            Signed = random.NextDouble() < streaks.Signed,
            Tapered = random.Next(2) == 0,
            Mirrored = random.Next(2) == 0,
            Speed = length / streaks.Shutter.Draw(random),
            Seed = random.NextInt64(),
        };
    }

    static StreakMixing Tonal(Random random) => random.Next(2) == 0 ? StreakMixing.SoftLight : StreakMixing.Overlay;

    static StreakSource Source(StreakOptions streaks, int textures, Random random)
    {
        double textured = textures > 0 ? streaks.Textures : 0;
        double left = (streaks.Noise + streaks.Particles + textured) * random.NextDouble();
        return left < streaks.Noise ? StreakSource.Noise : left < streaks.Noise + streaks.Particles ? StreakSource.Particles : StreakSource.Texture;
    }

    static double Near(double nearness, Random random) => Math.Clamp((0.6 * nearness) + (0.4 * random.NextDouble()), 0, 1);

    static double Angle(double centre, double spread, StreakOptions streaks, Random random) =>
        Math.Clamp(centre + Normal(random, spread), -streaks.MaxAngle, streaks.MaxAngle);

    static double Spread(Random random) => (2 * random.NextDouble()) - 1;

    static double Normal(Random random, double spread) =>
        spread * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}
