using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// Rain adds about the same to R, G and B: <c>mean |rain - mean over channels of rain|</c>. Our own form of the channel
/// consistency that unsupervised successors of the method use; absolute, so that a few coloured pixels cost little.
/// </summary>
public static class AchromaticRain
{
    /// <param name="rain"><c>[N, C, H, W]</c>, signed; a single channel costs nothing.</param>
    public static Tensor Loss(Tensor rain) => (rain - rain.mean([1], keepdim: true)).abs().mean();
}
