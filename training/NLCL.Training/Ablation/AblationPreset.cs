namespace NLCL.Training;

/// <summary>Options of the full method on a budget of minutes: for <see cref="AblationStudy"/>.</summary>
public static class AblationPreset
{
    /// <summary>Iterations of a cell unless said otherwise.</summary>
    public const long DefaultIterations = 200;

    /// <summary>
    /// The lean preset's method before its last part with a smaller network, crops of 64, and all terms in every second iteration from early on, so
    /// that each has its say within a few hundred iterations. The running mean forgets fast, for there is little to average over.
    /// </summary>
    /// <param name="iterations">Length of each training.</param>
    public static TrainingOptions Create(long iterations = DefaultIterations) => new()
    {
        Preset = "ablation",
        Lean = new LeanDerainerOptions { FineWidth = 16, MiddleWidth = 32, EncoderBlocks = 1, CoarseBlocks = 0 },
        Discriminator = new PatchDiscriminatorOptions { Width = 16 },
        Iterations = iterations,
        Crop = 64,
        ReplayBatch = 4,
        UnpairedBatch = 2,
        SelfReplayAfter = iterations / 4,
        SelfSimilarityAfter = iterations / 8,
        SelfSimilarityEvery = 2,
        AdversaryAfter = iterations / 8,
        AdversaryEvery = 2,
        ContrastAfter = iterations / 4,
        ContrastEvery = 2,
        LearningRate = 2e-3,
        WarmUp = Math.Max(1, iterations / 20),
        EmaDecay = 0.95,
        LogEvery = Math.Max(1, (int)(iterations / 10)),
        CheckpointEvery = (int)Math.Clamp(iterations, 1, int.MaxValue),
        ValidateEvery = (int)Math.Clamp(iterations, 1, int.MaxValue),
        ValidationPictures = 16,
        StripEvery = 0,
    };
}
