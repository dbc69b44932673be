using System.Globalization;
using System.Runtime.InteropServices;
using NLCL.Training;
using static TorchSharp.torch;

namespace NLCL.Tests;

/// <summary>Alone: they count tensors, of which the process has one count.</summary>
[CollectionDefinition(nameof(TrainerTests), DisableParallelization = true)]
[Collection(nameof(TrainerTests))]
public sealed class TrainerTests : IDisposable
{
    static readonly TrainingMachine s_machine = new() { Device = "cpu", Threads = 1 };

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_smoke_training_writes_its_run_folder()
    {
        List<TrainingProgress> reports = [];
        TrainingSummary summary = Train(
            TrainingOptions.SmokePreset, TestPictures.Sources(_folder.File("in")), _folder.File("run"), progress: new Collector(reports), machine: s_machine);

        Assert.True(summary.Completed);
        Assert.Equal(8, reports.Count);
        Assert.True(summary.BestPsnrY > 5);
        Assert.Equal(0, summary.SkippedSteps);
        foreach (string name in new[] { "options.json", "sources.json", "metrics.csv", "validation.csv", "checkpoint.safetensors", "best.safetensors", "summary.json", "strips/0000004.png", "events.out.tfevents.nlcl" })
        {
            Assert.True(File.Exists(Path.Combine(_folder.File("run"), name)), name);
        }
        string[] metrics = File.ReadAllLines(_folder.File("run/metrics.csv"));
        Assert.Equal(9, metrics.Length);
        foreach (TrainingMetric metric in new[] { TrainingMetric.Replay, TrainingMetric.SelfReplay, TrainingMetric.Adversary, TrainingMetric.LocationContrast, TrainingMetric.LayerContrast, TrainingMetric.MeanRain, TrainingMetric.DiscriminatorAccuracy })
        {
            Assert.True(double.IsFinite(reports[0].Metrics[metric]), metric.ToString());
        }
        Assert.Empty(Directory.GetFiles(_folder.File("run"), "*.partial"));
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(0, 5)]
    public void A_teacher_is_followed_and_asked_for(double everywhere, double rainyAlone)
    {
        TrainingSources sources = TestPictures.Sources(_folder.File("in"));
        Train(TrainingOptions.SmokePreset with { Iterations = 2 }, sources, _folder.File("teacher"), machine: s_machine);
        // Nothing to learn but the teacher, from the teacher's own first weights: the first distance is what two steps of training changed.
        TrainingOptions student = TrainingOptions.SmokePreset with
        {
            Iterations = 40,
            Weights = new() { Replay = 0, SelfReplay = 0, Distillation = everywhere, RainyDistillation = rainyAlone, Adversary = 0, LocationContrast = 0, LayerContrast = 0 },
            Seed = 5,
            LearningRate = 1e-2,
        };
        List<TrainingProgress> reports = [];
        Train(student, sources with { Teacher = _folder.File("teacher/checkpoint.safetensors") }, _folder.File("student"), progress: new Collector(reports), machine: s_machine);
        double Mean(IEnumerable<TrainingProgress> part) => part.Average(report => report.Metrics[TrainingMetric.Distillation]);
        Assert.True(Mean(reports.TakeLast(10)) < 0.6 * Mean(reports.Take(5)), $"{Mean(reports.Take(5))} before, {Mean(reports.TakeLast(10))} after");

        var missing = Assert.Throws<TrainingException>(() => Train(student, sources, _folder.File("orphan"), machine: s_machine));
        Assert.Contains("--teacher", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_can_begin_with_the_weights_of_another()
    {
        TrainingSources sources = TestPictures.Sources(_folder.File("in"));
        Train(TrainingOptions.SmokePreset with { Iterations = 2 }, sources, _folder.File("first"), machine: s_machine);
        Checkpoint.CopyModule(_folder.File("first/checkpoint.safetensors"), "averaged", _folder.File("weights.safetensors"));
        TrainingSources begun = sources with { Start = _folder.File("weights.safetensors") };
        // A rate of nearly nothing: what comes out is what went in.
        TrainingOptions still = TrainingOptions.SmokePreset with { Seed = 5, LearningRate = 1e-12, Iterations = 1 };
        Train(still, begun, _folder.File("second"), machine: s_machine);
        SafetensorsFile before = SafetensorsFile.Read(_folder.File("weights.safetensors")), after = SafetensorsFile.Read(_folder.File("second/checkpoint.safetensors"));
        Assert.NotEmpty(before.Entries);
        foreach (SafetensorsEntry entry in before.Entries.Values)
        {
            float[] expected = MemoryMarshal.Cast<byte, float>(entry.Bytes.Span).ToArray(), found = MemoryMarshal.Cast<byte, float>(after.Entries[entry.Name].Bytes.Span).ToArray();
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        }
        Assert.Equal(_folder.File("weights.safetensors"), new RunFolder(_folder.File("second")).Read().Sources.Start);

        Assert.Contains("weights to start from", Assert.Throws<TrainingException>(
            () => Train(still, sources with { Start = _folder.File("none") }, _folder.File("third"), machine: s_machine)).Message, StringComparison.Ordinal);
        // One that sees neighbouring frames begins with what it shares; what it has of its own is 0 and learns.
        TrainingOptions clip = TrainingOptions.SmokePreset with { Lean = still.Lean with { Frames = 3 }, Iterations = 2 };
        Train(clip, begun, _folder.File("clip"), machine: s_machine);
        SafetensorsFile learned = SafetensorsFile.Read(_folder.File("clip/checkpoint.safetensors"));
        Assert.Contains(MemoryMarshal.Cast<byte, float>(learned.Entries["network.neighbours.weight"].Bytes.Span).ToArray(), weight => weight != 0);
        // One that interpolates takes the mean of what one that shuffles puts at the four places.
        TrainingOptions shuffling = still with { Lean = still.Lean with { Upsampling = Upsampling.Shuffle } };
        Train(shuffling, sources, _folder.File("shuffling"), machine: s_machine);
        Train(still, sources with { Start = _folder.File("shuffling/checkpoint.safetensors") }, _folder.File("interpolating"), machine: s_machine);
        float[] four = Weights("shuffling", "averaged.upToFine.bias"), one = Weights("interpolating", "network.upToFine.bias");
        Assert.Equal(4 * one.Length, four.Length);
        Assert.All(Enumerable.Range(0, one.Length), c => Assert.Equal(Enumerable.Range(0, 4).Average(place => four[(place * one.Length) + c]), one[c], 1e-6f));
        TrainingOptions wider = still with { Lean = still.Lean with { FineWidth = 16 } };
        Assert.Throws<CheckpointException>(() => Train(wider, begun, _folder.File("fourth"), machine: s_machine));
    }

    float[] Weights(string run, string name) =>
        MemoryMarshal.Cast<byte, float>(SafetensorsFile.Read(_folder.File(run + "/checkpoint.safetensors")).Entries[name].Bytes.Span).ToArray();

    [Fact]
    public void The_best_weights_of_a_run_that_was_killed_early_are_not_taken_for_those_of_the_next()
    {
        TrainingSources sources = TestPictures.Sources(_folder.File("in"));
        Directory.CreateDirectory(_folder.File("run"));
        File.WriteAllText(_folder.File("run/best.safetensors"), "of another run");
        TrainingSummary summary = Train(
            TrainingOptions.SmokePreset with { Iterations = 1, ValidationPictures = 0, ValidateEvery = 100 }, sources with { DevelopmentRainy = [], DevelopmentClean = [] }, _folder.File("run"), machine: s_machine);
        Assert.Equal(_folder.File("run/checkpoint.safetensors"), summary.ToExport);
    }

    [Fact]
    public void A_critic_of_rain_layers_learns_only_where_it_is_asked_for()
    {
        TrainingSources sources = TestPictures.Sources(_folder.File("in"));
        TrainingOptions asked = TrainingOptions.SmokePreset with { Iterations = 2, Weights = TrainingOptions.SmokePreset.Weights with { RainAdversary = 0.5, Adversary = 0, KeptTone = 1 } };
        Train(asked, sources, _folder.File("asked"), machine: s_machine);
        Train(TrainingOptions.SmokePreset with { Iterations = 2 }, sources, _folder.File("not"), machine: s_machine);
        string[] metrics = File.ReadAllLines(_folder.File("asked/metrics.csv"));
        string At(string name) => metrics[1].Split(',')[Array.IndexOf(metrics[0].Split(','), name)];
        Assert.All(["RainAdversary", "RainCritic", "RainCriticAccuracy"], name => Assert.InRange(double.Parse(At(name), CultureInfo.InvariantCulture), 0, 10));
        Assert.Equal("", At("Adversary"));
        Assert.Contains(SafetensorsFile.Read(_folder.File("asked/checkpoint.safetensors")).Entries.Keys, name => name.StartsWith("rainCritic.", StringComparison.Ordinal));
        Assert.DoesNotContain(SafetensorsFile.Read(_folder.File("not/checkpoint.safetensors")).Entries.Keys, name => name.StartsWith("rainCritic.", StringComparison.Ordinal));
        Assert.Contains("rainAdversary", Assert.Throws<ArgumentException>(
            () => (asked with { Weights = asked.Weights with { Replay = 0 } }).Validate()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lean")]
    [InlineData("paper")]
    public void An_interrupted_training_goes_on_as_if_nothing_had_happened(string kind)
    {
        TrainingOptions options = kind == "lean" ? TrainingOptions.SmokePreset : TinyPaper;
        TrainingSources sources = TestPictures.Sources(_folder.File("in"));
        Train(options, sources, _folder.File("whole"), machine: s_machine);

        using CancellationTokenSource stop = new();
        TrainingSummary first = Train(
            options, sources, _folder.File("parts"), progress: new StopAfter(3, stop), machine: s_machine with { DataWorkers = 3 }, stop: stop.Token);
        Assert.False(first.Completed);
        Assert.Equal(3, first.Iterations);
        TrainingSummary second = Train(options, sources, _folder.File("parts"), resume: true, machine: s_machine with { DataWorkers = 0, CacheMegabytes = 0 });

        Assert.True(second.Completed);
        foreach (string name in new[] { "metrics.csv", "validation.csv" })
        {
            Assert.Equal(File.ReadAllText(Path.Combine(_folder.File("whole"), name)), File.ReadAllText(Path.Combine(_folder.File("parts"), name)));
        }
        Assert.Equal(File.ReadAllBytes(_folder.File("whole/checkpoint.safetensors")), File.ReadAllBytes(_folder.File("parts/checkpoint.safetensors")));
    }

    [Fact]
    public void Live_tensors_do_not_grow_with_the_steps()
    {
        TrainingOptions options = TrainingOptions.SmokePreset with
        {
            Iterations = 1000,
            Crop = 32,
            LogEvery = 100,
            AdversaryEvery = 10,
            SelfReplayEvery = 10,
            ContrastEvery = 20,
            ReplayBatch = 1,
            LayerContrast = new LayerContrastSettings { BackgroundCount = 4, RainCount = 4 },
            LocationPatches = 4,
            LocationSampler = new NonLocalSamplerOptions { PatchSize = 4, WindowSize = 8 },
            LayerSampler = new NonLocalSamplerOptions { PatchSize = 4, WindowSize = 8 },
            ValidateEvery = 250,
            CheckpointEvery = 250,
            StripEvery = 0,
        };
        List<long> live = [];
        Train(
            options, TestPictures.Sources(_folder.File("in")), _folder.File("run"), progress: new Callback(_ => live.Add(Tensor.TotalCount)), machine: s_machine);

        // Fewer would be garbage of other tests that was finalized meanwhile.
        Assert.InRange(live[^1], 1, live[19]);
    }

    [Fact]
    public void Losses_that_are_no_numbers_end_the_training_after_ten()
    {
        List<TrainingProgress> reports = [];
        TrainingOptions options = TrainingOptions.SmokePreset with { Iterations = 50, LearningRate = 1, WarmUp = 0, GradientClip = 0, Weights = new LossWeights { Replay = 1e38 } };

        TrainingDivergedException failure = Assert.Throws<TrainingDivergedException>(() => Train(
            options, TestPictures.Sources(_folder.File("in")), _folder.File("run"), progress: new Collector(reports), machine: s_machine));

        Assert.Contains("10 iterations in a row", failure.Message, StringComparison.Ordinal);
        Assert.Contains("left out", reports[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_learns_and_the_running_mean_follows()
    {
        TrainingOptions options = TrainingOptions.SmokePreset with
        {
            Iterations = 60,
            ReplayBatch = 4,
            Crop = 32,
            Rain = RainOptions.Heavy,
            Weights = new LossWeights { Adversary = 0, LocationContrast = 0, LayerContrast = 0 },
            LearningRate = 5e-3,
            ValidateEvery = 60,
            StripEvery = 0,
        };
        List<double> losses = [];
        Train(
            options, TestPictures.Sources(_folder.File("in")), _folder.File("run"),
            progress: new Callback(report => losses.Add(report.Metrics[TrainingMetric.Replay])), machine: s_machine);

        Assert.True(losses.TakeLast(15).Average() < 0.8 * losses.Take(15).Average(), $"{losses.Take(15).Average()} -> {losses.TakeLast(15).Average()}");
    }

    [Fact]
    public void A_strictly_unpaired_training_sees_no_synthetic_rain()
    {
        TrainingOptions options = TrainingOptions.SmokePreset with { Iterations = 2, Weights = new LossWeights { Replay = 0 } };
        List<TrainingProgress> reports = [];
        Train(options, TestPictures.Sources(_folder.File("in")), _folder.File("run"), progress: new Collector(reports), machine: s_machine);
        Assert.True(double.IsNaN(reports[0].Metrics[TrainingMetric.Replay]));
        Assert.True(double.IsFinite(reports[0].Metrics[TrainingMetric.Total]));
    }

    [Fact]
    public void A_run_folder_is_not_overwritten_and_not_resumed_from_nothing()
    {
        TrainingSources sources = TestPictures.Sources(_folder.File("in"));
        Assert.Throws<TrainingException>(() => Train(TrainingOptions.SmokePreset, sources, _folder.File("run"), resume: true, machine: s_machine));
        Train(TrainingOptions.SmokePreset with { Iterations = 1 }, sources, _folder.File("run"), machine: s_machine);
        Assert.Throws<TrainingException>(() => Train(TrainingOptions.SmokePreset, sources, _folder.File("run"), machine: s_machine));
    }

    [Fact]
    public void A_checkpoint_of_other_options_is_refused()
    {
        TrainingSources sources = TestPictures.Sources(_folder.File("in"));
        Train(TrainingOptions.SmokePreset with { Iterations = 1 }, sources, _folder.File("run"), machine: s_machine);
        TrainingOptions wider = TrainingOptions.SmokePreset with { Lean = TrainingOptions.SmokePreset.Lean with { FineWidth = 16 } };
        CheckpointException failure = Assert.Throws<CheckpointException>(() => Train(wider, sources, _folder.File("run"), resume: true, machine: s_machine));
        Assert.Contains("expected F32", failure.Message, StringComparison.Ordinal);
    }

    static TrainingSummary Train(
        TrainingOptions options, TrainingSources sources, string run, bool resume = false, IProgress<TrainingProgress>? progress = null,
        TrainingMachine? machine = null, CancellationToken? stop = null) =>
        Trainer.Run(options, sources, run, resume, progress, machine, stop ?? TestContext.Current.CancellationToken);

    static TrainingOptions TinyPaper => TrainingOptions.PaperPreset with
    {
        Paper = new PaperGeneratorOptions { Width = 4, Blocks = 3, Taps = [0, 2] },
        Discriminator = new PatchDiscriminatorOptions { Width = 4 },
        LayerContrast = new LayerContrastSettings { BackgroundCount = 4, RainCount = 8 },
        LocationPatches = 16,
        Iterations = 6,
        Crop = 48,
        LogEvery = 1,
        ValidateEvery = 3,
        CheckpointEvery = 3,
        StripEvery = 0,
    };

    sealed class Callback(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }

    sealed class Collector(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }

    sealed class StopAfter(long iterations, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.IterationsDone == iterations) { stop.Cancel(); }
        }
    }
}
