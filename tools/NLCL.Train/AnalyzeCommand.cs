using System.CommandLine;
using System.Globalization;
using NLCL.CommandLine;
using NLCL.Training;
using static TorchSharp.torch;

namespace NLCL.Train;

/// <summary>nlcl analyze: the intrinsic dimension of both layers of a trained model.</summary>
static class AnalyzeCommand
{
    public static Command Create()
    {
        Argument<string> model = new("RUN|WEIGHTS|MODEL.onnx") { Description = "Run folder that 'train' wrote (its best checkpoint is taken), a file of weights, or a model file." };
        Option<string[]> rainy = new("--rainy") { Description = "Folder of rainy pictures; DIR:left or DIR:right takes one half of side-by-side pairs.", HelpName = "DIR", Required = true };
        Option<string> output = new("--output", "-o") { Description = "Folder for dimensions.png, dimensions.json and dimensions.csv.", HelpName = "DIR", Required = true };
        Option<int> pictures = new("--pictures") { Description = "Most pictures, evenly spread over the folder; 0: all.", HelpName = "N" };
        Option<int> groups = new("--groups") { Description = "Groups of look-alike patches on each layer of each picture.", HelpName = "N", DefaultValueFactory = _ => new LayerAnalysisOptions().GroupsPerPicture };
        Option<int> seed = new("--seed") { Description = "The same seed takes the same groups.", HelpName = "S", DefaultValueFactory = _ => 1 };
        Option<int> threads = new("--threads") { Description = "CPU threads; 0: as many as there are.", HelpName = "N" };
        Command command = new("analyze", "Measure the intrinsic dimension of background and rain, as a trained model splits them.")
        {
            model, rainy, output, pictures, groups, seed, threads,
        };
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(rainy) is not [string folder]) { throw new CommandException(ExitCodes.Usage, "--rainy: one folder at a time."); }
            if (parsed.GetValue(threads) is > 0 and int count) { set_num_threads(count); }
            LayerAnalysisOptions options = new()
            {
                Pictures = parsed.GetValue(pictures),
                GroupsPerPicture = parsed.GetValue(groups),
                Seed = parsed.GetValue(seed),
            };
            string place = parsed.GetRequiredValue(output);
            using ProgressPrinter progress = new("analyze", "pictures", json: false);
            LayerAnalysisReport report = LayerAnalysis.Run(
                parsed.GetRequiredValue(model), PictureFolders.Parse([folder], [])[0], options, (done, total) => progress.Report(done, total), cancellation);
            report.Write(place);
            progress.Finish(report.Pictures);
            foreach (string warning in report.Warnings) { ConsoleText.WriteWarning(warning); }
            Print(report);
            Console.WriteLine($"{Path.Combine(place, "dimensions.png")}, dimensions.json, dimensions.csv");
            return Task.FromResult(report.Warnings.Count > 0 ? ExitCodes.Partial : ExitCodes.Success);
        });
        return command;
    }

    static void Print(LayerAnalysisReport report)
    {
        Console.WriteLine($"{report.Model}: {report.Pictures} pictures, {report.Options.GroupsPerPicture} groups of {report.Options.Patches} patches on each layer; mean and standard deviation over groups");
        Console.WriteLine($"{"layer",-12} {"groups",6}  {$"MLE, k = {report.Options.TableNeighbours}",-16} {"PCA 95 %",-16} participation ratio");
        Row("background", report.Background);
        Row("rain", report.Rain);
        if (report.GroupsWithoutRain > 0) { Console.WriteLine($"{report.GroupsWithoutRain} groups without rain left out"); }
        Console.WriteLine(report.Verdict);

        void Row(string name, LayerDimensions layer) => Console.WriteLine(
            $"{name,-12} {layer.Groups,6}  {Show(layer.MaximumLikelihood[report.Options.TableNeighbours]),-16} {Show(layer.PrincipalComponents),-16} {Show(layer.ParticipationRatio)}");
    }

    static string Show(MeanSpread value) => string.Create(CultureInfo.InvariantCulture, $"{value.Mean:0.0} ± {value.Spread:0.0}");
}
