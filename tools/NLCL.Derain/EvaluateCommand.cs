using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>nlcl evaluate: how near the result comes to the clean picture, for pairs of the same file name.</summary>
static class EvaluateCommand
{
    public static Command Create()
    {
        Option<string?> rainy = new("--rainy") { Description = "Folder of rainy pictures. DIR:left or DIR:right takes one half of side-by-side pictures.", HelpName = "DIR" };
        Option<string> clean = new("--clean") { Description = "Folder of their clean counterparts, same file names (extensions may differ).", HelpName = "DIR", Required = true };
        Option<string?> result = new("--result") { Description = "Folder of results to judge instead of running a model.", HelpName = "DIR" };
        Option<string?> mask = new("--mask") { Description = "Folder of masks, same file names: only pixels count where they are not black.", HelpName = "DIR" };
        Option<string?> model = ModelOption.Create();
        Option<DeviceKind> device = new("--device", "-d") { Description = "Where to compute.", DefaultValueFactory = _ => DeviceKind.Auto };
        Option<int> threads = new("--threads") { Description = "CPU threads for the network; 0: one per physical core.", HelpName = "N" };
        Option<bool> json = new("--json") { Description = "One JSON object per picture, and one with the means." };
        Command command = new("evaluate", "Measure Y-PSNR, Y-SSIM, RGB-PSNR and RGB-SSIM against clean pictures.")
        {
            rainy, clean, result, mask, model, device, threads, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            PictureFolder? rainyFolder = Open(parsed.GetValue(rainy));
            PictureFolder? resultFolder = Open(parsed.GetValue(result));
            PictureFolder cleanFolder = Open(parsed.GetRequiredValue(clean))!;
            if (rainyFolder is null && resultFolder is null) { throw new CommandException(ExitCodes.Usage, "nothing to judge: give --rainy DIR, or --result DIR."); }
            if (resultFolder is not null && parsed.GetValue(model) is not null) { throw new CommandException(ExitCodes.Usage, "--result and --model exclude each other."); }

            using Derainer? derainer = resultFolder is null
                ? Derainer.Open(ModelOption.Resolve(parsed.GetValue(model)), new DerainerOptions { Device = parsed.GetValue(device), Threads = parsed.GetValue(threads) })
                : null;
            new Evaluation(cleanFolder, rainyFolder, resultFolder, Open(parsed.GetValue(mask)), derainer, parsed.GetValue(json)).Run(cancellation);
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    static PictureFolder? Open(string? folder)
    {
        if (folder is null) { return null; }
        PictureFolder pictures = PictureFolder.Parse(folder);
        return Directory.Exists(pictures.Path) ? pictures : throw new CommandException(ExitCodes.Input, $"folder '{pictures.Path}' is not there.");
    }
}

/// <summary>The figures of one picture, or the mean of many.</summary>
readonly record struct Figures(double PsnrY, double SsimY, double PsnrRgb, double SsimRgb)
{
    public static Figures Measure(Mat picture, Mat truth, Mat? valid = null) => new(
        Quality.PsnrY(picture, truth, valid), Quality.SsimY(picture, truth, valid), Quality.PsnrRgb(picture, truth, valid), Quality.SsimRgb(picture, truth, valid));

    public static Figures Mean(IReadOnlyList<Figures> all) => new(
        all.Average(one => one.PsnrY), all.Average(one => one.SsimY), all.Average(one => one.PsnrRgb), all.Average(one => one.SsimRgb));

    public JsonObject ToJson() => new()
    {
        ["psnrY"] = Number(PsnrY),
        ["ssimY"] = Number(SsimY),
        ["psnrRgb"] = Number(PsnrRgb),
        ["ssimRgb"] = Number(SsimRgb),
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PsnrY,6:0.00} {SsimY,6:0.0000} {PsnrRgb,6:0.00} {SsimRgb,6:0.0000}");

    /// <summary>Equal pictures have no finite PSNR, and JSON has no infinity.</summary>
    static JsonValue Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 4)) : JsonValue.Create("infinity");
}

