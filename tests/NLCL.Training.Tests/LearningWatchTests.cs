namespace NLCL.Training.Tests;

public sealed class LearningWatchTests
{
    static readonly TrainingOptions s_options = TrainingOptions.LeanPreset with { WarmUp = 200 };

    static List<(long Iteration, string Line)> Watch(Func<long, double> share, TrainingOptions? options = null)
    {
        LearningWatch watch = new(options ?? s_options);
        List<(long, string)> told = [];
        for (long iteration = 1; iteration <= 4_000; iteration++)
        {
            StepMetrics metrics = new();
            // Every third batch is dry.
            double rainy = iteration % 3 == 0 ? 0.001 : 0.05 + (0.01 * (iteration % 7));
            metrics.Add(TrainingMetric.ReplayOfRainy, rainy);
            metrics.Add(TrainingMetric.Replay, share(iteration) * rainy);
            if (watch.Look(iteration, metrics) is { } line) { told.Add((iteration, line)); }
        }
        return told;
    }

    [Fact]
    public void A_network_that_gives_back_what_it_gets_is_told_once_and_early()
    {
        (long iteration, string line) = Assert.Single(Watch(iteration => iteration % 2 == 0 ? 0.99 : 1.02));
        Assert.Equal(1_200, iteration);
        Assert.StartsWith("iteration 1200: nothing is learned", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public void One_that_falls_into_it_later_is_told_then() =>
        Assert.InRange(Assert.Single(Watch(iteration => iteration < 2_000 ? 0.5 : 1)).Iteration, 2_400, 2_600);

    [Fact]
    public void One_that_learns_is_left_alone()
    {
        // Dry pictures come out worse than they came in; there is next to nothing to take out of them.
        Assert.Empty(Watch(iteration => iteration % 3 == 0 ? 7 : iteration < 700 ? 1 : 0.6));
        Assert.Empty(Watch(_ => double.NaN)); // no synthetic rain
        Assert.Empty(Watch(_ => 1, s_options with { WarmUp = 3_500 }));
    }
}
