using System.CommandLine;
using NLCL.CommandLine;
using NLCL.Training;

namespace NLCL.Train;

/// <summary>nlcl train: learns a derainer.</summary>
static class TrainCommand
{
    public static Command Create()
    {
        Option<string> output = new("--output", "-o") { Description = "Run folder: options, metrics, checkpoints, strips.", HelpName = "RUN", Required = true };
        Option<string?> preset = new("--preset") { Description = $"Options to start from: {string.Join(", ", TrainingOptions.Presets.Keys)}. Default: lean.", HelpName = "NAME" };
        Option<string?> optionsFile = new("--options") { Description = "JSON file of options instead of a preset; what it leaves out has the lean preset's value.", HelpName = "FILE" };
        Option<string[]> set = new("--set") { Description = "Change one option, e.g. iterations=20000 or weights.adversary=0.1. May be repeated.", HelpName = "NAME=VALUE" };
        Option<string[]> rainy = new("--rainy") { Description = "Folder of rainy pictures; DIR:left or DIR:right takes one half of side-by-side pairs. May be repeated.", HelpName = "DIR" };
        Option<string[]> clean = new("--clean") { Description = "Folder of clean pictures of other scenes, as --rainy. Of a folder named in both, each file serves in one role only.", HelpName = "DIR" };
        Option<string?> streaks = new("--streaks") { Description = "Folder of streak textures, white on black, for synthetic rain.", HelpName = "DIR" };
        Option<string[]> devRainy = new("--dev-rainy") { Description = "Rainy pictures to measure on while training. May be repeated.", HelpName = "DIR" };
        Option<string[]> devClean = new("--dev-clean") { Description = "Their clean counterparts, same file names; one for each --dev-rainy.", HelpName = "DIR" };
        Option<string?> start = new("--start") { Description = "Begin with the weights of this checkpoint or .safetensors file of the same network, e.g. models/nlcl.safetensors.", HelpName = "FILE" };
        Option<string?> teacher = new("--teacher") { Description = "Checkpoint of a trained run that teaches a smaller network (preset lite).", HelpName = "FILE" };
        Option<bool> resume = new("--resume") { Description = "Go on from the run's checkpoint; options and folders are the run's unless given anew." };
        Option<string> device = new("--device", "-d") { Description = "auto, cpu or cuda.", HelpName = "NAME", DefaultValueFactory = _ => "auto" };
        Option<int> threads = new("--threads") { Description = "CPU threads; 0: one for each core.", HelpName = "N" };
        Option<int> workers = new("--workers") { Description = "Threads that make batches ahead.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<int> cache = new("--cache") { Description = "Memory for decoded pictures, in MiB.", HelpName = "MIB", DefaultValueFactory = _ => new TrainingMachine().CacheMegabytes };
        Option<bool> json = new("--json") { Description = "One JSON object per line on standard output." };
        Command command = new("train", "Learn a derainer from rainy pictures and other, clean ones.")
        {
            output, preset, optionsFile, set, rainy, clean, streaks, start, teacher, devRainy, devClean, resume, device, threads, workers, cache, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string run = parsed.GetRequiredValue(output);
            bool goOn = parsed.GetValue(resume);
            (TrainingOptions options, TrainingSources sources) = goOn ? new RunFolder(run).Read() : (TrainingOptions.LeanPreset, new TrainingSources());
            if (Named(parsed.GetValue(preset), parsed.GetValue(optionsFile)) is { } named) { options = named; }
            if (!goOn && parsed.GetValue(optionsFile) is null && parsed.GetValue(start) is { } begun) { options = NetworkOf(begun, options); }
            foreach (string assignment in parsed.GetValue(set) ?? []) { options = Override(options, assignment); }
            sources = sources with
            {
                Rainy = PictureFolders.Parse(parsed.GetValue(rainy), sources.Rainy),
                Clean = PictureFolders.Parse(parsed.GetValue(clean), sources.Clean),
                Streaks = parsed.GetValue(streaks) ?? sources.Streaks,
                Start = parsed.GetValue(start) ?? sources.Start,
                Teacher = parsed.GetValue(teacher) ?? sources.Teacher,
                DevelopmentRainy = PictureFolders.Parse(parsed.GetValue(devRainy), sources.DevelopmentRainy),
                DevelopmentClean = PictureFolders.Parse(parsed.GetValue(devClean), sources.DevelopmentClean),
            };
            if (options.Preset == "tune" && sources.Start is null && !goOn)
            {
                throw new CommandException(ExitCodes.Usage, "preset tune goes on with a trained derainer; name it by --start, e.g. --start models/nlcl.safetensors.");
            }
            TrainingMachine machine = new()
            {
                Device = parsed.GetValue(device)!,
                Threads = parsed.GetValue(threads),
                DataWorkers = parsed.GetValue(workers),
                CacheMegabytes = parsed.GetValue(cache),
            };
            return Task.FromResult(new TrainJob(options, sources, run, goOn, machine, parsed.GetValue(json)).Run(cancellation));
        });
        return command;
    }

    static TrainingOptions? Named(string? preset, string? file)
    {
        if (preset is not null && file is not null) { throw new CommandException(ExitCodes.Usage, "--preset and --options exclude each other."); }
        if (file is not null) { return TrainingOptions.FromJson(File.ReadAllText(file), file); }
        return preset is null ? null : TrainingOptions.Presets.GetValueOrDefault(preset)
            ?? throw new CommandException(ExitCodes.Usage, $"there is no preset '{preset}'; known are {string.Join(", ", TrainingOptions.Presets.Keys)}.");
    }

    /// <summary>Weights to start from bring their network along; only an option that is set says otherwise.</summary>
    static TrainingOptions NetworkOf(string start, TrainingOptions options)
    {
        TrainingOptions taken = options.WithNetworkOf(start);
        if (taken.Lean != options.Lean) { Console.Error.WriteLine($"network: as in {start}"); }
        return taken;
    }

    static TrainingOptions Override(TrainingOptions options, string assignment)
    {
        TrainingOptions changed = options.With(assignment);
        string name = assignment[..assignment.IndexOf('=', StringComparison.Ordinal)].Trim();
        Console.Error.WriteLine($"option {name}: {options.ValueOf(name)} -> {changed.ValueOf(name)}");
        return changed;
    }
}
