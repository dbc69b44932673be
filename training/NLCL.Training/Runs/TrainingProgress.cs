namespace NLCL.Training;

/// <summary>How far a training is.</summary>
/// <param name="IterationsDone">Iterations done, those before a resume included.</param>
/// <param name="IterationsTotal">Length of the training.</param>
/// <param name="IterationsPerSecond">Speed of this run so far, validation and checkpoints included.</param>
/// <param name="TimeLeft">At that speed.</param>
/// <param name="Metrics">Of the last iteration.</param>
/// <param name="Message">Something to tell once, such as a validation's result or a skipped step; else null.</param>
public sealed record TrainingProgress(
    long IterationsDone, long IterationsTotal, double IterationsPerSecond, TimeSpan TimeLeft, StepMetrics Metrics, string? Message);
