using System.CommandLine;
using System.Globalization;
using NLCL.CommandLine;
using NLCL.Training;

namespace NLCL.Train;

/// <summary>nlcl ablate: which term of the method helps by how much.</summary>
static class AblateCommand
{
    public static Command Create()
    {
        Option<string[]> rainy = new("--rainy") { Description = "Folder of rainy pictures, as for 'train'. May be repeated.", HelpName = "DIR", Required = true };
        Option<string[]> clean = new("--clean") { Description = "Folder of clean pictures of other scenes.", HelpName = "DIR", Required = true };
        Option<string[]> devRainy = new("--dev-rainy") { Description = "Rainy pictures to compare on.", HelpName = "DIR", Required = true };
        Option<string[]> devClean = new("--dev-clean") { Description = "Their clean counterparts, same file names.", HelpName = "DIR", Required = true };
        Option<string> output = new("--output", "-o") { Description = "Folder for ablation.md, ablation.csv and all runs. What is done in it is kept.", HelpName = "DIR", Required = true };
        Option<int> seeds = new("--seeds") { Description = "Trainings of each variant.", HelpName = "N", DefaultValueFactory = _ => 3 };
        Option<string> study = new("--study") { Description = "What is changed: terms of the method, or the shape of the network on synthetic replay alone.", HelpName = "NAME", DefaultValueFactory = _ => "terms" };
        study.AcceptOnlyFromAmong([.. AblationVariant.Studies.Keys]);
        Option<long> iterations = new("--iterations") { Description = "Length of each training.", HelpName = "N", DefaultValueFactory = _ => AblationPreset.DefaultIterations };
        Option<string?> optionsFile = new("--options") { Description = "JSON file of the full method's options, instead of the small ones made for this.", HelpName = "FILE" };
        Option<string[]> set = new("--set") { Description = "Change one option of all variants, e.g. crop=96. May be repeated.", HelpName = "NAME=VALUE" };
        Option<string[]> only = new("--only") { Description = $"Only these variants, beside the first of the study: {string.Join("; ", AblationVariant.Studies.Select(study => $"{study.Key}: {string.Join(", ", study.Value.Skip(1).Select(variant => variant.Name))}"))}.", HelpName = "NAME" };
        Option<string?> streaks = new("--streaks") { Description = "Folder of streak textures, white on black, for synthetic rain.", HelpName = "DIR" };
        Option<int> threads = new("--threads") { Description = "CPU threads; 0: as many as there are.", HelpName = "N" };
        Command command = new("ablate", "Train with each term of the method on and off, or networks of other shapes, several seeds each, and table what it does.")
        {
            rainy, clean, devRainy, devClean, output, study, seeds, iterations, optionsFile, set, only, streaks, threads,
        };
        command.SetAction((parsed, cancellation) =>
        {
            int seedCount = parsed.GetValue(seeds);
            if (seedCount < 1) { throw new CommandException(ExitCodes.Usage, $"--seeds {seedCount}: at least 1."); }
            if (parsed.GetValue(iterations) < 1) { throw new CommandException(ExitCodes.Usage, $"--iterations {parsed.GetValue(iterations)}: at least 1."); }
            TrainingOptions options = parsed.GetValue(optionsFile) is { } file
                ? TrainingOptions.FromJson(File.ReadAllText(file), file)
                : AblationPreset.Create(parsed.GetValue(iterations));
            foreach (string assignment in parsed.GetValue(set) ?? []) { options = options.With(assignment); }
            TrainingSources sources = new()
            {
                Rainy = PictureFolders.Parse(parsed.GetValue(rainy), []),
                Clean = PictureFolders.Parse(parsed.GetValue(clean), []),
                Streaks = parsed.GetValue(streaks),
                DevelopmentRainy = PictureFolders.Parse(parsed.GetValue(devRainy), []),
                DevelopmentClean = PictureFolders.Parse(parsed.GetValue(devClean), []),
            };
            AblationVariant[] variants = Variants(AblationVariant.Studies[parsed.GetValue(study)!], parsed.GetValue(only));
            string place = parsed.GetRequiredValue(output);
            int done = 0, all = variants.Length * seedCount;
            TrainingMachine machine = new() { Threads = parsed.GetValue(threads) };
            IReadOnlyList<AblationCell> cells = AblationStudy.Run(options, sources, seedCount, place, variants, machine, Report, cancellation);
            if (cells.Count > 0) { Console.WriteLine(File.ReadAllText(Path.Combine(place, "ablation.md")).TrimEnd()); }
            if (cells.Count < all) { Console.WriteLine($"stopped after {cells.Count} of {all} trainings; the same command goes on."); }
            else { Console.WriteLine($"{Path.Combine(place, "ablation.md")}, ablation.csv"); }
            return Task.FromResult(cells.Count == all ? ExitCodes.Success : ExitCodes.Interrupted);

            void Report(AblationCell cell) => Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{++done}/{all}  {cell.Variant}, seed {cell.Seed}: {cell.Figures.PsnrY:0.00} dB, SSIM {cell.Figures.SsimY:0.000}, mean |R| {cell.Figures.MeanRain:0.0000}, {cell.Seconds:0} s{(cell.Kept ? ", kept" : "")}"));
        });
        return command;
    }

    static AblationVariant[] Variants(IReadOnlyList<AblationVariant> study, string[]? only)
    {
        if (only is null or []) { return [.. study]; }
        return only.FirstOrDefault(name => study.All(variant => variant.Name != name)) is { } unknown
            ? throw new CommandException(ExitCodes.Usage, $"--only '{unknown}': known are {string.Join(", ", study.Select(variant => variant.Name))}.")
            : [.. study.Where((variant, index) => index == 0 || only.Contains(variant.Name))];
    }
}
