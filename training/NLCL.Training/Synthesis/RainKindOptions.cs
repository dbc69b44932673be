namespace NLCL.Training;

/// <summary>One kind of rain: its name, how often it is drawn, its streaks and its veil.</summary>
public sealed record RainKindOptions
{
    /// <summary>Name, as written into <see cref="RainParameters"/>.</summary>
    public string Name { get; init; } = "rain";

    /// <summary>Weight against the other kinds of the same <see cref="RainOptions"/>.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The streak layers.</summary>
    public StreakOptions Streaks { get; init; } = new();

    /// <summary>Haze and tone.</summary>
    public VeilOptions Veil { get; init; } = new();

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Weight);
        Streaks.Validate();
        Veil.Validate();
    }
}