/// <summary>Walks the pairs and prints their figures.</summary>
sealed class Evaluation(PictureFolder clean, PictureFolder? rainy, PictureFolder? result, PictureFolder? masks, Derainer? derainer, bool json)
{
    readonly List<Figures> _before = [];
    readonly List<Figures> _after = [];

    public void Run(CancellationToken cancellation)
    {
        (string Name, string Clean, string Judged)[] pairs = Pair();
        if (!json) { Console.WriteLine($"{"picture",-28} {"Y-PSNR",6} {"Y-SSIM",6} {"RGB-P",6} {"RGB-S",6}" + (derainer is null ? "" : "     rainy input: the same four")); }
        foreach ((string name, string cleanFile, string judgedFile) in pairs)
        {
            cancellation.ThrowIfCancellationRequested();
            using Mat truth = clean.Read(cleanFile);
            using Mat judged = (result ?? rainy!).Read(judgedFile);
            if (truth.Size() != judged.Size() || truth.Type() != judged.Type())
            {
                throw new CommandException(ExitCodes.Input, $"'{judgedFile}' is {judged.Width}x{judged.Height} {judged.Type()}, but its clean counterpart '{cleanFile}' is {truth.Width}x{truth.Height} {truth.Type()}.");
            }
            using Mat? valid = ReadMask(name, truth);
            if (derainer is null) { Print(name, Figures.Measure(judged, truth, valid), null); continue; }
            using Mat background = derainer.Derain(judged, cancellation);
            Print(name, Figures.Measure(background, truth, valid), Figures.Measure(judged, truth, valid));
        }
        PrintMeans();
    }

    (string, string, string)[] Pair()
    {
        Dictionary<string, string> cleanByName = clean.Files().ToDictionary(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal);
        (string, string, string)[] pairs = [.. (result ?? rainy!).Files()
            .Select(file => (Name: Path.GetFileNameWithoutExtension(file), File: file))
            .Where(judged => cleanByName.ContainsKey(judged.Name))
            .Select(judged => (judged.Name, cleanByName[judged.Name], judged.File))];
        return pairs.Length > 0
            ? pairs
            : throw new CommandException(ExitCodes.Input, $"no file name occurs both in '{(result ?? rainy!).Path}' and in '{clean.Path}'; pairs go by name.");
    }

    /// <summary>The mask of a pair; null where none were asked for.</summary>
    Mat? ReadMask(string name, Mat truth)
    {
        if (masks is null) { return null; }
        string file = masks.Files().FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == name)
            ?? throw new CommandException(ExitCodes.Input, $"'{masks.Path}' has no mask '{name}'; each pair needs one.");
        Mat mask = masks.Read(file);
        if (mask.Size() == truth.Size() && mask.Type() == MatType.CV_8UC1) { return mask; }
        using (mask) { throw new CommandException(ExitCodes.Input, $"mask '{file}' is {mask.Width}x{mask.Height} {mask.Type()}; it must be an 8-bit grey picture of {truth.Width}x{truth.Height}."); }
    }

    void Print(string name, Figures after, Figures? before)
    {
        _after.Add(after);
        if (before is { } measured) { _before.Add(measured); }
        if (json)
        {
            JsonObject line = after.ToJson();
            line["event"] = "picture";
            line["name"] = name;
            line["rainy"] = before?.ToJson();
            Console.WriteLine(line.ToJsonString());
        }
        else { Console.WriteLine($"{name,-28} {after}     {before}"); }
    }

    void PrintMeans()
    {
        Figures after = Figures.Mean(_after);
        Figures? before = _before.Count > 0 ? Figures.Mean(_before) : null;
        if (json)
        {
            JsonObject line = after.ToJson();
            line["event"] = "mean";
            line["pictures"] = _after.Count;
            line["model"] = derainer?.Contract.Name;
            line["rainy"] = before?.ToJson();
            Console.WriteLine(line.ToJsonString());
            return;
        }
        Console.WriteLine($"{"mean of " + _after.Count,-28} {after}     {before}");
    }
}
