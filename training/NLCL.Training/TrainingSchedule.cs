namespace NLCL.Training;

/// <summary>What acts in which iteration, and how fast. Pure functions of the options and the 0-based iteration.</summary>
static class TrainingSchedule
{
    /// <summary>Whether the last part of the training has begun.</summary>
    public static bool IsLate(TrainingOptions options, long iteration) => iteration >= options.LateAfter;

    public static int Crop(TrainingOptions options, long iteration) =>
        options.LateCrop > 0 && IsLate(options, iteration) ? options.LateCrop : options.Crop;

    /// <summary>Of a batch of so many crops of <see cref="TrainingOptions.Crop"/>, how many of the iteration's size have as many pixels; one at least.</summary>
    public static int Batch(TrainingOptions options, int count, long iteration)
    {
        double side = (double)Crop(options, iteration) / options.Crop;
        return Math.Max(1, (int)Math.Round(count / (side * side)));
    }

    public static bool KeptToneActs(TrainingOptions options, long iteration) => options.Weights.KeptTone > 0 && IsLate(options, iteration);

    public static bool AdversaryActs(TrainingOptions options, long iteration) =>
        (options.Weights.Adversary > 0 || options.Weights.RainAdversary > 0) && iteration >= options.AdversaryAfter && iteration % options.AdversaryEvery == 0;

    public static bool SelfReplayActs(TrainingOptions options, long iteration) =>
        options.Weights.SelfReplay > 0 && iteration >= options.SelfReplayAfter && iteration % options.SelfReplayEvery == 0;

    public static bool ContrastActs(TrainingOptions options, long iteration) =>
        (options.Weights.LocationContrast > 0 || options.Weights.LayerContrast > 0)
        && iteration >= options.ContrastAfter && iteration % options.ContrastEvery == 0;

    /// <summary>Whether look-alike places teach, and what keeps them in bounds: identity and the penalty on dark rain.</summary>
    public static bool SelfSimilarityActs(TrainingOptions options, long iteration) =>
        (options.Weights.SelfSimilarity > 0 || options.Weights.Identity > 0 || options.Weights.DarkRain > 0)
        && iteration >= options.SelfSimilarityAfter && iteration % options.SelfSimilarityEvery == 0;

    /// <summary>Whether the iteration needs crops of the rainy domain at all.</summary>
    public static bool UnpairedActs(TrainingOptions options, long iteration) =>
        options.Weights.TeacherOnRainy > 0 || SelfReplayActs(options, iteration) || JudgesRainy(options, iteration);

    /// <summary>Whether a loss of the iteration looks at what the network makes of rainy pictures.</summary>
    public static bool JudgesRainy(TrainingOptions options, long iteration) =>
        AdversaryActs(options, iteration) || ContrastActs(options, iteration) || SelfSimilarityActs(options, iteration)
        || options.Weights.Consistency > 0 || options.Weights.Sparsity > 0 || options.Weights.AchromaticRain > 0;

    /// <summary>Factor on every learning rate.</summary>
    public static double RateFactor(TrainingOptions options, long iteration)
    {
        double progress = Math.Clamp((double)iteration / options.Iterations, 0, 1);
        double fall = options.Schedule == LearningRateSchedule.Cosine
            ? (1 + Math.Cos(Math.PI * progress)) / 2
            : Math.Clamp((1 - progress) / options.DecayShare, 0, 1);
        double rise = options.WarmUp > 0 ? Math.Min(1, (iteration + 1.0) / options.WarmUp) : 1;
        return rise * (options.FinalRateShare + ((1 - options.FinalRateShare) * fall));
    }

    /// <summary>Decay of the running mean of the weights: short at first, so that the first weights are soon forgotten.</summary>
    public static double EmaDecay(TrainingOptions options, long iteration) => Math.Min(options.EmaDecay, (1.0 + iteration) / (10 + iteration));
}
