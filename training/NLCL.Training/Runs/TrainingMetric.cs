namespace NLCL.Training;

/// <summary>What is measured in each iteration; the columns of metrics.csv, in this order.</summary>
public enum TrainingMetric
{
    /// <summary>The generator's weighted sum.</summary>
    Total,

    /// <summary>Charbonnier distance on synthetic pictures.</summary>
    Replay,

    /// <summary>One less the structural similarity on synthetic pictures.</summary>
    StructuralSimilarity,

    /// <summary>A tenth of the negative decibels on synthetic pictures.</summary>
    LogError,

    /// <summary>Squared error of local means on synthetic pictures.</summary>
    Tone,

    /// <summary>How far means of synthetic pictures move that rain did not move.</summary>
    KeptTone,

    /// <summary>Charbonnier distance on pseudo pairs.</summary>
    SelfReplay,

    /// <summary>Charbonnier distance to the teacher's backgrounds.</summary>
    Distillation,

    /// <summary>The generator's adversarial loss.</summary>
    Adversary,

    /// <summary>The discriminator's loss; 0.25 is chance.</summary>
    Discriminator,

    /// <summary>Share of the discriminator's patches that it judges right; 0.5 is chance, 1 leaves the generator without a signal.</summary>
    DiscriminatorAccuracy,

    /// <summary>The adversarial loss of rain layers.</summary>
    RainAdversary,

    /// <summary>The rain critic's loss; 0.25 is chance.</summary>
    RainCritic,

    /// <summary>Share of the rain critic's patches that it judges right.</summary>
    RainCriticAccuracy,

    /// <summary>Location contrast with its identity half.</summary>
    LocationContrast,

    /// <summary>Layer contrast.</summary>
    LayerContrast,

    /// <summary>Distance of backgrounds to look-alike places of their rainy pictures.</summary>
    SelfSimilarity,

    /// <summary>Charbonnier distance between clean pictures and what becomes of them.</summary>
    Identity,

    /// <summary>One less the structural similarity of the same two.</summary>
    IdentityStructure,

    /// <summary>Mean of the rain layer's negative part.</summary>
    DarkRain,

    /// <summary>Consistency of the two generators.</summary>
    Consistency,

    /// <summary>Mean |rainy - background|.</summary>
    Sparsity,

    /// <summary>Colour in the rain layer.</summary>
    AchromaticRain,

    /// <summary>Mean |rain| on the rainy domain, 0..1. Falling to 0 means that the network has stopped deraining.</summary>
    MeanRain,

    /// <summary>Mean |rain| on synthetic pictures, 0..1.</summary>
    MeanSyntheticRain,

    /// <summary>Length of the generator's gradient before clipping.</summary>
    GradientLength,

    /// <summary>Learning rate of the generator.</summary>
    LearningRate,

    /// <summary>What <see cref="Replay"/> is of the synthetic rainy pictures as they came in. Where the two stay the same, the network learns nothing.</summary>
    ReplayOfRainy,
}
