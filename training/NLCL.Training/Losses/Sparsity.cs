using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// Rain covers little: <c>mean |rainy - background|</c>. The paper's figure draws it on the rain layer, the released code
/// applies it to this difference; they agree where the layers add up.
/// </summary>
public static class Sparsity
{
    /// <param name="rainy"><c>[N, 3, H, W]</c>, 0..1. The published weight is for -1..1, where the value is twice as large.</param>
    /// <param name="background"><c>[N, 3, H, W]</c>, 0..1.</param>
    public static Tensor Loss(Tensor rainy, Tensor background) => (rainy - background).abs().mean();
}
