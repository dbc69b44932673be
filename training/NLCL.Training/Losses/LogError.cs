using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// What PSNR counts: mean over the pictures of <c>log10(mean((background - clean)²) + floor)</c>, a tenth of the negative decibels. An error counts by how
/// large it is beside the others of its picture, so light rain is worth as much as heavy rain, whose errors lead any mean over pixels.
/// </summary>
public static class LogError
{
    /// <summary>Pictures nearer than this are as good as done: 40 dB. Without it pictures without rain would count for ever more.</summary>
    public const double Floor = 1e-4;

    /// <param name="background">Restored, <c>[N, 3, H, W]</c>, 0..1.</param>
    /// <param name="clean">The truth, as large.</param>
    public static Tensor Loss(Tensor background, Tensor clean)
    {
        long[] all = [1, 2, 3];
        return ((background - clean).square().mean(all) + Floor).log10().mean();
    }
}
