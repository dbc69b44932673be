using System.Globalization;

namespace NLCL.Training;

/// <summary>
/// Notices a training that learns nothing: a small network begun from nothing at too high a rate may fall, within its first hundreds of iterations, into giving back what it gets, and stay
/// there to the end (DECISIONS.md, 48). Told once.
/// </summary>
sealed class LearningWatch(TrainingOptions options)
{
    // One batch says little: of dry pictures there is nothing to take away, and what a young network spoils there is many times the error. Sums are ruled by rain.
    const int Window = 500;
    const double Nothing = 0.97;

    readonly Queue<(double Own, double Rainy)> _errors = [];
    bool _told;

    /// <param name="iteration">That is done.</param>
    /// <param name="metrics">What it measured.</param>
    /// <returns>One line; null: all is well, or it was told before.</returns>
    public string? Look(long iteration, StepMetrics metrics)
    {
        (double Own, double Rainy) errors = (metrics[TrainingMetric.Replay], metrics[TrainingMetric.ReplayOfRainy]);
        if (_told || !double.IsFinite(errors.Own + errors.Rainy)) { return null; }
        _errors.Enqueue(errors);
        if (_errors.Count <= Window) { return null; }
        _errors.Dequeue();
        if (iteration < options.WarmUp + (2 * Window) || iteration % 100 != 0) { return null; }
        double share = _errors.Sum(pair => pair.Own) / _errors.Sum(pair => pair.Rainy);
        if (share < Nothing) { return null; }
        _told = true;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"iteration {iteration}: nothing is learned; what the network makes of synthetic rain has {share:0.00} times the error of the rain itself. Begin again with another seed, a longer warmUp or a lower learningRate");
    }
}
