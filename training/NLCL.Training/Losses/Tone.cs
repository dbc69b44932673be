using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// How far the tone is off: mean of the square of <c>m(background - clean)</c>, m the mean over squares of <see cref="Side"/> pixels. What rain and veil have added on the whole is
/// ambiguous; a distance of absolute values then settles for the median, which for rain that mostly brightens is too dark, and the square for the mean.
/// </summary>
public static class Tone
{
    /// <summary>Side of the square in pixels.</summary>
    public const int Side = 31;

    /// <param name="background">Restored, <c>[N, 3, H, W]</c>, 0..1.</param>
    /// <param name="clean">The truth, as large.</param>
    public static Tensor Loss(Tensor background, Tensor clean) => LocalMean.Of(background - clean, Side).square().mean();
}
