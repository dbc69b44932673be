using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>The intrinsic dimensions of one group of look-alike patches.</summary>
/// <param name="Picture">File name.</param>
/// <param name="Layer">Which layer the patches are of.</param>
/// <param name="Spread">Standard deviation of the patches' values, of a picture of 0..1.</param>
/// <param name="MaximumLikelihood">One for each number of neighbours.</param>
/// <param name="PrincipalComponents">How many hold 95 % of the variance.</param>
/// <param name="ParticipationRatio">See <see cref="IntrinsicDimension.ParticipationRatio"/>.</param>
/// <param name="VarianceShares">See <see cref="IntrinsicDimension.VarianceShares"/>.</param>
sealed record GroupDimensions(
    string Picture, PictureLayer Layer, double Spread, double[] MaximumLikelihood, int PrincipalComponents, double ParticipationRatio, double[] VarianceShares)
{
    /// <summary>Measures a group.</summary>
    /// <param name="picture">File name.</param>
    /// <param name="layer">Which layer.</param>
    /// <param name="points">The patches, <c>[K, D]</c>.</param>
    /// <param name="neighbours">Numbers of neighbours.</param>
    public static GroupDimensions Of(string picture, PictureLayer layer, Tensor points, IReadOnlyList<int> neighbours) => new(
        picture,
        layer,
        points.std(unbiased: false).item<float>(),
        [.. neighbours.Select(count => IntrinsicDimension.MaximumLikelihood(points, count))],
        IntrinsicDimension.PrincipalComponents(points),
        IntrinsicDimension.ParticipationRatio(points),
        IntrinsicDimension.VarianceShares(points));
}
