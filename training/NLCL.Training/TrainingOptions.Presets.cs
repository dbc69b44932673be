namespace NLCL.Training;

public sealed partial record TrainingOptions
{
    /// <summary>
    /// The derainer that ships: the lean network, synthetic replay in front. A residual network without replay falls into
    /// "no rain at all" within minutes, where location contrast, identity and sparsity are all smallest; so replay carries the
    /// training, and adversary and contrast come in later, lightly, on small batches. The last part looks farther, for veil and tone are large things, and at
    /// what rain leaves as light as it was.
    /// </summary>
    public static TrainingOptions LeanPreset { get; } = new()
    {
        Lean = new() { CoarseDilation = 2 },
        Iterations = 19_000,
        LateAfter = 14_000,
        LateCrop = 192,
        Rain = RainOptions.Balanced,
        // Beside structural similarity no effect of self-similarity was measured (training/README.md), and darkness is part of many a tone.
        Weights = new() { LogError = 0.1, Tone = 40, KeptTone = 30, SelfSimilarity = 0, DarkRain = 0 },
    };

    /// <summary>
    /// A trained lean derainer on somebody's own pictures, in minutes: needs <see cref="TrainingSources.Start"/>. All terms act at once, at a rate that
    /// keeps what was learned.
    /// </summary>
    public static TrainingOptions TunePreset { get; } = new()
    {
        Preset = "tune",
        Iterations = 1_000,
        SelfReplayAfter = 0,
        SelfSimilarityAfter = 0,
        AdversaryAfter = 0,
        ContrastAfter = 0,
        LearningRate = 3e-4,
        WarmUp = 100,
        LogEvery = 20,
        CheckpointEvery = 100,
        ValidateEvery = 250,
        StripEvery = 250,
    };

    /// <summary>
    /// A fifth of the lean derainer's cost, taught by it: needs <see cref="TrainingSources.Teacher"/>. Its terms are the teacher's already, so only
    /// pairs and the teacher remain; the teacher counts for more on rainy pictures, where nothing else says what is rain.
    /// </summary>
    public static TrainingOptions LitePreset { get; } = new()
    {
        Preset = "lite",
        Lean = LeanDerainerOptions.Lite with { CoarseDilation = 2 },
        Iterations = 20_000,
        ReplayBatch = 6,
        LateAfter = 15_000,
        LateCrop = 224,
        Rain = RainOptions.Balanced with { NoRain = 0.22 },
        Weights = new()
        {
            Replay = 3,
            StructuralSimilarity = 4,
            LogError = 0.3,
            Tone = 30,
            KeptTone = 10,
            SelfReplay = 0,
            SelfSimilarity = 0,
            DarkRain = 0,
            Distillation = 20,
            RainyDistillation = 15,
            Adversary = 0,
            LocationContrast = 0,
            LayerContrast = 0,
        },
        // At 2e-3 one of three trainings never got away from giving back what it got, and one fell back into it (DECISIONS.md, 48).
        LearningRate = 1e-3,
        WarmUp = 1_000,
    };

    /// <summary>
    /// A derainer for clips that sees the frames before and behind each one, from the weights of one that sees a frame alone: needs
    /// <see cref="TrainingSources.Start"/>. Development pictures are then the frames of a clip in the order of their names.
    /// </summary>
    public static TrainingOptions VideoPreset { get; } = TunePreset with
    {
        Preset = "video",
        Lean = new() { Frames = 3 },
        Motion = new() { Passing = 0.35, Zoom = 0.5, Light = 0.2 },
        Iterations = 6_000,
        LearningRate = 8e-4,
        WarmUp = 200,
        LogEvery = 100,
        CheckpointEvery = 500,
        ValidateEvery = 1_000,
        StripEvery = 0,
    };

