namespace NLCL.Training;

/// <summary>What an exported model says of itself beyond what the run knows.</summary>
public sealed record ModelExportOptions
{
    /// <summary>Name of the model; null: the output file's name.</summary>
    public string? Name { get; init; }

    /// <summary>Licence of the weights, an SPDX name where there is one.</summary>
    public string Licence { get; init; } = "MIT";

    /// <summary>Commit of the code that trained the model.</summary>
    public string Commit { get; init; } = "unknown";

    /// <summary>A sentence for people: what it was trained on, what it is good at; null: made from the run's sources.</summary>
    public string? Description { get; init; }
}
