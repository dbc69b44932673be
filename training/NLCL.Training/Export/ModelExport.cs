using System.Text.Json;
using System.Text.Json.Nodes;
using NLCL.OnnxExport;
using NLCL.Runtime;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>Makes model files of a run: the running mean of the best checkpoint's weights, with contract and card.</summary>
public static class ModelExport
{
    /// <summary>How far an fp32 file may lie from the network, in ONNX Runtime and in the runtime library.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>
    /// The same for a network with statistics of the whole picture: a division by a small deviation multiplies the last digits.
    /// A quarter of an 8-bit level.
    /// </summary>
    public const double StatisticsTolerance = 1e-3;

    /// <summary>From which peak signal-to-noise ratio on, in dB, half precision counts as good enough.</summary>
    public const double Fp16Psnr = 60;

    /// <summary>Exports, and runs each file with the runtime's own <see cref="Derainer"/> before it counts as done.</summary>
    /// <param name="run">Folder of a training or an import, or a file of weights such as <see cref="ModelExportOptions.Weights"/> writes.</param>
    /// <param name="output">The fp32 file; others are named after it, a card of the same name ends in .md.</param>
    /// <param name="options">Which files, and what they say of themselves.</param>
    /// <exception cref="TrainingException">It is neither, there are no pictures to calibrate with, or the runtime's result differs.</exception>
    /// <exception cref="CheckpointException">The checkpoint is damaged.</exception>
    /// <exception cref="ExportException">A file does not do what the network does.</exception>
    public static ModelExportReport Export(string run, string output, ModelExportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(run);
        ArgumentException.ThrowIfNullOrEmpty(output);
        options ??= new ModelExportOptions();
        TrainedWeights weights = TrainedWeights.Find(run);
        TrainingOptions training = Checkpoint.ReadOptions(weights.File);
        using nn.Module<Tensor, Tensor> network = TrainingState.CreateNetwork(training);
        long iteration = Checkpoint.RestoreModule(weights.File, TrainedWeights.Module, network);
        network.eval();
        IDerainer derainer = (IDerainer)network;
        SamplePictures pictures = Pictures(options, training, weights.Sources, derainer);
        string full = Path.GetFullPath(output);
        ModelContract contract = Contract(derainer, training, weights, full, options);
        VariantExport variants = new(network, contract, pictures, options);
        contract = variants.MeasureFp16();
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        string name = Path.GetFileNameWithoutExtension(full);
        if (options.Triton is { } triton && Variants(options, derainer.Frames).Select(variant => TritonRepository.PathOf(triton, name, variant)).FirstOrDefault(Path.Exists) is { } taken)
        {
            throw new IOException($"{taken}: exists already; remove it, or name another folder by --triton.");
        }
        (List<ExportedModel> models, List<string> leftOut) = ([], []);
        foreach (ModelVariant variant in Variants(options, derainer.Frames))
        {
            try
            {
                models.Add(variants.Export(variant, variant.PathBeside(full)));
            }
            catch (ExportException failure) when (options.LeaveOutWorse && variant.Precision != ExportPrecision.Fp32)
            {
                leftOut.Add(failure.Message);
            }
        }
        ModelExportReport report = new(models, leftOut, Path.ChangeExtension(full, ".md"), weights.File, iteration);
        if (options.Triton is { } repository)
        {
            report = report with { Triton = [.. models.Select(model => TritonRepository.Write(repository, name, model.Variant, model.File.Path, contract))] };
        }
        if (options.Weights) { Checkpoint.CopyModule(weights.File, TrainedWeights.Module, Path.ChangeExtension(full, ".safetensors")); }
        AtomicFile.WriteText(report.Card, ModelCard.Text(contract, report, derainer, training, weights, pictures));
        return report;
    }

    // A file of bytes is for programs that feed one frame at a time.
    static IEnumerable<ModelVariant> Variants(ModelExportOptions options, int frames)
    {
        foreach (ExportPrecision precision in options.Precisions.Distinct())
        {
            yield return new ModelVariant(precision, Frames: false);
            if (options.Frames && frames == 1) { yield return new ModelVariant(precision, Frames: true); }
        }
    }

    /// <summary>The pictures that were named, else the run's own where they still lie there.</summary>
    static SamplePictures Pictures(ModelExportOptions options, TrainingOptions training, TrainingSources? sources, IDerainer network)
    {
        if (options.Calibration.Count > 0) { return SamplePictures.Read(options.Calibration, network.SizeMultiple); }
        if (options.Precisions.All(precision => precision == ExportPrecision.Fp32)) { return SamplePictures.None; }
        SamplePictures own = sources is null ? SamplePictures.None : SamplePictures.OfRun(training, sources, network.SizeMultiple);
        return own.Calibration.Count > 0 || !options.Precisions.Contains(ExportPrecision.Int8)
            ? own
            : throw new TrainingException("int8 needs at least three rainy pictures to find its scales with, and so many are not known that are there; name a folder by --calibrate.");
    }

    static ModelContract Contract(
        IDerainer network, TrainingOptions training, TrainedWeights weights, string output, ModelExportOptions options)
    {
        ImportedWeights? imported = weights.Imported;
        return new()
        {
            Name = options.Name ?? Path.GetFileNameWithoutExtension(output),
            SizeMultiple = network.SizeMultiple,
            ReceptiveField = network.ReceptiveField,
            Frames = network.Frames,
            Tileable = !network.UsesPictureStatistics,
            Licence = options.Licence ?? imported?.Licence ?? "MIT",
            Commit = options.Commit,
            OptionsJson = JsonNode.Parse(training.ToJson())!.ToJsonString(new JsonSerializerOptions { WriteIndented = false }),
            Description = options.Description ?? (imported is null ? ModelCard.Sentence(training, weights.Sources) : ModelCard.Sentence(imported)),
        };
    }
}
