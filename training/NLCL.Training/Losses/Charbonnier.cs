using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// <c>mean(√((a - b)² + ε²) - ε)</c>: the absolute difference, smooth at zero (Charbonnier et al., ICIP 1994). For pairs,
/// which here means synthetic rain.
/// </summary>
public static class Charbonnier
{
    /// <summary>Differences below a quarter of an 8-bit step count as squares.</summary>
    public const double DefaultEpsilon = 1e-3;

    /// <param name="background">Restored, <c>[N, 3, H, W]</c>, 0..1.</param>
    /// <param name="clean">The truth, of the same shape.</param>
    /// <param name="epsilon">Where squares turn into absolute values.</param>
    public static Tensor Loss(Tensor background, Tensor clean, double epsilon = DefaultEpsilon) =>
        Length(background - clean, epsilon).mean() - epsilon;

    /// <summary><c>√(d² + ε²)</c> of each difference: ε where there is none.</summary>
    internal static Tensor Length(Tensor difference, double epsilon) => (difference.square() + (epsilon * epsilon)).sqrt();
}
