namespace NLCL.Training;

/// <summary>
/// Haze of distant rain, and the tone of a rainy day. The veil follows the atmospheric scattering model:
/// seen = transmission * picture + (1 - transmission) * airlight, transmission = exp(-thickness * depth).
/// </summary>
public sealed record VeilOptions
{
    /// <summary>Probability that there is a veil.</summary>
    public double Probability { get; init; } = 0.5;

    /// <summary>Optical thickness at the farthest point: 0.2 is a breath, 1.5 leaves a fifth of the contrast.</summary>
    public ValueRange Thickness { get; init; } = new(0.1, 0.8);

    /// <summary>Brightness of the haze itself.</summary>
    public ValueRange Airlight { get; init; } = new(0.6, 0.95);

    /// <summary>Part of the thickness that lies evenly over the picture, whatever the depth.</summary>
    public ValueRange Even { get; init; } = new(0, 0.7);

    /// <summary>Probability that contrast and brightness change.</summary>
    public double ToneProbability { get; init; } = 0.3;

    /// <summary>Contrast factor around mid-grey.</summary>
    public ValueRange Contrast { get; init; } = new(0.85, 1.1);

    /// <summary>Added to every value.</summary>
    public ValueRange Brightness { get; init; } = new(-0.06, 0.06);

    internal void Validate()
    {
        Thickness.Validate(nameof(Thickness), 0, 10);
        Airlight.Validate(nameof(Airlight), 0, 1);
        Even.Validate(nameof(Even), 0, 1);
        Contrast.Validate(nameof(Contrast), 0.1, 3);
        Brightness.Validate(nameof(Brightness), -0.5, 0.5);
    }
}
