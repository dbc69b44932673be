namespace NLCL.Training;

/// <summary>What <see cref="NonLocalSampler"/> compares, where and which it keeps; lengths in pixels of the compared map.</summary>
public sealed record NonLocalSamplerOptions
{
    /// <summary>Side of the compared patches, even. The method's 16 is meant for full resolution; use 8 or 4 on coarser maps.</summary>
    public int PatchSize { get; init; } = 16;

    /// <summary>Side of the square of patch centres around the anchor, even.</summary>
    public int WindowSize { get; init; } = 40;

    /// <summary>
    /// Keep the patches least like the anchor: "reverse" sampling, which the paper's figure shows for negatives where the
    /// released code keeps the most similar.
    /// </summary>
    public bool Farthest { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(PatchSize, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(WindowSize, 2);
        ArgumentOutOfRangeException.ThrowIfNotEqual(PatchSize % 2, 0, nameof(PatchSize));
        ArgumentOutOfRangeException.ThrowIfNotEqual(WindowSize % 2, 0, nameof(WindowSize));
    }
}
