using System.Text.Json;
using System.Text.Json.Nodes;

namespace NLCL.Training;

/// <summary>
/// Trains the full method and each variant from several seeds, everything else equal, and tables what they reach. What is done
/// stays done: an interrupted study goes on where it stopped.
/// </summary>
public static class AblationStudy
{
    /// <summary>Runs what is missing and writes ablation.md and ablation.csv anew after each training.</summary>
    /// <param name="options">The full method; its seed is replaced.</param>
    /// <param name="sources">Pictures, development sets included.</param>
    /// <param name="seeds">So many seeds, 1, 2, …</param>
    /// <param name="folder">Receives the tables, and a run folder for each training below cells/.</param>
    /// <param name="variants">Which rows; null: <see cref="AblationVariant.All"/>.</param>
    /// <param name="machine">Where to run; null: the defaults.</param>
    /// <param name="report">Told each training as it is done.</param>
    /// <param name="cancellationToken">Stops within an iteration; that training starts anew next time.</param>
    /// <returns>All trainings that are done.</returns>
    /// <exception cref="TrainingException">There are no development pictures, or the folder holds a study with other options.</exception>
    public static IReadOnlyList<AblationCell> Run(
        TrainingOptions options, TrainingSources sources, int seeds, string folder, IReadOnlyList<AblationVariant>? variants = null,
        TrainingMachine? machine = null, Action<AblationCell>? report = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        variants ??= AblationVariant.All;
        if (sources.DevelopmentRainy.Count == 0) { throw new TrainingException("An ablation needs development pictures to compare on; add --dev-rainy DIR and --dev-clean DIR."); }
        foreach (AblationVariant variant in variants) { variant.Change(options).Validate(); }
        DevelopmentFigures rainy = Rainy(sources, options.ValidationPictures);
        List<AblationCell> cells = [];
        // Seed by seed, so that a study stopped early has compared all variants on fewer seeds.
        for (int seed = 1; seed <= seeds; seed++)
        {
            foreach (AblationVariant variant in variants)
            {
                if (cancellationToken.IsCancellationRequested) { return cells; }
                TrainingOptions own = variant.Change(options with { Seed = seed });
                RunFolder run = new(Path.Combine(folder, "cells", $"{variant.Name}-{seed}"));
                if ((Kept(run, own) ?? Train(run, own, sources, machine, cancellationToken)) is not { } result) { return cells; }
                AblationCell cell = new(variant.Name, seed, result.Figures, result.Seconds, result.Kept);
                cells.Add(cell);
                AblationTable.Write(folder, options, rainy, variants, cells);
                report?.Invoke(cell);
            }
        }
        return cells;
    }

    static DevelopmentFigures Rainy(TrainingSources sources, int most)
    {
        List<DevelopmentFigures> found = [];
        foreach (DevelopmentSet set in DevelopmentSet.Open(sources, most))
        {
            using (set) { found.Add(set.MeasureRainy()); }
        }
        return DevelopmentFigures.Mean(found);
    }

    /// <summary>The result of a training that was finished before; null: none was.</summary>
    static (DevelopmentFigures Figures, double Seconds, bool Kept)? Kept(RunFolder run, TrainingOptions options)
    {
        if (!File.Exists(run.Summary)) { return null; }
        if (!File.Exists(run.Options) || File.ReadAllText(run.Options) != options.ToJson() + "\n")
        {
            throw new TrainingException($"{run.Path}: this training was made with other options; name another output folder, or remove it.");
        }
        JsonNode summary = JsonNode.Parse(File.ReadAllText(run.Summary))!;
        return summary["completed"]!.GetValue<bool>() && summary["latest"].Deserialize<DevelopmentFigures>(RunFolder.Json) is { } figures
            ? (figures, summary["seconds"]!.GetValue<double>(), true)
            : null;
    }

    static (DevelopmentFigures Figures, double Seconds, bool Kept)? Train(
        RunFolder run, TrainingOptions options, TrainingSources sources, TrainingMachine? machine, CancellationToken cancellationToken)
    {
        if (Directory.Exists(run.Path)) { Directory.Delete(run.Path, recursive: true); } // begun and not finished
        TrainingSummary summary = Trainer.Run(options, sources, run.Path, machine: machine, cancellationToken: cancellationToken);
        return summary is { Completed: true, Latest: { } figures } ? (figures, summary.Seconds, false) : null;
    }
}
