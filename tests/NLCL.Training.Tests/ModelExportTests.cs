using System.Runtime.InteropServices;
using NLCL.OnnxExport;
using NLCL.Runtime;
using NLCL.Training;

namespace NLCL.Tests;

public sealed class ModelExportTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_becomes_a_model_that_the_runtime_opens()
    {
        Trainer.Run(TrainingOptions.SmokePreset, TestPictures.Sources(_folder.File("in")), _folder.File("run"), machine: new TrainingMachine { Device = "cpu", Threads = 1 }, cancellationToken: TestContext.Current.CancellationToken);

        ModelExportReport report = ModelExport.Export(_folder.File("run"), _folder.File("out/model.onnx"), new ModelExportOptions { Commit = "abc" });

        Assert.True(report.RuntimeDifference <= ModelExport.Tolerance);
        Assert.Equal(_folder.File("out/model.md"), report.Card);
        string card = File.ReadAllText(report.Card);
        Assert.Contains(report.File.Sha256, card, StringComparison.Ordinal);
        Assert.Contains("\"preset\": \"smoke\"", card, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Path, card, StringComparison.Ordinal);
        using Derainer derainer = Derainer.Open(report.File.Path);
        Assert.Equal(("model", "abc", "MIT"), (derainer.Contract.Name, derainer.Contract.Commit, derainer.Contract.Licence));
        Assert.Equal(8, derainer.Contract.SizeMultiple);
        Assert.Equal(TrainingOptions.SmokePreset.ToJson(), TrainingOptions.FromJson(derainer.Contract.OptionsJson, "model").ToJson());
    }

    [Fact]
    public void A_file_of_weights_alone_gives_the_same_model_as_its_run()
    {
        Trainer.Run(TrainingOptions.SmokePreset, TestPictures.Sources(_folder.File("in")), _folder.File("run"), machine: new TrainingMachine { Device = "cpu", Threads = 1 }, cancellationToken: TestContext.Current.CancellationToken);
        ModelExportOptions options = new() { Commit = "abc", Name = "mine", Description = "For a test.", Weights = true };
        ModelExportReport report = ModelExport.Export(_folder.File("run"), _folder.File("model.onnx"), options);

        ModelExportReport again = ModelExport.Export(_folder.File("model.safetensors"), _folder.File("again.onnx"), options);

        Assert.Equal(report.File.Sha256, again.File.Sha256);
        Assert.Equal(File.ReadAllBytes(_folder.File("model.safetensors")), File.ReadAllBytes(_folder.File("again.safetensors")));
        Assert.Contains("not noted in `model.safetensors`", File.ReadAllText(again.Card), StringComparison.Ordinal);
        string[] reports = [.. new[] { "run", "model.safetensors" }.Select(source => LayerAnalysis.Run(
            _folder.File(source), PictureFolder.Parse(_folder.File("in/rainy")), new LayerAnalysisOptions { Pictures = 1, GroupsPerPicture = 1 }, cancellationToken: TestContext.Current.CancellationToken).Background.MaximumLikelihood[20].Mean.ToString("R", System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(reports[0], reports[1]);
        TrainingException failure = Assert.Throws<TrainingException>(() => ModelExport.Export(
            _folder.File("model.safetensors"), _folder.File("int8.onnx"), new ModelExportOptions { Precisions = [ExportPrecision.Int8] }));
        Assert.Contains("--calibrate", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_are_blended_by_share_and_refused_where_the_networks_differ()
    {
        TrainingSources pictures = TestPictures.Sources(_folder.File("in"));
        TrainingMachine machine = new() { Device = "cpu", Threads = 1 };
        foreach (int seed in new[] { 1, 2 })
        {
            Trainer.Run(TrainingOptions.SmokePreset with { Seed = seed }, pictures, _folder.File($"run{seed}"), machine: machine, cancellationToken: TestContext.Current.CancellationToken);
        }
        float[] Weights(string file) => [.. SafetensorsFile.Read(file).Entries.Values.Where(entry => entry.Name.StartsWith("averaged.", StringComparison.Ordinal))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal).SelectMany(entry => MemoryMarshal.Cast<byte, float>(entry.Bytes.Span).ToArray())];
        float[] first = Weights(new RunFolder(_folder.File("run1")).ToExport), second = Weights(new RunFolder(_folder.File("run2")).ToExport);
        Assert.NotEqual(first, second);

        WeightBlend.Write(_folder.File("run1"), _folder.File("run2"), 0.25, _folder.File("mix.safetensors"));

        float[] mixed = Weights(_folder.File("mix.safetensors"));
        Assert.All(Enumerable.Range(0, first.Length), i => Assert.Equal((0.75f * first[i]) + (0.25f * second[i]), mixed[i], 1e-6f));
        ModelExport.Export(_folder.File("mix.safetensors"), _folder.File("mix.onnx"));
        // In a folder it knows its pictures, as a run does; a file of weights does not, so there is no folder to be made of it.
        WeightBlend.Write(_folder.File("run1"), _folder.File("run2"), 0.25, _folder.File("mixed"));
        Assert.Equal(mixed, Weights(new RunFolder(_folder.File("mixed")).ToExport));
        ModelExport.Export(_folder.File("mixed"), _folder.File("mixed.onnx"));
        Assert.Contains("| rainy pictures | `rainy` |", File.ReadAllText(_folder.File("mixed.md")), StringComparison.Ordinal);
        Assert.Contains("another folder", Assert.Throws<TrainingException>(() => WeightBlend.Write(_folder.File("run1"), _folder.File("run2"), 0.5, _folder.File("run1"))).Message, StringComparison.Ordinal);
        Assert.Contains("which pictures", Assert.Throws<TrainingException>(() => WeightBlend.Write(_folder.File("run1"), _folder.File("mix.safetensors"), 0.5, _folder.File("none"))).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("none")));
        Trainer.Run(TrainingOptions.SmokePreset with { Lean = TrainingOptions.SmokePreset.Lean with { CoarseBlocks = TrainingOptions.SmokePreset.Lean.CoarseBlocks + 1 } }, pictures, _folder.File("run3"), machine: machine, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("another shape", Assert.Throws<CheckpointException>(() => WeightBlend.Write(_folder.File("run1"), _folder.File("run3"), 0.5, _folder.File("no.safetensors"))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("no.safetensors")));
    }

    [Fact]
    public void A_folder_that_is_no_run_is_refused() =>
        Assert.Throws<TrainingException>(() => ModelExport.Export(_folder.Path, _folder.File("model.onnx")));
}
