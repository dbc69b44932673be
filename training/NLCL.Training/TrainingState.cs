using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>All that a training changes: networks, their running mean, optimisers, counters. What a checkpoint holds.</summary>
sealed class TrainingState : IDisposable
{
    public TrainingState(TrainingOptions options, Device device)
    {
        (Options, Device) = (options, device);
        manual_seed((long)(StableHash.Of(options.Seed, RandomStream.Weights, 0) >> 1));
        Network = CreateNetwork(options);
        Averaged = CreateNetwork(options);
        Discriminator = new PatchDiscriminator(options.Discriminator);
        LocationHead = new ContrastHead(((IDerainer)Network).TapChannels);
        BackgroundHead = new ContrastHead(Discriminator.TapChannels);
        RainHead = new ContrastHead(Discriminator.TapChannels);
        RainCritic = options.Weights.RainAdversary > 0 ? new PatchDiscriminator(options.Discriminator) : null;
        foreach (nn.Module module in Modules.Values) { module.to(device); }
        Averaged.load_state_dict(Network.state_dict());
        Averaged.eval();
        foreach (Parameter parameter in Averaged.parameters()) { parameter.requires_grad = false; }

        // Repair: the released code steps the rain head twice, the background head never, and calls zero_grad where the location
        // head's step belongs. Here all three belong to one optimiser.
        GeneratorOptimizer = new NamedAdam([("network", Network)], options.LearningRate, options.Beta1, options.Beta2);
        HeadOptimizer = new NamedAdam(
            [("locationHead", LocationHead), ("backgroundHead", BackgroundHead), ("rainHead", RainHead)],
            options.LearningRate, options.Beta1, options.Beta2);
        DiscriminatorOptimizer = new NamedAdam(
            [("discriminator", Discriminator)], options.DiscriminatorLearningRate, options.DiscriminatorBeta1, options.Beta2);
        RainCriticOptimizer = RainCritic is null ? null : new NamedAdam(
            [("rainCritic", RainCritic)], options.DiscriminatorLearningRate, options.DiscriminatorBeta1, options.Beta2);
    }

    public TrainingOptions Options { get; }

    public Device Device { get; }

    /// <summary>The network that is trained.</summary>
    public nn.Module<Tensor, Tensor> Network { get; }

    /// <summary>The same network with the running mean of the weights: what is validated and exported.</summary>
    public nn.Module<Tensor, Tensor> Averaged { get; }

    public PatchDiscriminator Discriminator { get; }

    /// <summary>Tells synthetic rain from what the network takes out of rainy pictures; null: <see cref="LossWeights.RainAdversary"/> is 0.</summary>
    public PatchDiscriminator? RainCritic { get; }

    /// <summary>Embeds the network's own features for the location contrast.</summary>
    public ContrastHead LocationHead { get; }

    /// <summary>Embeds the discriminator's features of backgrounds for the layer contrast.</summary>
    public ContrastHead BackgroundHead { get; }

    /// <summary>Embeds the discriminator's features of rain layers for the layer contrast.</summary>
    public ContrastHead RainHead { get; }

    public NamedAdam GeneratorOptimizer { get; }

    public NamedAdam HeadOptimizer { get; }

    public NamedAdam DiscriminatorOptimizer { get; }

    public NamedAdam? RainCriticOptimizer { get; }

    /// <summary>Iterations done.</summary>
    public long Iteration { get; set; }

    /// <summary>Best mean Y-PSNR over the development sets; NaN: none yet.</summary>
    public double BestPsnrY { get; set; } = double.NaN;

    /// <summary>Mean Y-SSIM when <see cref="BestPsnrY"/> was reached; NaN: none yet, or an older checkpoint did not keep it.</summary>
    public double BestSsimY { get; set; } = double.NaN;

    /// <summary>Iterations done when <see cref="BestPsnrY"/> was reached.</summary>
    public long BestIteration { get; set; }

    /// <summary>Steps left out because a loss was not a number.</summary>
    public long SkippedSteps { get; set; }

    /// <summary>The modules by the name that begins their tensors' names in a checkpoint.</summary>
    public IReadOnlyDictionary<string, nn.Module> Modules
    {
        get
        {
            Dictionary<string, nn.Module> modules = new(StringComparer.Ordinal)
            {
                ["network"] = Network,
                ["averaged"] = Averaged,
                ["discriminator"] = Discriminator,
                ["locationHead"] = LocationHead,
                ["backgroundHead"] = BackgroundHead,
                ["rainHead"] = RainHead,
            };
            if (RainCritic is not null) { modules.Add("rainCritic", RainCritic); }
            return modules;
        }
    }

    public IReadOnlyList<NamedAdam> Optimizers =>
        RainCriticOptimizer is null ? [GeneratorOptimizer, HeadOptimizer, DiscriminatorOptimizer] : [GeneratorOptimizer, HeadOptimizer, DiscriminatorOptimizer, RainCriticOptimizer];

    /// <summary>A fresh network of the options' kind; it is an <see cref="IDerainer"/> too.</summary>
    public static nn.Module<Tensor, Tensor> CreateNetwork(TrainingOptions options) =>
        options.Model == TrainingModel.Lean ? new LeanDerainer(options.Lean) : new PaperDerainer(options.Paper);

    public void SetRates(double factor)
    {
        GeneratorOptimizer.SetRate(Options.LearningRate * factor);
        HeadOptimizer.SetRate(Options.LearningRate * factor);
        DiscriminatorOptimizer.SetRate(Options.DiscriminatorLearningRate * factor);
        RainCriticOptimizer?.SetRate(Options.DiscriminatorLearningRate * factor);
    }

    /// <summary>Moves the running mean of the weights towards the weights.</summary>
    public void Average(double decay)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable still = no_grad();
        foreach ((Parameter mean, Parameter weight) in Averaged.parameters().Zip(Network.parameters()))
        {
            mean.mul_(decay).add_(weight, alpha: 1 - decay);
        }
    }

    public void Dispose()
    {
        foreach (NamedAdam optimizer in Optimizers) { optimizer.Dispose(); }
        foreach (nn.Module module in Modules.Values) { module.Dispose(); }
    }
}
