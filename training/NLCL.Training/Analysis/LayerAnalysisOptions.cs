namespace NLCL.Training;

/// <summary>How <see cref="LayerAnalysis"/> takes its groups of patches.</summary>
public sealed record LayerAnalysisOptions
{
    /// <summary>Groups of each layer in each picture, every one around an anchor of its own.</summary>
    public int GroupsPerPicture { get; init; } = 4;

    /// <summary>Patches of a group: the 128 most similar, as the method takes them of the rain.</summary>
    public int Patches { get; init; } = 128;

    /// <summary>Where patches are looked for, and how large they are.</summary>
    public NonLocalSamplerOptions Sampler { get; init; } = new();

    /// <summary>Numbers of neighbours k at which the maximum likelihood is taken; ascending.</summary>
    public IReadOnlyList<int> Neighbours { get; init; } = [3, 5, 8, 12, 16, 20, 28, 40, 60];

    /// <summary>The k of the figures in a table, out of <see cref="Neighbours"/>; 20 is usual for images.</summary>
    public int TableNeighbours { get; init; } = 20;

    /// <summary>A group of rain whose values spread by less (standard deviation, 0..1) holds no rain and is left out: a quarter of an 8-bit step.</summary>
    public double SmallestSpread { get; init; } = 0.25 / 255;

    /// <summary>Most pictures, evenly spread over the folder; 0: all.</summary>
    public int Pictures { get; init; }

    /// <summary>Decides the anchors.</summary>
    public int Seed { get; init; } = 1;

    /// <exception cref="ArgumentException">A value is outside its range, or two do not fit.</exception>
    public void Validate()
    {
        Sampler.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(GroupsPerPicture, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Pictures);
        if (Neighbours.Count == 0 || Neighbours[0] < 2 || Neighbours.Zip(Neighbours.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new ArgumentException($"{nameof(Neighbours)} must ascend from 2 or more, found [{string.Join(", ", Neighbours)}].");
        }
        if (!Neighbours.Contains(TableNeighbours)) { throw new ArgumentException($"{nameof(TableNeighbours)} is {TableNeighbours}, which is none of {nameof(Neighbours)}."); }
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Patches, Neighbours[^1]);
    }
}
