using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// A picture whose brightness the rain has not changed keeps it: mean over the batch of <c>|mean(background - clean)|</c> where
/// <c>|mean(rainy - clean)|</c> is below a level of 255, 0 elsewhere. A distance by pixels hardly notices a picture that is a level too dark all over; an eye
/// that flips between two pictures does.
/// </summary>
public static class KeptTone
{
    const double Level = 1 / 255.0;

    /// <param name="rainy"><c>[N, 3, H, W]</c>, 0..1.</param>
    /// <param name="background">What the network makes of it, as large.</param>
    /// <param name="clean">The truth, as large.</param>
    public static Tensor Loss(Tensor rainy, Tensor background, Tensor clean)
    {
        long[] all = [1, 2, 3];
        Tensor kept = (rainy - clean).mean(all).abs().lt(Level).to_type(background.dtype);
        return ((background - clean).mean(all).abs() * kept).mean();
    }
}
