using NLCL.Training;

namespace NLCL.Tests;

public sealed class AblationStudyTests : IDisposable
{
    static readonly TrainingMachine s_machine = new() { Device = "cpu", Threads = 1 };

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_study_is_tabled_goes_on_where_it_stopped_and_refuses_other_options()
    {
        TrainingSources sources = TestPictures.Sources(_folder.File("in"));
        AblationVariant[] variants = [AblationVariant.All[0], AblationVariant.All.Single(variant => variant.Name == "replay-only")];
        TrainingOptions options = TrainingOptions.SmokePreset with { Iterations = 3, StripEvery = 0 };
        using CancellationTokenSource stop = new();

        IReadOnlyList<AblationCell> first = AblationStudy.Run(options, sources, 2, _folder.File("out"), variants, s_machine, _ => stop.Cancel(), stop.Token);
        IReadOnlyList<AblationCell> second = AblationStudy.Run(options, sources, 2, _folder.File("out"), variants, s_machine, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Single(first);
        Assert.Equal([("full", 1, true), ("replay-only", 1, false), ("full", 2, false), ("replay-only", 2, false)], second.Select(cell => (cell.Variant, cell.Seed, cell.Kept)));
        Assert.Equal(first[0].Figures, second[0].Figures);
        Assert.Equal(5, File.ReadAllLines(_folder.File("out/ablation.csv")).Length);
        string[] rows = [.. File.ReadAllLines(_folder.File("out/ablation.md")).Where(line => line.StartsWith('|'))];
        Assert.Equal(5, rows.Length);
        double expected = second.Where(cell => cell.Variant == "full").Average(cell => cell.Figures.PsnrY);
        Assert.Contains(FormattableString.Invariant($"| 2 | {expected:0.00} ± "), rows[3], StringComparison.Ordinal);

        TrainingException failure = Assert.Throws<TrainingException>(() => AblationStudy.Run(
            options with { LearningRate = 0.5 }, sources, 1, _folder.File("out"), variants, s_machine, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("other options", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("terms")]
    [InlineData("network")]
    public void Every_variant_of_the_small_options_is_valid_and_differs_from_the_others(string study)
    {
        IReadOnlyList<AblationVariant> variants = AblationVariant.Studies[study];
        Assert.Equal(variants.Count, variants.Select(variant => variant.Change(AblationPreset.Create()).ToJson()).Distinct().Count());
        Assert.Equal(variants.Count, variants.Select(variant => variant.Name).Distinct().Count());
        foreach (long iterations in new long[] { 1, 7, 200, 10_000 })
        {
            foreach (AblationVariant variant in variants) { variant.Change(AblationPreset.Create(iterations)).Validate(); }
        }
    }

    [Fact]
    public void Networks_of_other_shapes_are_tabled_with_their_cost()
    {
        TrainingSources sources = TestPictures.Sources(_folder.File("in"));
        AblationVariant[] variants = [.. AblationVariant.Networks.Where(variant => variant.Name is "default" or "narrow")];
        TrainingOptions options = TrainingOptions.SmokePreset with { Iterations = 1, StripEvery = 0 };
        AblationStudy.Run(options, sources, 1, _folder.File("out"), variants, s_machine, cancellationToken: TestContext.Current.CancellationToken);
        string[] rows = File.ReadAllLines(_folder.File("out/ablation.md"));
        Assert.Contains(rows, row => row.StartsWith("| the default network | 14,560 | 1 |", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("| 16 channels at the finest level | ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_study_without_development_pictures_is_refused() => Assert.Throws<TrainingException>(() =>
        AblationStudy.Run(AblationPreset.Create(), new TrainingSources(), 1, _folder.File("out"), cancellationToken: TestContext.Current.CancellationToken));
}
