namespace NLCL.Training;

/// <summary>
/// What clean pictures may look like by themselves: grey, flat, dark, hazy. A derainer that only ever sees haze and low contrast come with rain takes every
/// such picture for rainy.
/// </summary>
public sealed record SceneOptions
{
    /// <summary>Probability that a picture is made grey, with rain or without.</summary>
    public double Grey { get; init; } = 0.12;

    /// <summary>Probability that a picture which stays dry gets a look of its own.</summary>
    public double Dry { get; init; } = 0.6;

    /// <summary>The same where it rains, of kinds that draw neither veil nor tone.</summary>
    public double Rainy { get; init; } = 0.25;

    /// <summary>Haze and tone of such a look.</summary>
    public VeilOptions Look { get; init; } = new()
    {
        Probability = 0.35,
        Thickness = new(0.1, 1.5),
        Airlight = new(0.4, 0.95),
        ToneProbability = 0.75,
        Contrast = new(0.2, 1.15),
        Brightness = new(-0.2, 0.2),
    };

    internal void Validate()
    {
        foreach ((string name, double probability) in new[] { (nameof(Grey), Grey), (nameof(Dry), Dry), (nameof(Rainy), Rainy) })
        {
            ArgumentOutOfRangeException.ThrowIfNegative(probability, name);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1, name);
        }
        Look.Validate();
    }
}
