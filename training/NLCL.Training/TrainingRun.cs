using OpenCvSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>What the loop of <see cref="Trainer"/> holds on to: state, pictures, files. Opens all of it, and closes it again.</summary>
sealed class TrainingRun : IDisposable
{
    const int StripRows = 3;

    readonly TrainingOptions _options;
    readonly PartClock _clock = new();
    readonly PicturePool? _rainy;
    readonly PicturePool? _clean;
    readonly RainSynthesizer? _synthesizer;
    readonly BatchQueue<TrainingBatch> _batches;
    readonly nn.Module<Tensor, Tensor>? _teacher;
    readonly List<DevelopmentSet> _development = [];
    readonly StepMetrics _window = new();
    readonly CsvFile _metrics;
    readonly CsvFile? _validation;
    readonly EventFile _events;
    DevelopmentFigures? _figures;

    public TrainingRun(TrainingOptions options, TrainingSources sources, RunFolder folder, bool resume, TrainingMachine machine)
    {
        options.Validate();
        machine.Validate();
        (_options, Folder) = (options, folder);
        set_num_threads(machine.ThreadCount());
        Cv2.SetNumThreads(machine.ThreadCount());
        try
        {
            (_rainy, _clean) = OpenPools(options, sources, machine);
            if (options.Weights.Replay > 0) { _synthesizer = new RainSynthesizer(options.Rain, sources.StreakTextures(options.HoldOutEvery)); }
            foreach (DevelopmentSet set in DevelopmentSet.Open(sources, options.ValidationPictures)) { _development.Add(set); }

            resume = folder.Begin(options, sources, resume);
            State = new TrainingState(options, machine.Resolve());
            if (resume) { Checkpoint.Restore(State, folder.Checkpoint); }
            else if (sources.Start is { } start) { Begin(State, start); }
            _teacher = OpenTeacher(options, sources, State.Device);
            Step = new TrainingStep(State, _clock, (IDerainer?)_teacher);
            BatchSource source = new(options, _rainy, _clean, _synthesizer);
            _batches = new BatchQueue<TrainingBatch>(source.Create, State.Iteration, machine.DataWorkers, machine.BatchesAhead);
            _metrics = new CsvFile(folder.Metrics, [.. Enum.GetNames<TrainingMetric>()], State.Iteration);
            if (_development.Count > 0)
            {
                _validation = new CsvFile(folder.Validation, [.. _development.SelectMany((_, index) => new[] { $"psnrY{index}", $"ssimY{index}", $"meanRain{index}" })], State.Iteration);
            }
            _events = new EventFile(folder.Events, State.Iteration);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public RunFolder Folder { get; }

    public TrainingState State { get; }

    public TrainingStep Step { get; }

    public TrainingBatch NextBatch()
    {
        using PartClock.Part part = _clock.Measure("data");
        return _batches.Take(CancellationToken.None);
    }

    /// <summary>Adds an iteration to the window, and writes the window's means when it is full.</summary>
    public void Log(StepMetrics metrics)
    {
        _window.Add(metrics);
        if (State.Iteration % _options.LogEvery != 0 && State.Iteration != _options.Iterations) { return; }
        _metrics.Add(State.Iteration, [.. Enum.GetValues<TrainingMetric>().Select(metric => _window[metric])]);
        _events.AddScalars(State.Iteration, _window.Measured.Select(metric => ($"training/{metric}", _window[metric])));
        _window.Clear();
    }

    /// <summary>Measures the running mean of the weights on the development sets and keeps the best.</summary>
    /// <returns>A line to show; null: there are no development sets, or the token stopped it.</returns>
    public string? Validate(CancellationToken cancellationToken)
    {
        if (_validation is null) { return null; }
        using PartClock.Part part = _clock.Measure("validate");
        List<DevelopmentFigures> found = [];
        foreach (DevelopmentSet set in _development)
        {
            if (cancellationToken.IsCancellationRequested) { return null; }
            found.Add(set.Measure((IDerainer)State.Averaged, State.Device));
        }
        _validation.Add(State.Iteration, [.. found.SelectMany(set => new[] { set.PsnrY, set.SsimY, set.MeanRain })]);
        _events.AddScalars(State.Iteration, found.SelectMany((set, index) => new[]
        {
            ($"development {index}/PsnrY", set.PsnrY), ($"development {index}/SsimY", set.SsimY), ($"development {index}/MeanRain", set.MeanRain),
        }));
        _figures = DevelopmentFigures.Mean(found);
        bool best = !(_figures.PsnrY <= State.BestPsnrY); // NaN: the first one
        if (best)
        {
            (State.BestPsnrY, State.BestSsimY, State.BestIteration) = (_figures.PsnrY, _figures.SsimY, State.Iteration);
            Checkpoint.Save(State, Folder.Best);
        }
        string sets = string.Join(", ", found.Select(set => FormattableString.Invariant($"{set.PsnrY:0.00} dB / {set.SsimY:0.000}")));
        return $"iteration {State.Iteration}: development pictures {sets}{(best ? ", the best so far" : "")}";
    }

    public void SaveCheckpoint()
    {
        using PartClock.Part part = _clock.Measure("checkpoint");
        Checkpoint.Save(State, Folder.Checkpoint);
    }

    public void WriteStrip()
    {
        using PartClock.Part part = _clock.Measure("strip");
        List<Mat> rainy = [.. _development.SelectMany(set => set.Pairs).Take(1).Select(pair => pair.Rainy.Clone())];
        Random random = StableHash.Random(_options.Seed, RandomStream.Strips, 0);
        while (_rainy is not null && rainy.Count < StripRows) { rainy.Add(_rainy.LoadRandom(random)); }
        if (rainy.Count > 0)
        {
            (byte[] png, OpenCvSharp.Size size) = PictureStrip.Draw((IDerainer)State.Averaged, rainy, State.Device);
            AtomicFile.Write(Folder.Strip(State.Iteration), stream => stream.Write(png));
            _events.AddPicture(State.Iteration, "strip/rainy, background, rain", png, size);
        }
        foreach (Mat picture in rainy) { picture.Dispose(); }
    }

    public TrainingSummary Summarize(long iterations, TimeSpan time)
    {
        TrainingSummary summary = new()
        {
            RunFolder = Folder.Path,
            Iterations = State.Iteration,
            Completed = State.Iteration == _options.Iterations,
            Seconds = Math.Round(time.TotalSeconds, 1),
            BestPsnrY = double.IsNaN(State.BestPsnrY) ? null : State.BestPsnrY,
            BestSsimY = double.IsNaN(State.BestSsimY) ? null : State.BestSsimY,
            BestIteration = double.IsNaN(State.BestPsnrY) ? null : State.BestIteration,
            Latest = _figures,
            ToExport = Folder.ToExport,
            SkippedSteps = State.SkippedSteps,
            Warnings = [.. new[] { _rainy, _clean }.OfType<PicturePool>().SelectMany(pool => pool.Warnings)],
            MillisecondsPerIteration = _clock.PerIteration(iterations),
        };
        Folder.Write(summary);
        return summary;
    }

    public void Dispose()
    {
        // Also called when the constructor fails half-way.
        _batches?.Dispose();
        State?.Dispose();
        _teacher?.Dispose();
        _synthesizer?.Dispose();
        _rainy?.Dispose();
        _clean?.Dispose();
        foreach (DevelopmentSet set in _development) { set.Dispose(); }
    }

    static (PicturePool? Rainy, PicturePool? Clean) OpenPools(TrainingOptions options, TrainingSources sources, TrainingMachine machine)
    {
        (IReadOnlyList<TrainingPicture> rainy, IReadOnlyList<TrainingPicture> clean) = PictureRoles.ToTrainOn(sources, options.HoldOutEvery);
        if (options.NeedsRainy && rainy.Count == 0) { throw new TrainingException("No rainy pictures are named; add --rainy DIR, or set all weights but 'replay' to 0."); }
        if (clean.Count == 0) { throw new TrainingException("No clean pictures are named; add --clean DIR."); }
        long budget = (machine.CacheMegabytes * 1024L * 1024L) / (rainy.Count + clean.Count);
        return (
            rainy.Count == 0 ? null : new PicturePool("rainy", rainy, budget * rainy.Count),
            new PicturePool("clean", clean, budget * clean.Count));
    }

    static void Begin(TrainingState state, string start)
    {
        if (!File.Exists(start)) { throw new TrainingException($"{start}: expected the weights to start from, found nothing."); }
        Checkpoint.RestoreModule(start, "averaged", state.Network, LeanDerainer.StartingWeights);
        state.Averaged.load_state_dict(state.Network.state_dict());
    }

    static nn.Module<Tensor, Tensor>? OpenTeacher(TrainingOptions options, TrainingSources sources, Device device)
    {
        if (options.Weights.TeacherOnRainy == 0) { return null; }
        if (sources.Teacher is not { } path) { throw new TrainingException("Weight 'distillation' or 'rainyDistillation' is not 0, but no teacher is named; add --teacher FILE, a checkpoint of a trained run."); }
        if (!File.Exists(path)) { throw new TrainingException($"{path}: expected the checkpoint of the teacher, found nothing."); }
        nn.Module<Tensor, Tensor> network = TrainingState.CreateNetwork(Checkpoint.ReadOptions(path));
        Checkpoint.RestoreModule(path, "averaged", network);
        network.to(device);
        network.eval();
        foreach (TorchSharp.Modules.Parameter parameter in network.parameters()) { parameter.requires_grad = false; }
        return network;
    }
}
