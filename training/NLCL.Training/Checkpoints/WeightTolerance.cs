namespace NLCL.Training;

/// <summary>Where the weights that a network begins with may differ from its own.</summary>
/// <param name="MayLack">First part of the names of weights that may be missing; they stay as they are.</param>
/// <param name="MayAverage">First part of the names of weights that may be there several times, one set of outputs behind the other; their mean is taken.</param>
sealed record WeightTolerance(string MayLack, string MayAverage);
