using System.Globalization;

namespace NLCL.Training;

public sealed partial record TrainingOptions
{
    /// <summary>Refuses values that no training can use, and combinations that fail only after hours.</summary>
    /// <exception cref="ArgumentException">A value is outside its range, or two do not fit.</exception>
    public void Validate()
    {
        Lean.Validate();
        Paper.Validate();
        Discriminator.Validate();
        Rain.Validate();
        Enlargement.Validate();
        Motion.Validate();
        Weights.Validate();
        LayerContrast.Validate();
        LocationSampler.Validate();
        LayerSampler.Validate();
        SimilarPlaces.Validate();
        AtLeast(1, (nameof(Iterations), Iterations), (nameof(ReplayBatch), ReplayBatch), (nameof(UnpairedBatch), UnpairedBatch));
        AtLeast(1, (nameof(SelfReplayEvery), SelfReplayEvery), (nameof(SelfSimilarityEvery), SelfSimilarityEvery), (nameof(AdversaryEvery), AdversaryEvery), (nameof(ContrastEvery), ContrastEvery), (nameof(LogEvery), LogEvery));
        AtLeast(1, (nameof(CheckpointEvery), CheckpointEvery), (nameof(ValidateEvery), ValidateEvery));
        AtLeast(0, (nameof(HoldOutEvery), HoldOutEvery));
        AtLeast(0, (nameof(SelfReplayAfter), SelfReplayAfter), (nameof(SelfSimilarityAfter), SelfSimilarityAfter), (nameof(AdversaryAfter), AdversaryAfter), (nameof(ContrastAfter), ContrastAfter), (nameof(LateAfter), LateAfter), (nameof(LateCrop), LateCrop), (nameof(WarmUp), WarmUp));
        AtLeast(0, (nameof(ValidationPictures), ValidationPictures), (nameof(StripEvery), StripEvery));
        Between(0, 1, (nameof(FinalRateShare), FinalRateShare), (nameof(EmaDecay), EmaDecay));
        Between(0, 0.999999, (nameof(Beta1), Beta1), (nameof(DiscriminatorBeta1), DiscriminatorBeta1), (nameof(Beta2), Beta2));
        Between(0.05, 1, (nameof(SmallestScale), SmallestScale));
        Between(1e-9, 1, (nameof(DecayShare), DecayShare));
        Between(0, 1, (nameof(LearningRate), LearningRate), (nameof(DiscriminatorLearningRate), DiscriminatorLearningRate));
        Between(0, double.MaxValue, (nameof(GradientClip), GradientClip));
        if (Weights.RainAdversary > 0 && Weights.Replay == 0) { throw new ArgumentException("Weight 'rainAdversary' compares with synthetic rain: set 'replay' above 0 too."); }
        if (Weights.Replay == 0 && !NeedsRainy)
        {
            throw new ArgumentException("All loss weights are 0: there is nothing to learn.");
        }
        ValidateCrop(nameof(Crop), Crop);
        if (LateCrop > 0) { ValidateCrop(nameof(LateCrop), LateCrop); }
    }

    /// <summary>Whether the losses need pictures of the rainy domain: all but replay do.</summary>
    internal bool NeedsRainy =>
        Weights.SelfReplay + Weights.TeacherOnRainy + Weights.Adversary + Weights.RainAdversary + Weights.LocationContrast + Weights.LayerContrast + Weights.SelfSimilarity + Weights.Identity + Weights.DarkRain + Weights.Consistency + Weights.Sparsity + Weights.AchromaticRain > 0;

    void ValidateCrop(string name, int side)
    {
        int multiple = Model == TrainingModel.Lean ? Lean.Block * (Lean.CoarseBlocks > 0 ? 4 : 2) : 1;
        if (side < 1 || side % multiple != 0) { throw new ArgumentException($"{name} is {side}; the network needs a multiple of {multiple}."); }
        if (Weights.StructuralSimilarity + Weights.IdentityStructure > 0 && side < StructuralSimilarity.Side) { throw new ArgumentException($"{name} is {side}; structural similarity needs {StructuralSimilarity.Side} or more."); }
        if (NeedsRainy && side < PatchDiscriminator.MinimumSide) { throw new ArgumentException($"{name} is {side}; the discriminator needs {PatchDiscriminator.MinimumSide} or more."); }
        if (Weights.SelfSimilarity > 0 && side <= SimilarPlaces.Reach) { throw new ArgumentException($"{nameof(SimilarPlaces)}: a reach of {SimilarPlaces.Reach} needs a larger crop than {side}."); }
        if (Weights.LocationContrast > 0) { CheckGroup(nameof(LocationPatches), LocationPatches, LocationSampler, Model == TrainingModel.Lean ? side / Lean.Block : side); }
        if (Weights.LayerContrast > 0) { CheckGroup(nameof(LayerContrast), Math.Max(LayerContrast.BackgroundCount, LayerContrast.RainCount), LayerSampler, side); }
    }

    static void CheckGroup(string name, int count, NonLocalSamplerOptions sampler, int side)
    {
        if (side < 2 * sampler.PatchSize) { throw new ArgumentException($"{name}: patches of {sampler.PatchSize} pixels need a map of {2 * sampler.PatchSize} or more, and it has {side}; enlarge the crop."); }
        int candidates = new NonLocalSampler(sampler).MinimumCandidates(side, side);
        if (count < 2 || count > candidates) { throw new ArgumentException($"{name}: {count} patches; with this crop there must be 2 to {candidates}."); }
    }

    static void AtLeast(long smallest, params ReadOnlySpan<(string Name, long Value)> all)
    {
        foreach ((string name, long value) in all)
        {
            if (value < smallest) { throw new ArgumentException($"{name} is {value}; it must be {smallest} or more."); }
        }
    }

    static void Between(double smallest, double largest, params ReadOnlySpan<(string Name, double Value)> all)
    {
        foreach ((string name, double value) in all)
        {
            if (!(value >= smallest && value <= largest))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must be {smallest} {(largest == double.MaxValue ? "or more" : $"to {largest}")}."));
            }
        }
    }
}
