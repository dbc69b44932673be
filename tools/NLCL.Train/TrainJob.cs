using System.Globalization;
using System.Text.Json.Nodes;
using NLCL.CommandLine;
using NLCL.Training;

namespace NLCL.Train;

/// <summary>One training from the command line: progress, the last lines, the exit code.</summary>
sealed class TrainJob(TrainingOptions options, TrainingSources sources, string run, bool resume, TrainingMachine machine, bool json)
{
    public int Run(CancellationToken cancellation)
    {
        long first = -1;
        using ProgressPrinter printer = new($"train {run}", "iterations", json);
        TrainingSummary summary = Trainer.Run(options, sources, run, resume, new Synchronous(Report), machine, cancellation);
        printer.Finish(summary.Iterations, Result(summary));
        foreach (string warning in summary.Warnings) { ConsoleText.WriteWarning(warning); }
        if (!json) { Console.WriteLine(LastLines(summary)); }
        return summary.Completed ? ExitCodes.Success : ExitCodes.Interrupted;

        void Report(TrainingProgress progress)
        {
            if (first < 0) { first = progress.IterationsDone - 1; }
            if (progress.Message is { } message) { ConsoleText.WriteWarning(message); }
            printer.Report(progress.IterationsDone - first, progress.IterationsTotal - first, Details(progress.Metrics));
        }
    }

    static Dictionary<string, double> Details(StepMetrics metrics) =>
        metrics.Measured.ToDictionary(metric => char.ToLowerInvariant(metric.ToString()[0]) + metric.ToString()[1..], metric => metrics[metric]);

    static JsonObject Result(TrainingSummary summary) => new()
    {
        ["run"] = summary.RunFolder,
        ["completed"] = summary.Completed,
        ["bestPsnrY"] = summary.BestPsnrY is { } psnr && double.IsFinite(psnr) ? psnr : null, // JSON knows no infinity
        ["bestSsimY"] = summary.BestSsimY,
        ["bestIteration"] = summary.BestIteration,
    };

    static string LastLines(TrainingSummary summary)
    {
        string parts = string.Join(", ", summary.MillisecondsPerIteration.OrderByDescending(part => part.Value)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Key} {part.Value:0.0}")));
        string reached = summary.BestPsnrY is { } psnr
            ? string.Create(CultureInfo.InvariantCulture, $"best on the development pictures: {psnr:0.00} dB, SSIM {summary.BestSsimY:0.000}, after {summary.BestIteration} iterations: {summary.ToExport}")
            : $"not measured, for no development pictures were named; the latest weights: {summary.ToExport}";
        string skipped = summary.SkippedSteps > 0 ? $"\n{summary.SkippedSteps} steps left out because a loss was not a number" : "";
        string next = summary.Completed
            ? $"next: nlcl export {summary.RunFolder} --output model.onnx"
            : $"stopped; go on: nlcl train --resume --output {summary.RunFolder}";
        return $"{summary.Iterations} iterations in {summary.RunFolder}; ms per iteration: {parts}\n{reached}{skipped}\n{next}";
    }

    /// <summary>Calls at once, on the training's thread: lines stay in order.</summary>
    sealed class Synchronous(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
