namespace NLCL.Training;

/// <summary>Mean and standard deviation.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="Spread">Standard deviation over the groups (n - 1); 0 for a single one.</param>
public readonly record struct MeanSpread(double Mean, double Spread)
{
    /// <summary>Of some values; NaN of none.</summary>
    public static MeanSpread Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0) { return new MeanSpread(double.NaN, double.NaN); }
        double mean = values.Average();
        return new MeanSpread(mean, values.Count == 1 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)));
    }
}

/// <summary>The intrinsic dimensions of one layer over a folder.</summary>
/// <param name="Groups">How many groups of patches were measured.</param>
/// <param name="MaximumLikelihood">Levina and Bickel's, averaged as MacKay and Ghahramani say, by number of neighbours.</param>
/// <param name="PrincipalComponents">How many hold 95 % of the variance.</param>
/// <param name="ParticipationRatio">See <see cref="IntrinsicDimension.ParticipationRatio"/>.</param>
/// <param name="VarianceShares">Mean share of the variance that the first 1, 2, … components hold.</param>
public sealed record LayerDimensions(
    int Groups, IReadOnlyDictionary<int, MeanSpread> MaximumLikelihood, MeanSpread PrincipalComponents, MeanSpread ParticipationRatio, IReadOnlyList<double> VarianceShares)
{
    internal static LayerDimensions Of(IReadOnlyCollection<GroupDimensions> groups, IReadOnlyList<int> neighbours) => new(
        groups.Count,
        neighbours.Select((count, index) => (count, Mean: Of(groups, group => group.MaximumLikelihood[index]))).ToDictionary(item => item.count, item => item.Mean),
        Of(groups, group => group.PrincipalComponents),
        Of(groups, group => group.ParticipationRatio),
        groups.Count == 0 ? [] : [.. Enumerable.Range(0, groups.Min(group => group.VarianceShares.Length)).Select(index => groups.Average(group => group.VarianceShares[index]))]);

    static MeanSpread Of(IReadOnlyCollection<GroupDimensions> groups, Func<GroupDimensions, double> value) =>
        MeanSpread.Of([.. groups.Select(value).Where(double.IsFinite)]);
}
