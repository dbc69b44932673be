namespace NLCL.Training;

/// <summary>
/// How pictures are developed after it rained on them: white balance, exposure, gamma, contrast, colour. Cameras and editors do that to rain and scene alike, so the rainy and the clean picture get the
/// same, dry ones too. It makes rain of other strength and tint than any that is drawn.
/// </summary>
public sealed record GradingOptions
{
    /// <summary>Probability that a picture, or clip, is graded.</summary>
    public double Probability { get; init; }

    /// <summary>Each of the five is done to half of those. Red is multiplied by 1 + this, blue by 1 - this.</summary>
    public ValueRange Warmth { get; init; } = new(-0.2, 0.2);

    /// <summary>All channels are multiplied by it.</summary>
    public ValueRange Exposure { get; init; } = new(0.35, 1.3);

    /// <summary>Values are taken to this power.</summary>
    public ValueRange Gamma { get; init; } = new(0.7, 1.5);

    /// <summary>Factor around mid-grey.</summary>
    public ValueRange Contrast { get; init; } = new(0.6, 1.35);

    /// <summary>Factor around each pixel's own grey.</summary>
    public ValueRange Saturation { get; init; } = new(0.5, 1.6);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Probability, 1);
        Warmth.Validate(nameof(Warmth), -0.9, 0.9);
        Exposure.Validate(nameof(Exposure), 0.01, 10);
        Gamma.Validate(nameof(Gamma), 0.1, 10);
        Contrast.Validate(nameof(Contrast), 0.01, 10);
        Saturation.Validate(nameof(Saturation), 0, 10);
    }
}
