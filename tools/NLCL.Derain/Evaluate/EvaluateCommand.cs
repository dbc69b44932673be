using System.CommandLine;
using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>nlcl evaluate: how near the result comes to the clean picture, for pairs of the same file name, in one set or several.</summary>
static class EvaluateCommand
{
    public static Command Create()
    {
        Option<string[]> rainy = new("--rainy") { Description = "Folder of rainy pictures. DIR:left or DIR:right takes one half of side-by-side pictures. Once per set.", HelpName = "DIR", DefaultValueFactory = _ => [] };
        Option<string[]> clean = new("--clean") { Description = "Folder of their clean counterparts, same file names (extensions may differ). Once per set, or once for all.", HelpName = "DIR", Required = true };
        Option<string[]> result = new("--result") { Description = "Folder of results to judge instead of running a model. Once per set.", HelpName = "DIR", DefaultValueFactory = _ => [] };
        Option<string[]> mask = new("--mask") { Description = "Folder of masks, same file names: only pixels count where they are not black. Once per set, or once for all.", HelpName = "DIR", DefaultValueFactory = _ => [] };
        Option<string?> model = ModelOption.Create();
        Option<DeviceKind> device = new("--device", "-d") { Description = "Where to compute.", DefaultValueFactory = _ => DeviceKind.Auto };
        Option<ModelPrecision> precision = PrecisionOption.Create();
        Option<int?> scale = ScaleOption.Create();
        Option<bool> mirror = MirrorOption.Create();
        Option<int> threads = new("--threads") { Description = "CPU threads for the network; 0: one per physical core.", HelpName = "N" };
        Option<bool> clip = new("--clip") { Description = "The rainy pictures of a folder, in order of their names, are the frames of a clip: a model that sees neighbours gets them." };
        Option<bool> means = new("--means") { Description = "Only the means of the sets, not each picture." };
        Option<bool> json = new("--json") { Description = "One JSON object per picture, and one per set with the means." };
        Command command = new("evaluate", "Measure Y-PSNR, Y-SSIM, RGB-PSNR and RGB-SSIM against clean pictures.")
        {
            rainy, clean, result, mask, model, device, precision, scale, mirror, threads, clip, means, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string[] rainyFolders = parsed.GetValue(rainy)!, results = parsed.GetValue(result)!;
            if (results.Length > 0 && parsed.GetValue(model) is not null) { throw new CommandException(ExitCodes.Usage, "--result and --model exclude each other."); }
            if (results.Length > 0 && parsed.GetValue(clip)) { throw new CommandException(ExitCodes.Usage, "--result and --clip exclude each other: only a model sees neighbours."); }
            PictureSet[] sets = PictureSet.Pair(rainyFolders, parsed.GetRequiredValue(clean), results, parsed.GetValue(mask)!);
            using ScaledDerainers? derainers = results.Length == 0
                ? new(parsed.GetValue(clip) ? ModelOption.ResolveForClips(parsed.GetValue(model)) : ModelOption.Resolve(parsed.GetValue(model)), new DerainerOptions { Device = parsed.GetValue(device), Precision = parsed.GetValue(precision), Threads = parsed.GetValue(threads), Mirrored = parsed.GetValue(mirror) }, ScaleOption.Of(parsed, scale))
                : null;
            EvaluationPrinter printer = new(parsed.GetValue(json), parsed.GetValue(means), derainers?.First);
            foreach (PictureSet set in sets) { printer.PrintSet(set, new Evaluation(set, derainers, parsed.GetValue(clip)).Run(printer, cancellation)); }
            printer.PrintAll();
            foreach (Derainer derainer in derainers?.Opened ?? []) { PrecisionOption.WarnOfReduction(derainer); }
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
