using System.Diagnostics;

namespace NLCL.Training;

/// <summary>The training loop.</summary>
public static class Trainer
{
    /// <summary>So many steps in a row that are not numbers end the training.</summary>
    public const int MostSkippedInARow = 10;

    /// <summary>Trains until the options' iterations are done or the token stops it; a checkpoint is written in both cases.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="sources">Which pictures to do it on.</param>
    /// <param name="runFolder">Receives options, metrics, checkpoints, strips and summary.</param>
    /// <param name="resume">Go on from the folder's checkpoint. On a CPU, with the same threads, the result is that of an uninterrupted run, bit for bit.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="machine">Where to run; null: the defaults.</param>
    /// <param name="cancellationToken">Stops after the iteration under way.</param>
    /// <returns>The summary; <see cref="TrainingSummary.Completed"/> says whether all iterations are done.</returns>
    /// <exception cref="TrainingException">Pictures or run folder do not allow the training.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no longer a number.</exception>
    /// <exception cref="CheckpointException">The checkpoint to go on from is damaged or of another training.</exception>
    public static TrainingSummary Run(
        TrainingOptions options, TrainingSources sources, string runFolder, bool resume = false,
        IProgress<TrainingProgress>? progress = null, TrainingMachine? machine = null, CancellationToken cancellationToken = default)
    {
        long begun = Stopwatch.GetTimestamp();
        using TrainingRun run = new(options, sources, new RunFolder(runFolder), resume, machine ?? new TrainingMachine());
        TrainingState state = run.State;
        long first = state.Iteration;
        int skippedInARow = 0;
        LearningWatch watch = new(options);

        while (state.Iteration < options.Iterations && !cancellationToken.IsCancellationRequested)
        {
            TrainingBatch batch = run.NextBatch();
            (StepMetrics metrics, bool stepped) = run.Step.Run(batch);
            string? message = null;
            if (stepped)
            {
                skippedInARow = 0;
                state.Average(TrainingSchedule.EmaDecay(options, state.Iteration));
            }
            else
            {
                state.SkippedSteps++;
                message = $"iteration {state.Iteration + 1}: a loss is not a number, step left out";
                if (++skippedInARow == MostSkippedInARow) { throw Diverged(run, state.Iteration + 1); }
            }
            state.Iteration++;

            message ??= watch.Look(state.Iteration, metrics);
            run.Log(metrics);
            bool last = state.Iteration == options.Iterations;
            if (Due(options.ValidateEvery)) { message = run.Validate(cancellationToken) ?? message; }
            if (Due(options.CheckpointEvery)) { run.SaveCheckpoint(); }
            if (options.StripEvery > 0 && Due(options.StripEvery)) { run.WriteStrip(); }
            progress?.Report(Progress(options, state, first, begun, metrics, message));

            bool Due(int every) => last || state.Iteration % every == 0;
        }
        if (state.Iteration < options.Iterations) { run.SaveCheckpoint(); }
        return run.Summarize(state.Iteration - first, Stopwatch.GetElapsedTime(begun));
    }

    static TrainingProgress Progress(
        TrainingOptions options, TrainingState state, long first, long begun, StepMetrics metrics, string? message)
    {
        double rate = (state.Iteration - first) / Math.Max(Stopwatch.GetElapsedTime(begun).TotalSeconds, 1e-9);
        TimeSpan left = TimeSpan.FromSeconds((options.Iterations - state.Iteration) / Math.Max(rate, 1e-9));
        return new TrainingProgress(state.Iteration, options.Iterations, rate, left, metrics, message);
    }

    static TrainingDivergedException Diverged(TrainingRun run, long iteration) => new(
        $"{run.Folder.Path}: {MostSkippedInARow} iterations in a row up to {iteration} gave losses that are no numbers; " +
        "lower learningRate or the weight of the loss that metrics.csv shows growing, and start from the last checkpoint.");
}
