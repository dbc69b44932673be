namespace NLCL.Training;

/// <summary>One row of the ablation: a change to the options of the full method.</summary>
/// <param name="Name">Short, fit for a folder's name.</param>
/// <param name="Description">What the table says of it.</param>
/// <param name="Change">Makes its options of the full method's.</param>
public sealed record AblationVariant(string Name, string Description, Func<TrainingOptions, TrainingOptions> Change)
{
    /// <summary>Each term off by itself, the terms without pairs off together, replay off, and the forms of the layer contrast.</summary>
    public static IReadOnlyList<AblationVariant> All { get; } =
    [
        new("full", "all terms, layer contrast `symmetric`", options => options with { LayerContrast = LayerContrastSettings.Symmetric }),
        new("no-adversary", "without adversary", options => Weighted(options, weights => weights with { Adversary = 0 })),
        new("no-location", "without location contrast", options => Weighted(options, weights => weights with { LocationContrast = 0 })),
        new("no-layer", "without layer contrast", options => Weighted(options, weights => weights with { LayerContrast = 0 })),
        new("no-contrast", "without both contrasts", options => Weighted(options, weights => weights with { LocationContrast = 0, LayerContrast = 0 })),
        new("no-self-replay", "without pseudo pairs", options => Weighted(options, weights => weights with { SelfReplay = 0 })),
        new("no-structure", "without structural similarity", options => Weighted(options, weights => weights with { StructuralSimilarity = 0 })),
        new("no-self-similarity", "without self-similarity", options => Weighted(options, weights => weights with { SelfSimilarity = 0, Identity = 0, DarkRain = 0 })),
        new("replay-only", "synthetic replay alone", options => Weighted(options, weights => weights with { SelfReplay = 0, SelfSimilarity = 0, Identity = 0, DarkRain = 0, Adversary = 0, LocationContrast = 0, LayerContrast = 0 })),
        new("no-replay", "without any replay; clean pictures must stay", options => Weighted(options, weights => weights with { Replay = 0, StructuralSimilarity = 0, SelfReplay = 0, Identity = 1.2 })),
        new("nothing-but-published", "without any replay and self-similarity", options => Weighted(options, weights => weights with { Replay = 0, StructuralSimilarity = 0, SelfReplay = 0, SelfSimilarity = 0, Identity = 0, DarkRain = 0 })),
        new("cvpr", "all terms, layer contrast `cvpr`", options => options with { LayerContrast = LayerContrastSettings.Cvpr }),
        new("asymmetric", "all terms, layer contrast `asymmetric`", options => options with { LayerContrast = LayerContrastSettings.Asymmetric }),
    ];

    static TrainingOptions Weighted(TrainingOptions options, Func<LossWeights, LossWeights> change) =>
        options with { LayerContrast = LayerContrastSettings.Symmetric, Weights = change(options.Weights) };
}
