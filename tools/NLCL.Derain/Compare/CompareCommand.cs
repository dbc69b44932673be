using System.CommandLine;
using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>nlcl compare: shows rainy and derained pictures side by side, as strips and as one page with sliders.</summary>
static class CompareCommand
{
    public static Command Create()
    {
        Argument<string> rainy = new("RAINY") { Description = "A rainy picture, or a folder of them. DIR:left or DIR:right takes one half of side-by-side pictures." };
        Argument<string> output = new("OUTPUT") { Description = "A page.html; or a folder, which gets index.html and strips/NAME.png: rainy, derained, rain layer, truth." };
        Option<string?> result = new("--result") { Description = "Derained pictures to show instead of running a model: a file or folder as RAINY, same names.", HelpName = "DIR" };
        Option<string?> clean = new("--clean") { Description = "The truth: a file or folder as RAINY, same names; gives figures.", HelpName = "DIR" };
        Option<string?> model = ModelOption.Create();
        Option<DeviceKind> device = new("--device", "-d") { Description = "Where to compute.", DefaultValueFactory = _ => DeviceKind.Auto };
        Option<int?> scale = ScaleOption.Create();
        Option<bool> mirror = MirrorOption.Create();
        Option<int> threads = new("--threads") { Description = "CPU threads for the network; 0: one per physical core.", HelpName = "N" };
        Option<int> side = new("--side") { Description = "Longer side of the pictures in the page, in pixels; strips and figures are of full size.", HelpName = "PX", DefaultValueFactory = _ => 1280 };
        Option<int> quality = new("--quality") { Description = "JPEG quality of the pictures in the page.", HelpName = "1-100", DefaultValueFactory = _ => 90 };
        Option<bool> overwrite = new("--overwrite", "-y") { Description = "Replace outputs that exist." };
        Command command = new("compare", "Show rainy beside derained: strips, and one page with a slider for each picture.")
        {
            rainy, output, result, clean, model, device, scale, mirror, threads, side, quality, overwrite,
        };
        command.SetAction((parsed, cancellation) =>
        {
            int pixels = parsed.GetValue(side), percent = parsed.GetValue(quality);
            if (pixels < 16) { throw new CommandException(ExitCodes.Usage, $"--side {pixels}: at least 16."); }
            if (percent is < 1 or > 100) { throw new CommandException(ExitCodes.Usage, $"--quality {percent}: 1 to 100."); }
            if (parsed.GetValue(result) is not null && parsed.GetValue(model) is not null) { throw new CommandException(ExitCodes.Usage, "--result and --model exclude each other."); }

            CompareSource source = CompareSource.Find(parsed.GetRequiredValue(rainy), parsed.GetValue(result), parsed.GetValue(clean));
            using ScaledDerainers? derainers = parsed.GetValue(result) is null
                ? new(ModelOption.Resolve(parsed.GetValue(model)), new DerainerOptions { Device = parsed.GetValue(device), Threads = parsed.GetValue(threads), Mirrored = parsed.GetValue(mirror) }, ScaleOption.Of(parsed, scale))
                : null;
            return Task.FromResult(new CompareJob(source, derainers, parsed.GetRequiredValue(output), pixels, percent, parsed.GetValue(overwrite)).Run(cancellation));
        });
        return command;
    }
}
