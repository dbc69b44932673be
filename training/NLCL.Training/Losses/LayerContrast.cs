using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// Background and rain differ: patches of one layer are to be near each other and far from those of the other.
/// </summary>
/// <remarks>
/// A supervised contrast (Khosla et al., NeurIPS 2020) with the layer as label, as in Ye et al., CVPR 2022. With A all
/// embeddings of both layers and P(i) the other members of i's layer, an anchor i costs
/// <code>
/// each: -1/|P(i)| Σ_p log( exp(z_i·z_p/τ) / Σ_{a≠i} exp(z_i·z_a/τ) )
/// any:  -log( 1/|P(i)| Σ_p exp(z_i·z_p/τ) / Σ_{a≠i} exp(z_i·z_a/τ) )
/// </code>
/// and the loss is <c>w_B mean over backgrounds + w_R mean over rain</c>, each side with its own form, weight and τ. With
/// "each" on both sides and weights in proportion to the counts it is the released loss.
/// </remarks>
public static class LayerContrast
{
    /// <param name="background">Embeddings of background patches, length one: <c>[N, J, D]</c>, J at least 2.</param>
    /// <param name="rain">Embeddings of rain patches: <c>[N, K, D]</c>, K at least 2. Pictures are not mixed.</param>
    /// <param name="settings">Weights, forms and temperatures; the counts in it are for the sampler and not checked here.</param>
    /// <returns>A scalar, the mean over pictures.</returns>
    public static Tensor Loss(Tensor background, Tensor rain, LayerContrastSettings? settings = null)
    {
        settings ??= LayerContrastSettings.Asymmetric;
        settings.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(background.shape[1], 2, nameof(background));
        ArgumentOutOfRangeException.ThrowIfLessThan(rain.shape[1], 2, nameof(rain));
        return (Side(background, rain, settings.BackgroundTemperature, settings.BackgroundPooling) * settings.BackgroundWeight)
            + (Side(rain, background, settings.RainTemperature, settings.RainPooling) * settings.RainWeight);
    }

    /// <summary>The mean over an encoder's taps.</summary>
    public static Tensor Loss(
        IReadOnlyList<Tensor> backgrounds, IReadOnlyList<Tensor> rains, LayerContrastSettings? settings = null) =>
        stack([.. backgrounds.Zip(rains, (background, rain) => Loss(background, rain, settings))]).mean();

    static Tensor Side(Tensor anchors, Tensor others, double temperature, PositivePooling pooling)
    {
        var count = anchors.shape[1];
        var self = eye(count, dtype: ScalarType.Bool, device: anchors.device);                      // [K, K]
        var same = anchors.matmul(anchors.transpose(1, 2)) / temperature;                           // [N, K, K]
        var positives = same.masked_fill(self, float.NegativeInfinity);
        var different = anchors.matmul(others.transpose(1, 2)) / temperature;                       // [N, K, J]
        var all = cat([positives, different], -1).logsumexp(-1);                                    // [N, K]
        var pooled = pooling == PositivePooling.EachPositive
            ? (same.sum(-1) - same.diagonal(0, 1, 2)) / (count - 1)
            : positives.logsumexp(-1) - Math.Log(count - 1);
        return (all - pooled).mean();
    }
}
