using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// Deraining keeps content where it is: the feature at a place of the background is to be nearer to the rainy picture's
/// feature there than to those at the group's other places.
/// </summary>
/// <remarks>
/// The patch contrast of Park et al., ECCV 2020, over places from <see cref="NonLocalSampler"/> (Ye et al., CVPR 2022):
/// <c>l_i = -log( exp(q_i·k_i/τ) / Σ_j exp(q_i·k_j/τ) )</c>, averaged. The published form computes the positive apart and
/// blanks it in the sum with -10, which is the same to within <c>exp(-143)</c>. For a second term on clean pictures, which
/// must come out unchanged, call it again and average.
/// </remarks>
public static class LocationContrast
{
    /// <summary>The method's temperature.</summary>
    public const double DefaultTemperature = 0.07;

    /// <param name="query">Embeddings of the background, length one: <c>[N, K, D]</c>, K at least 2.</param>
    /// <param name="key">Embeddings of the rainy picture at the same places, <c>[N, K, D]</c>; detached here.</param>
    /// <param name="temperature">Above 0.</param>
    /// <returns>A scalar, 0 or more; <c>log K</c> when all features are equal.</returns>
    public static Tensor Loss(Tensor query, Tensor key, double temperature = DefaultTemperature)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.shape[1], 2, nameof(query));
        var similarity = query.matmul(key.detach().transpose(1, 2)) / temperature; // [N, K, K]
        return (similarity.logsumexp(-1) - similarity.diagonal(0, 1, 2)).mean();
    }

    /// <summary>The mean over an encoder's taps.</summary>
    public static Tensor Loss(IReadOnlyList<Tensor> queries, IReadOnlyList<Tensor> keys, double temperature = DefaultTemperature) =>
        stack([.. queries.Zip(keys, (query, key) => Loss(query, key, temperature))]).mean();
}
