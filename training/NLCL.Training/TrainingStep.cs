using TorchSharp;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>One iteration on the networks: the discriminator's step, then the generator's with its contrast heads.</summary>
sealed class TrainingStep(TrainingState state, PartClock clock, IDerainer? teacher = null)
{
    readonly TrainingOptions _options = state.Options;
    readonly IDerainer _network = (IDerainer)state.Network;
    readonly NonLocalSampler _locationSampler = new(state.Options.LocationSampler);
    readonly NonLocalSampler _layerSampler = new(state.Options.LayerSampler);
    readonly SimilarPlaces _similarPlaces = new(state.Options.SimilarPlaces);

    /// <summary>
    /// Runs iteration <see cref="TrainingState.Iteration"/>. A loss or gradient that is not a number leaves the generator and its
    /// heads as they are.
    /// </summary>
    /// <returns>The iteration's measurements, and whether the generator moved.</returns>
    public (StepMetrics Metrics, bool Stepped) Run(TrainingBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        StepMetrics metrics = new();
        double factor = TrainingSchedule.RateFactor(_options, state.Iteration);
        state.SetRates(factor);
        metrics.Add(TrainingMetric.LearningRate, _options.LearningRate * factor);
        List<(TrainingMetric Metric, double Weight, Tensor Loss)> losses = [];
        if (batch.SyntheticRainy.Length > 0) { losses.AddRange(Replay(batch, metrics)); }
        bool contrast = TrainingSchedule.ContrastActs(_options, state.Iteration);
        if (batch.Rainy.Length > 0) { losses.AddRange(Unpaired(batch, contrast, metrics)); }
        return (metrics, StepGenerator(losses, contrast, metrics));
    }

    List<(TrainingMetric Metric, double Weight, Tensor Loss)> Replay(TrainingBatch batch, StepMetrics metrics)
    {
        using PartClock.Part part = clock.Measure("replay");
        Tensor rainy = Upload(batch.SyntheticRainy, batch.Side, _network.Frames);
        (Tensor background, Tensor rain) = _network.Decompose(rainy);
        metrics.Add(TrainingMetric.MeanSyntheticRain, MeanSize(rain));
        Tensor clean = Upload(batch.SyntheticClean, batch.Side);
        LossWeights weights = _options.Weights;
        metrics.Add(TrainingMetric.ReplayOfRainy, Charbonnier.Loss(Frame(rainy), clean).item<float>());
        List<(TrainingMetric, double, Tensor)> losses = [(TrainingMetric.Replay, weights.Replay, Charbonnier.Loss(background, clean))];
        if (weights.StructuralSimilarity > 0) { losses.Add((TrainingMetric.StructuralSimilarity, weights.StructuralSimilarity, StructuralSimilarity.Loss(background, clean))); }
        if (weights.LogError > 0) { losses.Add((TrainingMetric.LogError, weights.LogError, LogError.Loss(background, clean))); }
        if (weights.Tone > 0) { losses.Add((TrainingMetric.Tone, weights.Tone, Tone.Loss(background, clean))); }
        if (TrainingSchedule.KeptToneActs(_options, state.Iteration)) { losses.Add((TrainingMetric.KeptTone, weights.KeptTone, KeptTone.Loss(Frame(rainy), background, clean))); }
        if (weights.Distillation > 0) { losses.Add((TrainingMetric.Distillation, weights.Distillation / 2, Distillation(rainy, background))); }
        return losses;
    }

    // Of a window the middle one.
    Tensor Frame(Tensor rainy) => rainy.narrow(1, _network.Frames / 2 * 3, 3);

    /// <summary>Distance to what the teacher makes of the same pictures (Hinton et al., 2015, for regression).</summary>
    Tensor Distillation(Tensor rainy, Tensor background)
    {
        Tensor taught;
        using (no_grad()) { taught = teacher!.Decompose(rainy).Background; }
        return Charbonnier.Loss(background, taught);
    }

