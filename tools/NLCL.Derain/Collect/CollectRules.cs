namespace NLCL.Derain;

/// <summary>What a frame must be like to be taken. What the numbers were set by: README of tools.</summary>
sealed record CollectRules
{
    /// <summary>Seconds of a clip of which at most one frame, the sharpest, is looked at.</summary>
    public double Every { get; init; } = 1;

    /// <summary>Least <see cref="FrameMeasures.Sharpness"/>.</summary>
    public double Sharpness { get; init; } = 0.08;

    /// <summary>Least mean of the model's rain layer, in levels of 255.</summary>
    public double Rain { get; init; } = 1;

    /// <summary>Frames whose hashes differ in fewer bits count as the same.</summary>
    public int Distance { get; init; } = 10;

    /// <summary>Share of a picture that is exchanged from one frame to the next at a cut.</summary>
    public double Cut { get; init; } = 0.4;

    /// <summary>Most frames of one source; 0: any number.</summary>
    public int Most { get; init; } = 20;

    /// <summary>Frames of which a background is estimated; 0: none.</summary>
    public int Window { get; init; }

    /// <summary>Quantile over time that is taken for the background: below one half, since rain brightens.</summary>
    public double Quantile { get; init; } = 0.35;
}
