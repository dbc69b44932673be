namespace NLCL.Training;

/// <summary>Which networks are trained.</summary>
public enum TrainingModel
{
    /// <summary>One <see cref="LeanDerainer"/>: rain is what it subtracts. This is what ships.</summary>
    Lean,

    /// <summary>Two <see cref="PaperGenerator"/>s, one for each layer, tied by <see cref="Consistency"/>.</summary>
    Paper,
}

/// <summary>How the learning rate falls.</summary>
public enum LearningRateSchedule
{
    /// <summary>Half a cosine from the first iteration to the last.</summary>
    Cosine,

    /// <summary>Constant, then a straight line to the final rate over the last <see cref="TrainingOptions.DecayShare"/> of the run.</summary>
    ConstantThenLinear,
}

/// <summary>
/// Everything that decides what a training does, apart from which pictures it sees. The record is written into the run folder,
/// into each checkpoint and into the exported model. Equal options, pictures and thread counts give equal weights on a CPU.
/// </summary>
public sealed partial record TrainingOptions
{
    /// <summary>Name of the preset that the options started from; for the reader only.</summary>
    public string Preset { get; init; } = "lean";

    /// <summary>Decides the first weights, the crops, the synthetic rain and the patches.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Which networks are trained.</summary>
    public TrainingModel Model { get; init; } = TrainingModel.Lean;

    /// <summary>Sizes of the lean network.</summary>
    public LeanDerainerOptions Lean { get; init; } = new();

    /// <summary>Sizes of the generators of <see cref="TrainingModel.Paper"/>.</summary>
    public PaperGeneratorOptions Paper { get; init; } = new();

    /// <summary>Sizes of the discriminator.</summary>
    public PatchDiscriminatorOptions Discriminator { get; init; } = new() { Width = 32 };

    /// <summary>Frames that the network sees at once.</summary>
    internal int Frames => Model == TrainingModel.Lean ? Lean.Frames : 1;

    /// <summary>Length of the training, in iterations (optimiser steps of the generator).</summary>
    public long Iterations { get; init; } = 18_000;

    /// <summary>Side of the square crops, in pixels.</summary>
    public int Crop { get; init; } = 128;

    /// <summary>
    /// First iteration of the last part of the training: crops of <see cref="LateCrop"/>, and <see cref="LossWeights.KeptTone"/>, which makes a young network timid.
    /// </summary>
    public long LateAfter { get; init; }

    /// <summary>
    /// Side of the crops of the last part, with batches as much smaller as their area is larger; 0: <see cref="Crop"/>. Veil and tone are large things, but what is
    /// learned first, streaks, is learned sooner from many small crops.
    /// </summary>
    public int LateCrop { get; init; }

    /// <summary>Synthetic pictures an iteration; used when <see cref="LossWeights.Replay"/> is not 0.</summary>
    public int ReplayBatch { get; init; } = 9;

    /// <summary>Rainy and clean crops an iteration that the adversary and the contrast see.</summary>
    public int UnpairedBatch { get; init; } = 4;

    /// <summary>
    /// Pictures are shrunk by a random factor between this and 1 before the crop: more scenes, fewer JPEG artefacts. For both
    /// domains alike, or the discriminator would tell them by their sharpness.
    /// </summary>
    public double SmallestScale { get; init; } = 0.6;

    /// <summary>Which synthetic pictures are enlarged after it rained on them.</summary>
    public EnlargementOptions Enlargement { get; init; } = new();

    /// <summary>One in so many clean pictures and streak textures is never trained on (<see cref="HeldBack"/>); 0: all are.</summary>
    public int HoldOutEvery { get; init; } = HeldBack.DefaultEvery;

    /// <summary>Ranges of the synthetic rain.</summary>
    public RainOptions Rain { get; init; } = RainOptions.Mixed;

    /// <summary>What moves in synthetic clips, for a network that sees neighbouring frames.</summary>
    public SceneMotionOptions Motion { get; init; } = new();

    /// <summary>Weights of the losses.</summary>
    public LossWeights Weights { get; init; } = new();

    /// <summary>First iteration with pseudo pairs: before, the network's own rain layers are too full of picture.</summary>
    public long SelfReplayAfter { get; init; } = 6_000;