    /// <summary>The discriminator's step, then the losses that know no pairs.</summary>
    List<(TrainingMetric Metric, double Weight, Tensor Loss)> Unpaired(TrainingBatch batch, bool contrast, StepMetrics metrics)
    {
        using PartClock.Part part = clock.Measure("unpaired");
        LossWeights weights = _options.Weights;
        Tensor rainy = Upload(batch.Rainy, batch.Side); // [N, 3, side, side]
        Tensor clean = Upload(batch.Clean, batch.Side);
        List<(TrainingMetric, double, Tensor)> losses = [];
        if (TrainingSchedule.SelfReplayActs(_options, state.Iteration)) { losses.Add((TrainingMetric.SelfReplay, weights.SelfReplay, SelfReplay(rainy, clean))); }
        (Tensor Background, Tensor Rain)? layers = TrainingSchedule.JudgesRainy(_options, state.Iteration) ? _network.Decompose(rainy) : null;
        if (weights.TeacherOnRainy > 0) { losses.Add((TrainingMetric.Distillation, weights.TeacherOnRainy, Distillation(rainy, layers?.Background ?? state.Network.forward(rainy)))); }
        if (layers is not (Tensor background, Tensor rain)) { return losses; }
        metrics.Add(TrainingMetric.MeanRain, MeanSize(rain));
        if (TrainingSchedule.AdversaryActs(_options, state.Iteration))
        {
            if (weights.Adversary > 0) { losses.Add((TrainingMetric.Adversary, weights.Adversary, Judged(background, clean, metrics))); }
            if (weights.RainAdversary > 0) { losses.Add((TrainingMetric.RainAdversary, weights.RainAdversary, JudgedRain(rain, batch, metrics))); }
        }
        if (contrast)
        {
            using Generator anchors = new(StableHash.Of(_options.Seed, RandomStream.Patches, state.Iteration));
            if (weights.LocationContrast > 0) { losses.Add((TrainingMetric.LocationContrast, weights.LocationContrast, Location(rainy, background, clean, anchors))); }
            if (weights.LayerContrast > 0) { losses.Add((TrainingMetric.LayerContrast, weights.LayerContrast, Layers(background, rain, anchors))); }
        }
        if (TrainingSchedule.SelfSimilarityActs(_options, state.Iteration))
        {
            if (weights.SelfSimilarity > 0) { losses.Add((TrainingMetric.SelfSimilarity, weights.SelfSimilarity, Similarity(rainy, background))); }
            if (weights.Identity > 0) { losses.AddRange(Identity(clean)); }
            if (weights.DarkRain > 0) { losses.Add((TrainingMetric.DarkRain, weights.DarkRain, DarkRain.Loss(rain))); }
        }
        if (weights.Consistency > 0) { losses.Add((TrainingMetric.Consistency, weights.Consistency, Consistency.Loss(background, rain, rainy))); }
        if (weights.Sparsity > 0) { losses.Add((TrainingMetric.Sparsity, weights.Sparsity, Sparsity.Loss(rainy, background))); }
        if (weights.AchromaticRain > 0) { losses.Add((TrainingMetric.AchromaticRain, weights.AchromaticRain, AchromaticRain.Loss(rain))); }
        return losses;
    }

    /// <summary>Clean pictures must come out as they are: in level, and in the detail that a derainer may take for rain.</summary>
    IEnumerable<(TrainingMetric Metric, double Weight, Tensor Loss)> Identity(Tensor clean)
    {
        LossWeights weights = _options.Weights;
        Tensor kept = state.Network.forward(clean);
        yield return (TrainingMetric.Identity, weights.Identity, Charbonnier.Loss(kept, clean));
        if (weights.IdentityStructure > 0) { yield return (TrainingMetric.IdentityStructure, weights.IdentityStructure, StructuralSimilarity.Loss(kept, clean)); }
    }

    /// <summary>
    /// Rain that the averaged network takes out of rainy pictures, put onto unrelated clean ones: the rainy domain's own rain, with a truth.
    /// After CSUD (CVPR 2025), which transfers rain in the same way.
    /// </summary>
    Tensor SelfReplay(Tensor rainy, Tensor clean)
    {
        Tensor pseudoRainy;
        using (no_grad())
        {
            Tensor rain = ((IDerainer)state.Averaged).Decompose(rainy).Rain;
            pseudoRainy = (clean + rain).clamp(0, 1);
        }
        return Charbonnier.Loss(_network.Decompose(pseudoRainy).Background, clean);
    }

    /// <summary>The discriminator's step, then its judgement of backgrounds.</summary>
    Tensor Judged(Tensor background, Tensor clean, StepMetrics metrics)
    {
        (double loss, double accuracy) = StepCritic(state.Discriminator, state.DiscriminatorOptimizer, clean, background.detach());
        metrics.Add(TrainingMetric.Discriminator, loss);
        metrics.Add(TrainingMetric.DiscriminatorAccuracy, accuracy);
        return LeastSquaresAdversary.OfDerainer(state.Discriminator.forward(background));
    }

    /// <summary>The same of rain layers, beside those of the synthetic pictures.</summary>
    Tensor JudgedRain(Tensor rain, TrainingBatch batch, StepMetrics metrics)
    {
        Tensor synthetic = (Frame(Upload(batch.SyntheticRainy, batch.Side, _network.Frames)) - Upload(batch.SyntheticClean, batch.Side)).mean([1], keepdim: true);
        Tensor taken = AsPicture(rain.mean([1], keepdim: true));
        (double loss, double accuracy) = StepCritic(state.RainCritic!, state.RainCriticOptimizer!, AsPicture(synthetic), taken.detach());
        metrics.Add(TrainingMetric.RainCritic, loss);
        metrics.Add(TrainingMetric.RainCriticAccuracy, accuracy);
        return LeastSquaresAdversary.OfDerainer(state.RainCritic!.forward(taken));
    }

