using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// A background looks as the rainy picture does where it shows the same thing: <c>Σ w √((b - o')² + ε²) / Σ w - ε</c>, where o' are the rainy
/// picture's pixels at places that look alike (<see cref="SimilarPlaces"/>). Rain falls elsewhere there, so what no two such places share is not
/// worth keeping: the network ends near their median.
/// </summary>
/// <remarks>
/// The self-similarity that the method's contrasts rest on, as a direct target. Learning from noisy observations of the same thing is Lehtinen et al.,
/// Noise2Noise, ICML 2018; look-alike patches as such observations, Buades et al., non-local means, CVPR 2005.
/// </remarks>
public static class SelfSimilarity
{
    /// <param name="background">Restored, <c>[N, 3, H, W]</c>, 0..1.</param>
    /// <param name="places">What <see cref="SimilarPlaces.Find"/> found in the rainy picture.</param>
    /// <param name="toneSide">
    /// Side of the square, odd, whose mean difference is taken off first: look-alike places hide under the same veil, so their tone says nothing
    /// against it. 0: tone counts too.
    /// </param>
    /// <param name="epsilon">Where squares turn into absolute values.</param>
    public static Tensor Loss(
        Tensor background, IReadOnlyList<(Tensor Values, Tensor Trust)> places, int toneSide = 0, double epsilon = Charbonnier.DefaultEpsilon)
    {
        Tensor weighted = places.Select(place => (Charbonnier.Length(Detail(background - place.Values, toneSide), epsilon) - epsilon).mul(place.Trust).sum())
            .Aggregate((sum, next) => sum + next);
        Tensor weights = places.Select(place => place.Trust.sum()).Aggregate((sum, next) => sum + next);
        return weighted / (weights * background.shape[1]).clamp_min(1);
    }

    static Tensor Detail(Tensor difference, int toneSide) => toneSide == 0 ? difference : difference - LocalMean.Of(difference, toneSide);
}
