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
        new("rain-critic", "with a critic of rain layers beside that of backgrounds", options => Weighted(options, weights => weights with { RainAdversary = weights.Adversary })),
        new("kept-tone", "with a term for the tone of what rain left as light as it was", options => Weighted(options, weights => weights with { KeptTone = 30 })),
        new("log-error", "with the logarithm of each picture's error in place of most of the distance", options => Weighted(options, weights => weights with { Replay = 3, LogError = 0.5 })),
        new("tone", "with a term for local means", options => Weighted(options, weights => weights with { Tone = 60 })),
        new("growing", "with crops half as large again in the last quarter, in batches of as many pixels", options => options with { LateAfter = options.Iterations * 3 / 4, LateCrop = options.Crop * 3 / 2 }),
        new("no-adversary", "without adversary", options => Weighted(options, weights => weights with { Adversary = 0 })),
        new("no-location", "without location contrast", options => Weighted(options, weights => weights with { LocationContrast = 0 })),
        new("no-layer", "without layer contrast", options => Weighted(options, weights => weights with { LayerContrast = 0 })),
        new("no-contrast", "without both contrasts", options => Weighted(options, weights => weights with { LocationContrast = 0, LayerContrast = 0 })),
        new("no-self-replay", "without pseudo pairs", options => Weighted(options, weights => weights with { SelfReplay = 0 })),
        new("no-structure", "without structural similarity", options => Weighted(options, weights => weights with { StructuralSimilarity = 0 })),
        new("no-self-similarity", "without self-similarity", options => Weighted(options, weights => weights with { SelfSimilarity = 0, Identity = 0, DarkRain = 0 })),
        new("replay-only", "synthetic replay alone", options => Weighted(options, ReplayAlone)),
        new("no-replay", "without any replay; clean pictures must stay", options => Weighted(options, weights => weights with { Replay = 0, StructuralSimilarity = 0, SelfReplay = 0, Identity = 1.2 })),
        new("nothing-but-published", "without any replay and self-similarity", options => Weighted(options, weights => weights with { Replay = 0, StructuralSimilarity = 0, SelfReplay = 0, SelfSimilarity = 0, Identity = 0, DarkRain = 0 })),
        new("cvpr", "all terms, layer contrast `cvpr`", options => options with { LayerContrast = LayerContrastSettings.Cvpr }),
        new("asymmetric", "all terms, layer contrast `asymmetric`", options => options with { LayerContrast = LayerContrastSettings.Asymmetric }),
    ];

    /// <summary>The default network and changes to it, on synthetic replay alone.</summary>
    public static IReadOnlyList<AblationVariant> Networks { get; } =
    [
        Shaped("default", "the default network", lean => lean),
        Shaped("wide", "48 channels at the finest level", lean => lean with { FineWidth = 48 }),
        Shaped("narrow", "16 channels at the finest level", lean => lean with { FineWidth = 16 }),
        Shaped("deep-fine", "two more blocks at the finest level", lean => lean with { FineEncoderBlocks = 2, FineDecoderBlocks = 2 }),
        Shaped("shallow-fine", "no blocks at the finest level", lean => lean with { FineEncoderBlocks = 0, FineDecoderBlocks = 0 }),
        Shaped("deep-middle", "two more blocks at the middle level", lean => lean with { EncoderBlocks = 2, DecoderBlocks = 2 }),
        Shaped("deep-coarse", "three more blocks at the coarse level", lean => lean with { CoarseBlocks = 6 }),
        Shaped("far", "taps of the coarse blocks 1, 2 and 4 apart", lean => lean with { CoarseDilation = 2 }),
        Shaped("no-coarse", "no coarse level", lean => lean with { CoarseBlocks = 0 }),
        Shaped("quarter", "from a quarter of the resolution on, 64 channels there", lean => lean with { Block = 4, FineWidth = 64 }),
        Shaped("luma", "brightness alone at the first convolution", lean => lean with { Luma = true }),
        Shaped("gated", "gated blocks", lean => lean with { BlockForm = BlockForm.Gated }),
        Shaped("large-kernel", "blocks of 7x7 kernels and 1x1 convolutions, three for one", lean => lean with
        {
            BlockForm = BlockForm.LargeKernel,
            FineEncoderBlocks = 3,
            FineDecoderBlocks = 3,
            EncoderBlocks = 3,
            DecoderBlocks = 3,
            CoarseBlocks = 9,
        }),
        Shaped("merged", "1x1 convolutions beside the blocks' 3x3 ones, merged afterwards", lean => lean with { BlockForm = BlockForm.Merged }),
        Shaped("shuffle", "maps shuffled to the next finer level, not interpolated", lean => lean with { Upsampling = Upsampling.Shuffle }),
        Shaped("colour", "three rain channels", lean => lean with { RainChannels = 3 }),
    ];

    /// <summary>The studies by name: terms of the method, shapes of the network. The first row of each is what the others are compared with.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<AblationVariant>> Studies { get; } = new Dictionary<string, IReadOnlyList<AblationVariant>>(StringComparer.Ordinal)
    {
        ["terms"] = All,
        ["network"] = Networks,
    };

    static LossWeights ReplayAlone(LossWeights weights) =>
        weights with { SelfReplay = 0, SelfSimilarity = 0, Identity = 0, DarkRain = 0, Adversary = 0, RainAdversary = 0, LocationContrast = 0, LayerContrast = 0 };

    static AblationVariant Shaped(string name, string description, Func<LeanDerainerOptions, LeanDerainerOptions> change) => new(name, description, options => options with
    {
        Lean = change(new()),
        Weights = ReplayAlone(options.Weights),
    });

    static TrainingOptions Weighted(TrainingOptions options, Func<LossWeights, LossWeights> change) =>
        options with { LayerContrast = LayerContrastSettings.Symmetric, Weights = change(options.Weights) };
}
