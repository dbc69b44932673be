namespace NLCL.Training;

/// <summary>
/// The pictures of one iteration, each array [count, 3, side, side], RGB, 0..1. Arrays of length 0 are not needed in this iteration.
/// </summary>
/// <param name="Side">Side of the crops in pixels.</param>
/// <param name="Rainy">Rainy crops of the rainy domain.</param>
/// <param name="Clean">Clean crops, unrelated to the rainy ones.</param>
/// <param name="SyntheticRainy">Clean crops with synthetic rain; of a network that sees neighbouring frames [count, 9, side, side].</param>
/// <param name="SyntheticClean">What a perfect derainer makes of them.</param>
sealed record TrainingBatch(int Side, float[] Rainy, float[] Clean, float[] SyntheticRainy, float[] SyntheticClean);
