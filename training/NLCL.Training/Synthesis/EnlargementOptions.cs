namespace NLCL.Training;

/// <summary>
/// Which synthetic pictures are enlarged after it rained on them, so that a picture is softer than its size and its streaks are wider: cameras of many pixels behind small lenses, clips
/// that somebody scaled, and drops nearer than any that is drawn. Or reduced: then streaks are thinner than any that is drawn, as in photos of many megapixels on the web.
/// </summary>
public sealed record EnlargementOptions
{
    /// <summary>Probability that a picture, or clip, is enlarged or reduced.</summary>
    public double Probability { get; init; }

    /// <summary>By how much: new side over old; below 1 it is reduced.</summary>
    public ValueRange Factor { get; init; } = new(1.15, 2.2);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Probability, 1);
        Factor.Validate(nameof(Factor), 0.25, 8);
    }
}
