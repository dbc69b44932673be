namespace NLCL.Training;

/// <summary>What the running mean of the weights reaches on development pictures, measured on 8-bit results.</summary>
/// <param name="PsnrY">Mean PSNR of the luma, in dB.</param>
/// <param name="SsimY">Mean SSIM of the luma.</param>
/// <param name="MeanRain">Mean |rainy - background|, 0..1. Falling to 0 means that the network has stopped deraining.</param>
public sealed record DevelopmentFigures(double PsnrY, double SsimY, double MeanRain)
{
    /// <summary>The mean of several sets' figures, each set with the same weight.</summary>
    internal static DevelopmentFigures Mean(IReadOnlyCollection<DevelopmentFigures> sets) =>
        new(sets.Average(set => set.PsnrY), sets.Average(set => set.SsimY), sets.Average(set => set.MeanRain));
}
