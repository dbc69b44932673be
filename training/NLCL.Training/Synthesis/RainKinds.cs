namespace NLCL.Training;

/// <summary>The kinds of rain that the presets of <see cref="RainOptions"/> are made of.</summary>
static class RainKinds
{
    // Haze and tone belong to the kinds that are about them: spread thinly over all, they only teach to shift the tone of dry pictures.
    static readonly VeilOptions s_dry = new() { Probability = 0, ToneProbability = 0 };

    public static RainKindOptions Drizzle { get; } = new()
    {
        Name = "drizzle",
        Weight = 0.16,
        Streaks = new() { Layers = new(1, 2), Noise = 0.5, Length = new(6, 45), Width = new(0.8, 2), Density = new(0.01, 0.15), Strength = new(0.1, 0.45), AngleSpread = 12, Light = new(0.6, 1) },
        Veil = s_dry,
    };

    public static RainKindOptions Streaks { get; } = new()
    {
        Name = "streaks",
        Weight = 0.25,
        Streaks = new() { Layers = new(1, 2), Length = new(12, 60), Width = new(0.9, 2.5), Density = new(0.06, 0.8), Strength = new(0.15, 0.55), AngleSpread = 18, Additive = 0.7 },
        Veil = s_dry,
    };

    public static RainKindOptions Heavy { get; } = new()
    {
        Name = "heavy",
        Weight = 0.19,
        Streaks = new() { Layers = new(2, 5), Length = new(12, 70), Width = new(0.9, 3), Density = new(0.45, 2.8), Strength = new(0.3, 0.8), AngleSpread = 20, SeveralDirections = 0.6, Additive = 0.75, Gusts = 0.15 },
        Veil = s_dry,
    };

    public static RainKindOptions Photoshop { get; } = new()
    {
        Name = "photoshop",
        Weight = 0.2,
        Streaks = new() { Layers = new(1, 3), Particles = 0, Textures = 0, Length = new(7, 50), Width = new(0.8, 2.8), Density = new(0.5, 10), Strength = new(0.1, 0.55), AngleSpread = 18, LayerAngleSpread = 5, Additive = 0.6, Tonal = 0.3, Ground = new(0.05, 0.5), Signed = 0.25, Floor = new(-1, 1), Gusts = 0.1 },
        Veil = new() { Probability = 0.05, Thickness = new(0.05, 0.3), Even = new(0.7, 1), ToneProbability = 0.15, Contrast = new(0.85, 1.25), Brightness = new(-0.08, 0.05) },
    };

    public static RainKindOptions Veil { get; } = new()
    {
        Name = "veil",
        Weight = 0.08,
        Streaks = new() { Layers = new(2, 4), Noise = 1.5, Length = new(10, 60), Width = new(0.9, 3), Density = new(0.15, 3), Strength = new(0.08, 0.35), AngleSpread = 15, Gusts = 0.5 },
        Veil = new() { Probability = 1, Thickness = new(0.08, 0.7), Even = new(0.2, 1) },
    };

    public static RainKindOptions City { get; } = new()
    {
        Name = "city",
        Weight = 0.05,
        Streaks = new() { Layers = new(1, 3), Length = new(8, 45), Width = new(0.8, 2), Density = new(0.15, 2.5), Strength = new(0.06, 0.3), AngleSpread = 10, FarOnly = 0.7, Additive = 0.3, Light = new(0.8, 1) },
        Veil = new() { Probability = 1, Thickness = new(0.12, 1.1), Even = new(0, 0.3), ToneProbability = 0.2 },
    };

    public static RainKindOptions Natural { get; } = new()
    {
        Name = "natural",
        Weight = 0.12,
        Streaks = new() { Layers = new(2, 4), Length = new(4, 80), Width = new(0.8, 5), Defocus = new(0, 4), Density = new(0.06, 2.5), Strength = new(0.08, 0.45), AngleSpread = 12, Slant = new(0.5, 4), FarOnly = 0.5, Additive = 0.2, Light = new(0.55, 1), Gusts = 0.6 },
        Veil = new() { Probability = 0.3, Thickness = new(0.08, 0.8), Even = new(0, 0.8), Contrast = new(0.8, 1.05) },
    };

    public static RainKindOptions Near { get; } = new()
    {
        Name = "near",
        Weight = 0.15,
        Streaks = new() { Layers = new(2, 3), Noise = 0.3, Particles = 1.5, Discs = 0.7, Textures = 0.4, Length = new(8, 90), Width = new(0.9, 7), Density = new(0.02, 0.4), Strength = new(0.2, 0.75), AngleSpread = 10, Slant = new(0.2, 3), Additive = 0.2, Light = new(0.55, 1) },
        Veil = s_dry,
    };

    public static IReadOnlyList<RainKindOptions> All { get; } = [Drizzle, Streaks, Heavy, Photoshop, Veil, City, Natural, Near];
}
