using System.Text.Json.Nodes;
using NLCL.Runtime;
using NLCL.Training;
using OpenCvSharp;
using static TorchSharp.torch;

namespace NLCL.Tests;

public sealed class LayerAnalysisTests : IDisposable
{
    static readonly LayerAnalysisOptions s_few = new() { GroupsPerPicture = 2, Patches = 32, Neighbours = [3, 5, 10], TableNeighbours = 5 };

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_and_its_exported_model_give_the_same_dimensions()
    {
        TrainingSources sources = TestPictures.Sources(_folder.File("in"));
        Trainer.Run(
            TrainingOptions.SmokePreset with { Iterations = 2, StripEvery = 0 }, sources, _folder.File("run"),
            machine: new TrainingMachine { Device = "cpu", Threads = 1 }, cancellationToken: TestContext.Current.CancellationToken);
        ModelExport.Export(_folder.File("run"), _folder.File("model.onnx"));
        PictureFolder rainy = PictureFolder.Parse(_folder.File("in/rainy"));

        LayerAnalysisReport run = LayerAnalysis.Run(_folder.File("run"), rainy, s_few, cancellationToken: TestContext.Current.CancellationToken);
        LayerAnalysisReport model = LayerAnalysis.Run(_folder.File("model.onnx"), rainy, s_few, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((4, 8), (run.Pictures, run.Background.Groups));
        Assert.Equal(run.Background.MaximumLikelihood[5].Mean, model.Background.MaximumLikelihood[5].Mean, 0.05);
        Assert.Equal(run.Background.PrincipalComponents.Mean, model.Background.PrincipalComponents.Mean, 0.5);
        run.Write(_folder.File("out"));
        JsonNode json = JsonNode.Parse(File.ReadAllText(_folder.File("out/dimensions.json")))!;
        Assert.Equal(run.Background.MaximumLikelihood[10].Mean, (double)json["background"]!["maximumLikelihood"]!["10"]!["mean"]!, 1e-3);
        Assert.Equal(run.Verdict, (string?)json["verdict"]);
        Assert.Equal(1 + 16, File.ReadAllLines(_folder.File("out/dimensions.csv")).Length);
        using Mat chart = Cv2.ImRead(_folder.File("out/dimensions.png"));
        Assert.True(chart.Width >= 1000 && chart.Height >= 500, $"{chart.Size()}");
    }

    [Fact]
    public void The_verdict_follows_the_dimensions()
    {
        // Clouds of known dimension stand for the patches: 8 for the background and 2 for the rain, then the other way round.
        GroupDimensions[] high = [.. Enumerable.Range(0, 6).Select(seed => Cloud(PictureLayer.Background, seed, 8))];
        GroupDimensions[] low = [.. Enumerable.Range(0, 6).Select(seed => Cloud(PictureLayer.Rain, seed, 2))];

        LayerAnalysisReport holds = Report([.. high, .. low]);
        LayerAnalysisReport reversed = Report([.. high.Select(group => group with { Layer = PictureLayer.Rain }), .. low.Select(group => group with { Layer = PictureLayer.Background })]);
        // Half of the pictures one way, half the other: however many groups, it is undecided.
        LayerAnalysisReport undecided = Report([.. high[..3], .. low[..3], .. high[3..].Select(group => group with { Layer = PictureLayer.Rain }), .. low[3..].Select(group => group with { Layer = PictureLayer.Background })]);
        LayerAnalysisReport dry = Report([.. high, .. low.Select(group => group with { Spread = 0 })]);

        Assert.Contains("holds by maximum likelihood", holds.Verdict, StringComparison.Ordinal);
        Assert.Contains("holds by principal components", holds.Verdict, StringComparison.Ordinal);
        Assert.Contains("is reversed by maximum likelihood", reversed.Verdict, StringComparison.Ordinal);
        Assert.Contains("is undecided by principal components", undecided.Verdict, StringComparison.Ordinal);
        Assert.Equal((0, 6), (dry.Rain.Groups, dry.GroupsWithoutRain));
        Assert.Contains("cannot be checked", dry.Verdict, StringComparison.Ordinal);
        dry.Write(_folder.File("dry"));
        Assert.Contains("null", File.ReadAllText(_folder.File("dry/dimensions.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_pictures_are_left_out_and_none_at_all_is_an_error()
    {
        string pictures = TestPictures.Folder(_folder.File("in"), 1);
        File.WriteAllText(Path.Combine(pictures, "bad.png"), "no picture");
        using (Mat tiny = TestPictures.Create(1, 20, 18)) { PictureFile.Write(Path.Combine(pictures, "tiny.png"), tiny); }

        LayerAnalysisReport report = LayerAnalysis.Run(ShippedModel, PictureFolder.Parse(pictures), s_few, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(1, report.Pictures);
        Assert.Equal(["bad.png", "tiny.png"], report.Warnings.Select(warning => Path.GetFileName(warning.Split(':')[0])));
        File.Delete(Path.Combine(pictures, "0.png"));
        Assert.Throws<TrainingException>(() => LayerAnalysis.Run(ShippedModel, PictureFolder.Parse(pictures), s_few, cancellationToken: TestContext.Current.CancellationToken));
    }

    static string ShippedModel
    {
        get
        {
            DirectoryInfo folder = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "NLCL.sln"))) { folder = folder.Parent!; }
            return Path.Combine(folder.FullName, "models", "nlcl.onnx");
        }
    }

    static LayerAnalysisReport Report(GroupDimensions[] groups) => new("test", 3, s_few, groups, []);

    static GroupDimensions Cloud(PictureLayer layer, int seed, int dimension)
    {
        Random random = new(seed);
        float[] values = [.. Enumerable.Range(0, 64 * dimension).Select(_ => (float)(random.NextDouble() - 0.5))];
        return GroupDimensions.Of($"{seed}.png", layer, tensor(values, [64, dimension]), s_few.Neighbours);
    }
}
