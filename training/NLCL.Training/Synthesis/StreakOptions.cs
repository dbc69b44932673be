namespace NLCL.Training;

/// <summary>What the streak layers of one kind of rain may look like. Lengths and widths are pixels, angles degrees.</summary>
public sealed record StreakOptions
{
    /// <summary>How many layers lie over each other (whole numbers).</summary>
    public ValueRange Layers { get; init; } = new(1, 2);

    /// <summary>Weight of layers made of blurred noise, as photo editors make rain.</summary>
    public double Noise { get; init; } = 1;

    /// <summary>Weight of layers made of single streaks with a soft profile.</summary>
    public double Particles { get; init; } = 1;

    /// <summary>Probability that such a layer's drops are discs in focus, whose streaks have sharp edges and ends, in place of the soft profile.</summary>
    public double Discs { get; init; }

    /// <summary>Weight of layers cut out of rendered streak textures; counts only where textures were given.</summary>
    public double Textures { get; init; } = 0.7;

    /// <summary>Standard deviation of the fall direction around the vertical.</summary>
    public double AngleSpread { get; init; } = 15;

    /// <summary>No fall direction leans further than this.</summary>
    public double MaxAngle { get; init; } = 60;

    /// <summary>Standard deviation between the layers of one picture.</summary>
    public double LayerAngleSpread { get; init; } = 2;

    /// <summary>Probability that every layer takes its own direction instead.</summary>
    public double SeveralDirections { get; init; }

    /// <summary>Slant of single streaks against their layer, standard deviation.</summary>
    public ValueRange Slant { get; init; } = new(0, 2);

    /// <summary>Streak length, from the farthest to the nearest layer.</summary>
    public ValueRange Length { get; init; } = new(12, 60);

    /// <summary>Streak width (full width at half height), from the farthest to the nearest layer.</summary>
    public ValueRange Width { get; init; } = new(1, 2.5);

    /// <summary>
    /// Radius of the disc that a point of the nearest drops becomes: the camera is focused on the scene behind them. It falls to 0 half-way to the
    /// farthest layer.
    /// </summary>
    public ValueRange Defocus { get; init; } = new(0, 0);

    /// <summary>How many streaks lie over a pixel on average, all layers together.</summary>
    public ValueRange Density { get; init; } = new(0.05, 0.5);

    /// <summary>Height of a typical bright streak: what it adds, or how far it covers the background.</summary>
    public ValueRange Strength { get; init; } = new(0.15, 0.5);

    /// <summary>Probability that streaks add light; otherwise they cover the background with their own light.</summary>
    public double Additive { get; init; } = 0.5;

    /// <summary>Probability that a layer is blended in soft light or overlay instead, as photo editors' recipes do: the tone of the whole picture then moves with it.</summary>
    public double Tonal { get; init; }

    /// <summary>Grey between the streaks of such a layer.</summary>
    public ValueRange Ground { get; init; } = new(0.1, 0.5);

    /// <summary>Brightness of a covering streak: 1 makes it a screen blend; below the background it darkens.</summary>
    public ValueRange Light { get; init; } = new(0.75, 1);

    /// <summary>Noise layers: where black lies, in standard deviations from the mean.</summary>
    public ValueRange Floor { get; init; } = new(0, 0.8);

    /// <summary>Probability that a noise layer keeps its negative half, and so darkens between the streaks.</summary>
    public double Signed { get; init; }

    /// <summary>Probability that the layers come in gusts: dense here, thin there.</summary>
    public double Gusts { get; init; } = 0.3;

    /// <summary>Probability that far layers are seen before far background only.</summary>
    public double FarOnly { get; init; }

    /// <summary>Largest deviation of a colour channel from grey, as a fraction.</summary>
    public double Tint { get; init; } = 0.01;

    /// <summary>Part of the frame time that the shutter is open: a streak moves on by its length over this each frame.</summary>
    public ValueRange Shutter { get; init; } = new(0.15, 0.6);

    internal void Validate()
    {
        Layers.Validate(nameof(Layers), 1, 16);
        Slant.Validate(nameof(Slant), 0, 45);
        Length.Validate(nameof(Length), 1, 500);
        Width.Validate(nameof(Width), 0.5, 50);
        Defocus.Validate(nameof(Defocus), 0, 20);
        Density.Validate(nameof(Density), 1e-4, 50);
        Strength.Validate(nameof(Strength), 0, 2);
        Light.Validate(nameof(Light), 0, 1);
        Ground.Validate(nameof(Ground), 0, 1);
        Floor.Validate(nameof(Floor), -3, 3);
        Shutter.Validate(nameof(Shutter), 0.01, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Noise);
        ArgumentOutOfRangeException.ThrowIfNegative(Particles);
        ArgumentOutOfRangeException.ThrowIfNegative(Textures);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Noise + Particles);
        ArgumentOutOfRangeException.ThrowIfNegative(AngleSpread);
        ArgumentOutOfRangeException.ThrowIfNegative(LayerAngleSpread);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxAngle, 90);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Tint, 0.1);
    }
}