    /// <summary>Pseudo pairs are made in every so many-th iteration.</summary>
    public int SelfReplayEvery { get; init; } = 3;

    /// <summary>First iteration with self-similarity, identity and dark rain: late, for look-alike places are found in the background.</summary>
    public long SelfSimilarityAfter { get; init; } = 16_000;

    /// <summary>They act in every so many-th iteration: they cost as much as all the rest, and beside structural similarity no effect was measured.</summary>
    public int SelfSimilarityEvery { get; init; } = 8;

    /// <summary>First iteration with the adversary: until then the generator learns from replay alone.</summary>
    public long AdversaryAfter { get; init; } = 4_000;

    /// <summary>The adversary acts in every so many-th iteration; it costs more than the generator.</summary>
    public int AdversaryEvery { get; init; } = 16;

    /// <summary>First iteration with location and layer contrast.</summary>
    public long ContrastAfter { get; init; } = 6_000;

    /// <summary>The contrasts act in every so many-th iteration.</summary>
    public int ContrastEvery { get; init; } = 64;

    /// <summary>How the layer contrast weighs the two layers.</summary>
    public LayerContrastSettings LayerContrast { get; init; } = LayerContrastSettings.Symmetric;

    /// <summary>
    /// One head embeds both layers. With a head each, as published, the heads alone solve the layer contrast, each by a constant of
    /// its own: measured, the loss sits on its floor log(63) after ten iterations, and nothing is left for the network to learn.
    /// </summary>
    public bool SharedLayerHead { get; init; } = true;

    /// <summary>Patches of one group that the location contrast compares.</summary>
    public int LocationPatches { get; init; } = 64;

    /// <summary>Where the location contrast looks for its patches; lengths in pixels of the network's first tap.</summary>
    public NonLocalSamplerOptions LocationSampler { get; init; } = new() { PatchSize = 8 };

    /// <summary>Where the layer contrast looks for its patches; lengths in pixels of the picture.</summary>
    public NonLocalSamplerOptions LayerSampler { get; init; } = new();

    /// <summary>Where the self-similarity looks for places that look alike.</summary>
    public SimilarPlacesOptions SimilarPlaces { get; init; } = new();

    /// <summary>Learning rate of the generator and the contrast heads at the start.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Learning rate of the discriminator at the start; it falls by the same schedule.</summary>
    public double DiscriminatorLearningRate { get; init; } = 2e-4;

    /// <summary>Share of the first learning rate that is left at the end.</summary>
    public double FinalRateShare { get; init; } = 0.001;

    /// <summary>How the learning rates fall.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Cosine;

    /// <summary>Share of the run over which <see cref="LearningRateSchedule.ConstantThenLinear"/> falls.</summary>
    public double DecayShare { get; init; } = 10.0 / 210;

    /// <summary>Iterations over which the learning rates rise from 0: Adam's first steps are blind.</summary>
    public long WarmUp { get; init; } = 200;

    /// <summary>Adam's decay of the gradient's mean, for the generator.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Adam's decay of the gradient's mean, for the discriminator.</summary>
    public double DiscriminatorBeta1 { get; init; } = 0.5;

    /// <summary>Adam's decay of the gradient's square.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Largest length of the generator's gradient; longer ones are shortened. 0: no limit.</summary>
    public double GradientClip { get; init; } = 1;

    /// <summary>Decay of the running mean of the weights, which is what gets validated and exported.</summary>
    public double EmaDecay { get; init; } = 0.999;

    /// <summary>Metrics are averaged over and written every so many iterations.</summary>
    public int LogEvery { get; init; } = 100;

    /// <summary>A checkpoint is written every so many iterations, and at the end.</summary>
    public int CheckpointEvery { get; init; } = 1_000;

    /// <summary>The development pictures are derained every so many iterations.</summary>
    public int ValidateEvery { get; init; } = 2_000;

    /// <summary>Development pictures per set; 0: all of them.</summary>
    public int ValidationPictures { get; init; }

    /// <summary>A strip (rainy, background, rain) is written every so many iterations; 0: never.</summary>
    public int StripEvery { get; init; } = 1_000;
}
