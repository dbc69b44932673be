using System.Globalization;
using System.Text;
using NLCL.Runtime;

namespace NLCL.Training;

/// <summary>Writes the card that lies beside an exported model.</summary>
static class ModelCard
{
    /// <summary>The model in one sentence.</summary>
    public static string Sentence(TrainingOptions training, TrainingSources sources)
    {
        string teacher = training.Weights.Replay > 0
            ? training.NeedsRainy ? "synthetic rain on clean pictures and unpaired rainy ones" : "synthetic rain on clean pictures"
            : "unpaired rainy and clean pictures only";
        return $"Takes rain out of photos and video; trained on {teacher} ({string.Join(", ", Names([.. sources.Rainy, .. sources.Clean]))}).";
    }

    public static string Text(
        ModelContract contract, ModelExportReport report, IDerainer network, TrainingOptions training, TrainingSources sources, RunFolder folder)
    {
        StringBuilder card = new();
        card.AppendLine(CultureInfo.InvariantCulture, $"# {contract.Name}\n");
        card.AppendLine(CultureInfo.InvariantCulture, $"{contract.Description}\n");
        card.AppendLine("| | |\n|---|---|");
        Row("file", $"`{Path.GetFileName(report.File.Path)}`, {report.File.Bytes:N0} bytes");
        Row("SHA-256", $"`{report.File.Sha256}`");
        Row("licence of the weights", $"{contract.Licence}");
        Row("commit of the training code", $"{contract.Commit}");
        Row("network", $"{training.Model}, {report.File.Parameters:N0} parameters, {network.MultiplyAddsPerPixel:N0} multiply-adds per pixel");
        Row("sizes", $"any; padded to multiples of {contract.SizeMultiple}; receptive field {contract.ReceptiveField} pixels; {(contract.Tileable ? "tiles equal the whole" : "whole pictures only")}");
        Row("training", $"preset {training.Preset}, {report.Iteration:N0} iterations, seed {training.Seed}");
        Row("rainy pictures", Join(sources.Rainy));
        Row("clean pictures", Join(sources.Clean));
        Row("streak textures", $"{(sources.Streaks is null ? "none" : Path.GetFileName(Path.TrimEndingDirectorySeparator(sources.Streaks)))}");
        Row("development pictures", DevelopmentResult(folder, report, sources));
        Row("ONNX Runtime against the network", $"largest difference {report.File.MaxDifference:0.0e+0}, {report.File.Checks.Count} sizes");
        Row("runtime library against the network", $"largest difference {report.RuntimeDifference:0.0e+0}, odd-sized picture");
        card.AppendLine("\n## Training options\n\n```json");
        card.AppendLine(training.ToJson());
        card.AppendLine("```");
        return card.ToString().ReplaceLineEndings("\n");

        void Row(string name, FormattableString value) =>
            card.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {value.ToString(CultureInfo.InvariantCulture)} |");
    }

    /// <summary>Mean over the sets at the exported iteration, if the checkpoint is the one that the validation chose.</summary>
    static FormattableString DevelopmentResult(RunFolder folder, ModelExportReport report, TrainingSources sources)
    {
        if (report.Checkpoint != folder.Best) { return $"not measured at this iteration"; }
        double psnr = Checkpoint.ReadBestPsnrY(report.Checkpoint);
        return $"mean Y-PSNR {psnr:0.00} dB over {string.Join(", ", Names(sources.DevelopmentRainy))}";
    }

    static FormattableString Join(IReadOnlyList<PictureFolder> folders) => $"{(folders.Count == 0 ? "none" : string.Join(", ", Names(folders).Select(name => $"`{name}`")))}";

    /// <summary>Last part of each path: what lies above it is the trainer's own affair.</summary>
    static IEnumerable<string> Names(IReadOnlyList<PictureFolder> folders) => folders
        .Select(folder => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Path))))
        .Distinct(StringComparer.Ordinal);
}
