namespace NLCL.Training;

/// <summary>What an import took.</summary>
/// <param name="Run">The run folder.</param>
/// <param name="Taken">Arrays that went into the network.</param>
/// <param name="Parameters">Numbers in them.</param>
/// <param name="HasRain">Whether the file also held the rain layer's generator.</param>
/// <param name="Ignored">Names of arrays that belong to neither generator.</param>
public sealed record WeightImportReport(string Run, int Taken, long Parameters, bool HasRain, IReadOnlyList<string> Ignored);