    static (double Loss, double Accuracy) StepCritic(PatchDiscriminator critic, NamedAdam optimizer, Tensor real, Tensor made)
    {
        optimizer.SetTrainable(true);
        optimizer.ZeroGradients();
        Tensor onReal = critic.forward(real);
        Tensor onMade = critic.forward(made);
        Tensor loss = LeastSquaresAdversary.OfDiscriminator(onReal, onMade);
        loss.backward();
        double value = loss.item<float>();
        if (double.IsFinite(value)) { optimizer.Step(); }
        // In the generator's step the critic only judges: its own gradients would be thrown away.
        optimizer.SetTrainable(false);
        return (value, LeastSquaresAdversary.Accuracy(onReal, onMade).item<float>());
    }

    /// <summary>Places keep their content: half on rainy pictures, half on clean ones, which must come out as they are.</summary>
    Tensor Location(Tensor rainy, Tensor background, Tensor clean, Generator anchors) =>
        (LocationOf(rainy, background, anchors) + LocationOf(clean, state.Network.forward(clean), anchors)) / 2;

    Tensor LocationOf(Tensor input, Tensor output, Generator anchors)
    {
        Tensor[] keys = [.. _network.Features(input).Select(map => map.detach())];
        PatchGroup group = _locationSampler.Sample(keys[0], _options.LocationPatches, anchors);
        return LocationContrast.Loss(state.LocationHead.Embed(_network.Features(output), group), state.LocationHead.Embed(keys, group));
    }

    Tensor Similarity(Tensor rainy, Tensor background)
    {
        Random random = StableHash.Random(_options.Seed, RandomStream.Places, state.Iteration);
        // Looked for in the background as it is now: the better it gets, the less the rain decides what looks alike.
        return SelfSimilarity.Loss(background, _similarPlaces.Find(background, rainy, _similarPlaces.DrawShifts(random)), _options.SimilarPlaces.ToneSide);
    }

    // Signed rain as a picture around mid-grey: what the discriminator, which works in -1..1, then sees is 2 * rain, as published.
    static Tensor AsPicture(Tensor rain) => rain.expand(-1, 3, -1, -1) + 0.5;

    Tensor Layers(Tensor background, Tensor rain, Generator anchors)
    {
        Tensor rainPicture = AsPicture(rain);
        PatchGroup backgrounds = _layerSampler.Sample(background.detach(), _options.LayerContrast.BackgroundCount, anchors);
        PatchGroup rains = _layerSampler.Sample(rainPicture.detach(), _options.LayerContrast.RainCount, anchors);
        state.DiscriminatorOptimizer.SetTrainable(false);
        // Repair: the released code pairs five maps with four tap numbers and so takes raw colours for features; here the taps are the
        // discriminator's four convolutions (PatchDiscriminatorOptions.PictureAsFirstTap brings the old pairing back).
        return LayerContrast.Loss(
            state.BackgroundHead.Embed(state.Discriminator.Features(background), backgrounds),
            (_options.SharedLayerHead ? state.BackgroundHead : state.RainHead).Embed(state.Discriminator.Features(rainPicture), rains),
            _options.LayerContrast);
    }

    bool StepGenerator(List<(TrainingMetric Metric, double Weight, Tensor Loss)> losses, bool contrast, StepMetrics metrics)
    {
        if (losses.Count == 0) { return true; } // an unpaired training before its first loss begins
        Tensor total = losses.Select(item => item.Loss * item.Weight).Aggregate((sum, loss) => sum + loss);
        foreach ((TrainingMetric metric, _, Tensor loss) in losses) { metrics.Add(metric, loss.item<float>()); }
        double value = total.item<float>();
        metrics.Add(TrainingMetric.Total, value);
        if (!double.IsFinite(value)) { return false; }
        using (clock.Measure("backward"))
        {
            state.GeneratorOptimizer.ZeroGradients();
            if (contrast) { state.HeadOptimizer.ZeroGradients(); }
            total.backward();
        }
        using PartClock.Part part = clock.Measure("optimizer");
        double length = nn.utils.clip_grad_norm_(
            state.GeneratorOptimizer.Parameters, _options.GradientClip > 0 ? _options.GradientClip : double.PositiveInfinity);
        metrics.Add(TrainingMetric.GradientLength, length);
        if (!double.IsFinite(length)) { return false; }
        state.GeneratorOptimizer.Step();
        if (contrast) { state.HeadOptimizer.Step(); }
        return true;
    }

    Tensor Upload(float[] pictures, int side, int frames = 1) =>
        tensor(pictures, [pictures.Length / (3 * frames * side * side), 3 * frames, side, side]).to(state.Device);

    static double MeanSize(Tensor rain) => rain.detach().abs().mean().item<float>();
}
