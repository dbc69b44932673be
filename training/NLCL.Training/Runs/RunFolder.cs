using System.Text.Json;
using System.Text.Json.Serialization;
using NLCL.Runtime;

namespace NLCL.Training;

/// <summary>The files of one training.</summary>
/// <param name="path">The folder.</param>
public sealed class RunFolder(string path)
{
    /// <summary>How the folder's JSON files are written. Numbers may be infinite: so is the PSNR of equal pictures.</summary>
    internal static JsonSerializerOptions Json { get; } = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The options.</summary>
    public string Options => File("options.json");

    /// <summary>Which pictures were named.</summary>
    public string Sources => File("sources.json");

    /// <summary>Where the weights came from, if they were not trained here.</summary>
    public string Import => File("import.json");

    /// <summary>One row per <see cref="TrainingOptions.LogEvery"/> iterations.</summary>
    public string Metrics => File("metrics.csv");

    /// <summary>One row per validation.</summary>
    public string Validation => File("validation.csv");

    /// <summary>The same and the strips for TensorBoard.</summary>
    public string Events => File("events.out.tfevents.nlcl");

    /// <summary>The latest state.</summary>
    public string Checkpoint => File("checkpoint.safetensors");

    /// <summary>The state with the best Y-PSNR on the development pictures.</summary>
    public string Best => File("best.safetensors");

    /// <summary>What the training came to.</summary>
    public string Summary => File("summary.json");

    /// <summary>The checkpoint to export: the best, else the latest.</summary>
    public string ToExport => System.IO.File.Exists(Best) ? Best : Checkpoint;

    /// <summary>Picture strips: rainy, background, rain.</summary>
    public string Strip(long iteration) => File($"strips/{iteration:D7}.png");

    /// <summary>Options and sources of a run that was begun before.</summary>
    public (TrainingOptions Options, TrainingSources Sources) Read()
    {
        if (!System.IO.File.Exists(Options)) { throw new TrainingException($"{Path}: expected the folder of a training, found no options.json; name the folder that 'train' wrote."); }
        return (TrainingOptions.FromJson(System.IO.File.ReadAllText(Options), Options), ReadSources());
    }

    /// <summary>Makes the folder ready, and refuses to mix two trainings in one.</summary>
    /// <returns>Whether there is a checkpoint to go on from: a run that was killed before its first one begins again.</returns>
    internal bool Begin(TrainingOptions options, TrainingSources sources, bool resume)
    {
        if (!resume && System.IO.File.Exists(Checkpoint))
        {
            throw new TrainingException($"{Path}: a training has been here already; go on with it by --resume, or name another folder.");
        }
        if (resume && !System.IO.File.Exists(Options))
        {
            throw new TrainingException($"{Path}: there is no training to go on with; leave --resume out.");
        }
        resume = resume && System.IO.File.Exists(Checkpoint);
        Write(options, sources);
        if (!resume)
        {
            System.IO.File.Delete(Metrics);
            System.IO.File.Delete(Validation);
            System.IO.File.Delete(Events);
            // Of a run that was killed between its first validation and its first checkpoint: 'export' would take it for this one's.
            System.IO.File.Delete(Best);
        }
        return resume;
    }

    /// <summary>What makes a folder that of a run, but for its checkpoint.</summary>
    internal void Write(TrainingOptions options, TrainingSources sources)
    {
        Directory.CreateDirectory(Path);
        AtomicFile.WriteText(Options, options.ToJson() + "\n");
        AtomicFile.WriteText(Sources, JsonSerializer.Serialize(SourceNames.Of(sources), Json) + "\n");
    }

    /// <summary>Where imported weights came from; null: they were trained here.</summary>
    internal ImportedWeights? ReadImport()
    {
        if (!System.IO.File.Exists(Import)) { return null; }
        try { return JsonSerializer.Deserialize<ImportedWeights>(System.IO.File.ReadAllText(Import), Json); }
        catch (JsonException failure) { throw new TrainingException($"{Import}: {failure.Message.TrimEnd('.')}; import the weights again.", failure); }
    }

    internal void Write(ImportedWeights imported) => AtomicFile.WriteText(Import, JsonSerializer.Serialize(imported, Json) + "\n");

    internal void Write(TrainingSummary summary) => AtomicFile.WriteText(Summary, JsonSerializer.Serialize(summary, Json) + "\n");

    TrainingSources ReadSources()
    {
        try
        {
            return JsonSerializer.Deserialize<SourceNames>(System.IO.File.ReadAllText(Sources), Json)!.ToSources();
        }
        catch (Exception failure) when (failure is JsonException or FileNotFoundException)
        {
            throw new TrainingException($"{Sources}: {failure.Message.TrimEnd('.')}; name the folders again.", failure);
        }
    }

    string File(string name) => System.IO.Path.Combine(Path, name);

    sealed record SourceNames(string[] Rainy, string[] Clean, string? Streaks, string[] DevelopmentRainy, string[] DevelopmentClean, string? Teacher = null, string? Start = null)
    {
        public static SourceNames Of(TrainingSources sources) => new(
            Names(sources.Rainy), Names(sources.Clean), FullPath(sources.Streaks),
            Names(sources.DevelopmentRainy), Names(sources.DevelopmentClean),
            FullPath(sources.Teacher), FullPath(sources.Start));

        public TrainingSources ToSources() => new()
        {
            Rainy = [.. Rainy.Select(PictureFolder.Parse)],
            Clean = [.. Clean.Select(PictureFolder.Parse)],
            Streaks = Streaks,
            Teacher = Teacher,
            Start = Start,
            DevelopmentRainy = [.. DevelopmentRainy.Select(PictureFolder.Parse)],
            DevelopmentClean = [.. DevelopmentClean.Select(PictureFolder.Parse)],
        };

        static string? FullPath(string? path) => path is null ? null : System.IO.Path.GetFullPath(path);

        static string[] Names(IReadOnlyList<PictureFolder> folders) =>
            [.. folders.Select(folder => System.IO.Path.GetFullPath(folder.Path) + (folder.Pattern == "*" ? "" : "/" + folder.Pattern) + folder.Half switch
            {
                PictureHalf.Left => ":left",
                PictureHalf.Right => ":right",
                _ => "",
            })];
    }
}
