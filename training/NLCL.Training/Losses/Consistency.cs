using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// Both layers add up to the picture: <c>mean((background + rain - rainy)²)</c> (Ye et al., CVPR 2022). Zero by construction
/// for a network that subtracts.
/// </summary>
public static class Consistency
{
    /// <param name="background"><c>[N, 3, H, W]</c>, 0..1.</param>
    /// <param name="rain"><c>[N, 1 or 3, H, W]</c>, signed.</param>
    /// <param name="rainy"><c>[N, 3, H, W]</c>, 0..1. The published weight is for -1..1, where the value is four times as large.</param>
    public static Tensor Loss(Tensor background, Tensor rain, Tensor rainy) => (background + rain - rainy).square().mean();
}
