using System.Globalization;
using System.Text;
using NLCL.Runtime;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>Writes the card that lies beside an exported model.</summary>
static class ModelCard
{
    /// <summary>The model in one sentence.</summary>
    public static string Sentence(TrainingOptions training, TrainingSources? sources)
    {
        string teacher = training.Weights.Replay > 0
            ? training.NeedsRainy ? "synthetic rain on clean pictures and unpaired rainy ones" : "synthetic rain on clean pictures"
            : "unpaired rainy and clean pictures only";
        string names = sources is null ? "" : $" ({string.Join(", ", Names([.. sources.Rainy, .. sources.Clean]))})";
        string what = training.Frames == 1 ? "photos and video" : "video, with an eye on the frames before and behind each one";
        return $"Takes rain out of {what}; trained on {teacher}{names}.";
    }

    /// <summary>The same of weights that came from elsewhere.</summary>
    public static string Sentence(ImportedWeights imported) =>
        $"Takes rain out of photos and video; weights imported from {imported.File} ({imported.Sha256[..12]}), not trained here.";

    public static string Text(
        ModelContract contract, ModelExportReport report, IDerainer network, TrainingOptions training, TrainedWeights weights,
        SamplePictures pictures)
    {
        StringBuilder card = new();
        card.AppendLine(CultureInfo.InvariantCulture, $"# {contract.Name}\n");
        card.AppendLine(CultureInfo.InvariantCulture, $"{contract.Description}\n");
        card.AppendLine("| | |\n|---|---|");
        Row("licence of the weights", $"{contract.Licence}");
        Row("commit of the training code", $"{contract.Commit}");
        // A folded kernel is larger in the file; of the paper's two networks the file has one.
        long parameters = Math.Min(report.File.Parameters, ((nn.Module)network).parameters().Sum(parameter => parameter.numel()));
        Row("network", $"{training.Model}, {parameters:N0} parameters, {network.MultiplyAddsPerPixel:N0} multiply-adds per pixel");
        Row("sizes", $"any; padded to multiples of {contract.SizeMultiple}; receptive field {contract.ReceptiveField} pixels; {(contract.Tileable ? "tiles equal the whole" : "whole pictures only")}");
        if (weights.Imported is { } imported) { Row("imported from", $"`{imported.File}`, SHA-256 `{imported.Sha256}`"); }
        Row("training", $"preset {training.Preset}, {report.Iteration:N0} iterations, seed {training.Seed}");
        if (weights.Sources is { } sources)
        {
            if (sources.Start is { } start) { Row("began with the weights of", $"`{Path.GetFileName(start)}`"); }
            Row("rainy pictures", Join(sources.Rainy));
            Row("clean pictures", Join(sources.Clean));
            Row("streak textures", $"{(sources.Streaks is null ? "none" : Path.GetFileName(Path.TrimEndingDirectorySeparator(sources.Streaks)))}");
            Row("development pictures", DevelopmentResult(weights, sources));
        }
        else { Row("pictures", $"not noted in `{Path.GetFileName(weights.File)}`"); }
        Row("half precision", $"{(contract.Fp16Safe ? "safe" : "not safe")}: {(contract.Fp16Safe ? "at least" : "less than")} {ModelExport.Fp16Psnr} dB against fp32");
        card.AppendLine("\n## Files\n");
        card.AppendLine("| file | bytes | SHA-256 | largest difference from the network | PSNR against it | runtime library |\n|---|---|---|---|---|---|");
        foreach (ExportedModel model in report.Models) { card.AppendLine(FileRow(model)); }
        foreach (string reason in report.LeftOut) { card.AppendLine(CultureInfo.InvariantCulture, $"\nNot written: {reason.Replace(Path.GetDirectoryName(report.Card) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)}"); }
        card.AppendLine(CultureInfo.InvariantCulture, $"\nDifferences are on a scale of 0..1. fp32: on noise of {report.File.Checks.Count(check => !check.IsSample)} sizes; others: on {pictures.Held.Count} rainy pictures, and int8 calibrated on {pictures.Calibration.Count} others. Runtime library: on noise of an odd size.");
        card.AppendLine("\n## Training options\n\n```json");
        card.AppendLine(training.ToJson());
        card.AppendLine("```");
        return card.ToString().ReplaceLineEndings("\n");

        void Row(string name, FormattableString value) =>
            card.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {value.ToString(CultureInfo.InvariantCulture)} |");
    }

    static string FileRow(ExportedModel model)
    {
        double difference = model.File.SampleDifference ?? model.File.MaxDifference, psnr = model.File.SamplePsnr ?? model.File.MinPsnr;
        return string.Create(CultureInfo.InvariantCulture, $"| `{Path.GetFileName(model.File.Path)}` | {model.File.Bytes:N0} | `{model.File.Sha256}` | {difference:0.0e+0} | {psnr:0.0} dB | {(model.RuntimeDifference is { } runtime ? runtime.ToString("0.0e+0", CultureInfo.InvariantCulture) : "not for it")} |");
    }

    /// <summary>Mean over the sets at the exported iteration, if the checkpoint is the one that the validation chose.</summary>
    static FormattableString DevelopmentResult(TrainedWeights weights, TrainingSources sources)
    {
        if (!weights.IsBest) { return $"not measured at this iteration"; }
        double psnr = Checkpoint.ReadBestPsnrY(weights.File);
        return $"mean Y-PSNR {psnr:0.00} dB over {string.Join(", ", Names(sources.DevelopmentRainy))}";
    }

    static FormattableString Join(IReadOnlyList<PictureFolder> folders) => $"{(folders.Count == 0 ? "none" : string.Join(", ", Names(folders).Select(name => $"`{name}`")))}";

    /// <summary>Last part of each path: what lies above it is the trainer's own affair.</summary>
    static IEnumerable<string> Names(IReadOnlyList<PictureFolder> folders) => folders
        .Select(folder => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Path))))
        .Distinct(StringComparer.Ordinal);
}
