using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// How many directions a cloud of points really uses. The method claims that look-alike patches of a picture use more of
/// them than patches of rain do; that holds for sparse rain without noise, so measure before leaning on it.
/// </summary>
public static class IntrinsicDimension
{
    /// <summary>
    /// Maximum likelihood from distances to the k nearest neighbours (Levina and Bickel, NIPS 2004), with the inverse
    /// estimates averaged over points (MacKay and Ghahramani, 2005):
    /// <c>1 / mean_i mean_{j&lt;k} ln(T_k(i) / T_j(i))</c>. Few points or many dimensions make it too low.
    /// </summary>
    /// <param name="points"><c>[N, D]</c>, N above <paramref name="neighbours"/>. Of several equal points one is enough: distances of 0 are left out.</param>
    /// <param name="neighbours">k, at least 2; 10 to 20 are usual.</param>
    /// <returns>The dimension; 0 when all points are equal, infinity when all distances are.</returns>
    public static double MaximumLikelihood(Tensor points, int neighbours = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 2);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(points.shape[0], neighbours, nameof(points));
        using var withoutGradient = no_grad();
        var squared = SquaredDistances(points);                                                    // [N, N]
        var (nearest, _) = squared.topk(neighbours, -1, false, true);                              // [N, k]
        var isApart = nearest.gt(0);
        if (!isApart.any().item<bool>())
        {
            return 0;
        }

        // Half the logarithm of squares; the k-th term itself is ln 1 and must not count.
        var logarithms = nearest.masked_fill(isApart.logical_not(), 1).log() * 0.5;
        var farthest = logarithms.narrow(1, neighbours - 1, 1);
        var isCounted = isApart.narrow(1, 0, neighbours - 1).to_type(ScalarType.Float64);
        var ratios = (farthest - logarithms.narrow(1, 0, neighbours - 1)) * isCounted;
        return isCounted.sum().item<double>() / ratios.sum().item<double>();
    }

    /// <summary>The fewest principal components that hold a share of the variance.</summary>
    /// <param name="points"><c>[N, D]</c>, N at least 2; no more than N - 1 components can be found.</param>
    /// <param name="share">Above 0, at most 1.</param>
    /// <returns>Their number; 0 when all points are equal.</returns>
    public static int PrincipalComponents(Tensor points, double share = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        var shares = VarianceShares(points);
        return shares is [0, ..] ? 0 : Array.FindIndex(shares, held => held >= share - 1e-12) + 1;
    }

    /// <summary>How much of the variance the first principal components hold together.</summary>
    /// <param name="points"><c>[N, D]</c>, N at least 2.</param>
    /// <returns>At index i the share of i + 1 components, ascending to 1; min(N, D) of them. All 0 when all points are equal.</returns>
    public static double[] VarianceShares(Tensor points)
    {
        var variances = Variances(points);
        var (total, held) = (variances.Sum(), 0.0);
        return [.. variances.Select(variance => total == 0 ? 0 : (held += variance) / total)];
    }

    /// <summary>
    /// <c>(Σ λ)² / Σ λ²</c> of the principal variances λ: as many as there are when equal, about 1 when one prevails.
    /// </summary>
    /// <param name="points"><c>[N, D]</c>, N at least 2.</param>
    /// <returns>The ratio; 0 when all points are equal.</returns>
    public static double ParticipationRatio(Tensor points)
    {
        var variances = Variances(points);
        var squares = variances.Sum(variance => variance * variance);
        return squares == 0 ? 0 : variances.Sum() * variances.Sum() / squares;
    }

    // Largest first. The smaller of the two products of the centred points with themselves has the same ones.
    static double[] Variances(Tensor points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points.shape[0], 2, nameof(points));
        using var withoutGradient = no_grad();
        var centred = Centred(points);
        var product = points.shape[0] < points.shape[1]
            ? centred.matmul(centred.transpose(0, 1))
            : centred.transpose(0, 1).matmul(centred);
        double[] ascending = linalg.eigvalsh(product / (double)(points.shape[0] - 1)).cpu().data<double>().ToArray();
        return [.. ascending.Reverse().Select(variance => Math.Max(variance, 0))];
    }

    // In double precision: neighbours in a dense cloud would drown in the rounding of the three terms.
    static Tensor SquaredDistances(Tensor points)
    {
        var centred = Centred(points);
        var lengths = centred.square().sum(1);
        var squared = lengths.unsqueeze(0) + lengths.unsqueeze(1) - (centred.matmul(centred.transpose(0, 1)) * 2.0);
        var floor = lengths.mean().item<double>() * 1e-12;
        var self = eye(points.shape[0], dtype: ScalarType.Bool, device: points.device);
        return squared.masked_fill(squared.lt(floor), 0).masked_fill(self, double.PositiveInfinity);
    }

    static Tensor Centred(Tensor points)
    {
        var doubles = points.detach().to_type(ScalarType.Float64);
        return doubles - doubles.mean([0], keepdim: true);
    }
}