    /// <summary>
    /// The lean network in the paper's setting: rainy pictures, other clean ones, and no pair of any kind, not even synthetic. A network that
    /// subtracts has no consistency to hold it, and adversary and contrasts alone let it run away or fall asleep; so the self-similarity
    /// that they rest on is a target of its own, clean pictures must stay as they are, and the method's terms act on top.
    /// </summary>
    public static TrainingOptions UnpairedPreset { get; } = new()
    {
        Preset = "unpaired",
        Weights = new() { Replay = 0, StructuralSimilarity = 0, SelfReplay = 0, SelfSimilarity = 10, Identity = 2, DarkRain = 2, Adversary = 0.05, LocationContrast = 0.05, LayerContrast = 0.05 },
        Iterations = 600,
        SelfSimilarityAfter = 0,
        SelfSimilarityEvery = 1,
        SimilarPlaces = new SimilarPlacesOptions { ToneSide = 0 }, // nothing else knows how bright a background is
        AdversaryAfter = 100,
        AdversaryEvery = 4,
        ContrastAfter = 100,
        ContrastEvery = 16,
        LearningRate = 2e-3,
        WarmUp = 50,
        LogEvery = 20,
        CheckpointEvery = 100,
        ValidateEvery = 50,
        StripEvery = 100,
    };

    /// <summary>
    /// The published recipe (TPAMI 2024, CVPR 2022): two generators, crops of 256, batch 1, Adam 2e-4 (0.5, 0.999), constant rate
    /// and a linear end, all loss weights 1 but sparsity 0.1, no replay. Meant for a GPU. What differs from the authors' released
    /// code is named where it happens: "Repair" in the trainer's files.
    /// </summary>
    public static TrainingOptions PaperPreset { get; } = new()
    {
        Preset = "paper",
        Model = TrainingModel.Paper,
        Iterations = 210_000,
        Crop = 256,
        UnpairedBatch = 1,
        SmallestScale = 1,
        Discriminator = new PatchDiscriminatorOptions(),
        Weights = LossWeights.Paper,
        AdversaryAfter = 0,
        AdversaryEvery = 1,
        ContrastAfter = 0,
        ContrastEvery = 1,
        LayerContrast = LayerContrastSettings.Cvpr,
        SharedLayerHead = false,
        LocationPatches = 256,
        LocationSampler = new NonLocalSamplerOptions(),
        LearningRate = 2e-4,
        DiscriminatorLearningRate = 2e-4,
        FinalRateShare = 0,
        Schedule = LearningRateSchedule.ConstantThenLinear,
        WarmUp = 0,
        Beta1 = 0.5,
        GradientClip = 0, // the recipe has none
    };

    /// <summary>All parts of the loop within seconds, on tiny networks: for tests and to try out an installation. Learns nothing useful.</summary>
    public static TrainingOptions SmokePreset { get; } = new()
    {
        Preset = "smoke",
        Lean = new LeanDerainerOptions { FineWidth = 8, MiddleWidth = 8, CoarseWidth = 8, CoarseBlocks = 1 },
        Discriminator = new PatchDiscriminatorOptions { Width = 4 },
        Iterations = 8,
        Crop = 64,
        ReplayBatch = 2,
        UnpairedBatch = 1,
        SelfReplayAfter = 0,
        SelfReplayEvery = 2,
        SelfSimilarityAfter = 0,
        SelfSimilarityEvery = 2,
        SimilarPlaces = new SimilarPlacesOptions { Neighbours = 1, Candidates = 2 },
        AdversaryAfter = 0,
        AdversaryEvery = 1,
        ContrastAfter = 0,
        ContrastEvery = 2,
        LocationPatches = 16,
        LayerContrast = new LayerContrastSettings { BackgroundCount = 8, RainCount = 8 },
        WarmUp = 2,
        LogEvery = 1,
        CheckpointEvery = 4,
        ValidateEvery = 4,
        StripEvery = 4,
    };

    /// <summary>The presets by name.</summary>
    public static IReadOnlyDictionary<string, TrainingOptions> Presets { get; } = new Dictionary<string, TrainingOptions>(StringComparer.Ordinal)
    {
        ["lean"] = LeanPreset,
        ["tune"] = TunePreset,
        ["lite"] = LitePreset,
        ["video"] = VideoPreset,
        ["unpaired"] = UnpairedPreset,
        ["paper"] = PaperPreset,
        ["smoke"] = SmokePreset,
    };
}
