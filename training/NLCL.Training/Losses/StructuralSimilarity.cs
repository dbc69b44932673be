using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// <c>1 - mean SSIM</c> of luma (Wang et al., IEEE TIP 2004): <c>SSIM = (2 μa μb + C1)(2 σab + C2) / ((μa² + μb² + C1)(σa² + σb² + C2))</c> over
/// 11 x 11 Gaussian windows of sigma 1.5 inside the picture, <c>C1 = 0.01²</c>, <c>C2 = 0.03²</c>. Beside <see cref="Charbonnier"/>, whose gradient
/// mostly follows the tone of a whole picture, it counts streaks and texture. Ren et al., PReNet, CVPR 2019, derain with it alone.
/// </summary>
public static class StructuralSimilarity
{
    internal const int Side = 11;

    const double Sigma = 1.5;
    const double C1 = 0.01 * 0.01;
    const double C2 = 0.03 * 0.03;

    static readonly double[] s_window = Gaussian();

    // BT.601, as Quality measures it but for the offset of 16, which only C1 notices.
    static readonly (double Red, double Green, double Blue) s_luma = (0.299, 0.587, 0.114);

    /// <param name="background">Restored, <c>[N, 3, H, W]</c>, 0..1; sides of at least 11.</param>
    /// <param name="clean">The truth, of the same shape.</param>
    /// <returns>0 for equal pictures, at most 2.</returns>
    public static Tensor Loss(Tensor background, Tensor clean)
    {
        (Tensor a, Tensor b) = (Luma(background), Luma(clean));
        Tensor[] means = LocalMean.Weighted(cat([a, b, a.square(), b.square(), a * b], 0), s_window).chunk(5, 0);
        (Tensor meanA, Tensor meanB) = (means[0], means[1]);
        (Tensor squareA, Tensor squareB, Tensor product) = (meanA.square(), meanB.square(), meanA * meanB);
        Tensor above = ((product * 2) + C1) * (((means[4] - product) * 2) + C2);
        Tensor below = (squareA + squareB + C1) * (means[2] - squareA + (means[3] - squareB) + C2);
        return -(above / below).mean() + 1;
    }

    static double[] Gaussian()
    {
        double[] weights = [.. Enumerable.Range(0, Side).Select(at => Math.Exp(-Math.Pow(at - (Side / 2), 2) / (2 * Sigma * Sigma)))];
        return [.. weights.Select(weight => weight / weights.Sum())];
    }

    static Tensor Luma(Tensor picture) =>
        (picture.narrow(1, 0, 1) * s_luma.Red) + (picture.narrow(1, 1, 1) * s_luma.Green) + (picture.narrow(1, 2, 1) * s_luma.Blue);
}
