namespace NLCL.Training;

/// <summary>Where <see cref="SimilarPlaces"/> looks and how much it compares; lengths in pixels of the picture.</summary>
public sealed record SimilarPlacesOptions
{
    /// <summary>Side of the compared patches, odd. Large enough to see through a streak to what lies behind it.</summary>
    public int PatchSize { get; init; } = 9;

    /// <summary>Side of the square over which the compared picture is averaged first, odd: with 3, places with the same streaks were found, and
    /// the network learned to leave all rain in.</summary>
    public int Blur { get; init; } = 7;

    /// <summary>Largest shift along each axis.</summary>
    public int Reach { get; init; } = 20;

    /// <summary>Smallest shift, along the longer axis: nearer places lie under the same streak.</summary>
    public int Nearest { get; init; } = 5;

    /// <summary>Similar places kept for each pixel, from separate candidates.</summary>
    public int Neighbours { get; init; } = 4;

    /// <summary>Random shifts from which each similar place is chosen.</summary>
    public int Candidates { get; init; } = 8;

    /// <summary>
    /// Root mean square difference of the patches, 0..1, at which a place counts e^(-1/2): what repeats nowhere nearby has no similar
    /// place, and is better left alone than blurred.
    /// </summary>
    public double Tolerance { get; init; } = 0.03;

    /// <summary>
    /// Side of the square whose mean difference <see cref="SelfSimilarity"/> forgives, odd; 0: none. Without it the veil on rainy pictures is
    /// learned to be right.
    /// </summary>
    public int ToneSide { get; init; } = 31;

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        foreach ((string name, int side) in new[] { (nameof(PatchSize), PatchSize), (nameof(Blur), Blur) })
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(side, name);
            ArgumentOutOfRangeException.ThrowIfEqual(side % 2, 0, name);
        }
        ArgumentOutOfRangeException.ThrowIfNegative(ToneSide);
        if (ToneSide > 0) { ArgumentOutOfRangeException.ThrowIfEqual(ToneSide % 2, 0, nameof(ToneSide)); }
        ArgumentOutOfRangeException.ThrowIfNegative(Nearest);
        ArgumentOutOfRangeException.ThrowIfLessThan(Reach, Math.Max(1, Nearest), nameof(Reach));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Neighbours);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Candidates);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Tolerance);
    }
}
