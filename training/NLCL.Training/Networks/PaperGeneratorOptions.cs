namespace NLCL.Training;

/// <summary>Shape of a <see cref="PaperGenerator"/>; the defaults are the published network.</summary>
public sealed record PaperGeneratorOptions
{
    /// <summary>Channels throughout.</summary>
    public int Width { get; init; } = 32;

    /// <summary>Residual blocks.</summary>
    public int Blocks { get; init; } = 16;

    /// <summary>Taps by number in the sequence: 0 is the first convolution, k the k-th residual block. Ascending.</summary>
    public IReadOnlyList<int> Taps { get; init; } = [0, 2, 4, 8, 12];

    /// <summary>
    /// What the output stands for. A network that works in -1..1 gives a background as <c>2b - 1</c> but rain, a
    /// difference of two such pictures, as <c>2r</c>: the way back to 0..1 differs.
    /// </summary>
    public PictureLayer Layer { get; init; } = PictureLayer.Background;

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    /// <exception cref="ArgumentException">The taps are none, not ascending, or beyond the last block.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Blocks, 1);
        if (Taps.Count == 0 || Taps[0] < 0 || Taps[^1] > Blocks || Taps.Zip(Taps.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new ArgumentException($"Taps must ascend within 0..{Blocks}, found [{string.Join(", ", Taps)}].");
        }
    }
}
