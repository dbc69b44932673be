using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// The least-squares adversary (Mao et al., ICCV 2017): the discriminator wants 1 for clean pictures and 0 for derained
/// ones, the derainer wants 1 for its own.
/// </summary>
public static class LeastSquaresAdversary
{
    /// <summary><c>½ (mean(derained²) + mean((clean - 1)²))</c>; 0.25 when it cannot tell them apart.</summary>
    /// <param name="clean">The discriminator's judgement of clean pictures, any shape.</param>
    /// <param name="derained">Its judgement of derained pictures that were detached, any shape.</param>
    public static Tensor OfDiscriminator(Tensor clean, Tensor derained) =>
        (derained.square().mean() + (clean - 1).square().mean()) * 0.5;

    /// <summary><c>mean((derained - 1)²)</c>.</summary>
    /// <param name="derained">The discriminator's judgement of derained pictures, any shape.</param>
    public static Tensor OfDerainer(Tensor derained) => (derained - 1).square().mean();

    /// <summary>
    /// Share of judgements on the right side of ½, 0..1: near ½ the discriminator gives no signal, near 1 it wins.
    /// </summary>
    public static Tensor Accuracy(Tensor clean, Tensor derained) =>
        (clean.gt(0.5).to_type(ScalarType.Float32).mean() + derained.le(0.5).to_type(ScalarType.Float32).mean()) * 0.5;
}
