using System.Text.Json;
using System.Text.Json.Nodes;
using NLCL.OnnxExport;
using NLCL.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>Makes a model file of a run: the running mean of the best checkpoint's weights, with contract and card.</summary>
public static class ModelExport
{
    /// <summary>How far the runtime's result may lie from the network's.</summary>
    public const double Tolerance = 1e-4;

    // Odd and no multiple of anything, so that padding takes part.
    const int CheckWidth = 83;
    const int CheckHeight = 61;

    /// <summary>Exports, then runs the file with the runtime's own <see cref="Derainer"/> before it counts as done.</summary>
    /// <param name="runFolder">Folder of a training.</param>
    /// <param name="output">The ONNX file; a card of the same name ends in .md.</param>
    /// <param name="options">What the model says of itself.</param>
    /// <exception cref="TrainingException">The folder is none of a training, or the runtime's result differs.</exception>
    /// <exception cref="CheckpointException">The checkpoint is damaged.</exception>
    /// <exception cref="ExportException">The file does not do what the network does.</exception>
    public static ModelExportReport Export(string runFolder, string output, ModelExportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(runFolder);
        ArgumentException.ThrowIfNullOrEmpty(output);
        options ??= new ModelExportOptions();
        RunFolder folder = new(runFolder);
        (_, TrainingSources sources) = folder.Read();
        if (!File.Exists(folder.ToExport)) { throw new TrainingException($"{folder.Path}: there is no checkpoint yet; train on until one is written."); }

        TrainingOptions training = Checkpoint.ReadOptions(folder.ToExport);
        using nn.Module<Tensor, Tensor> network = TrainingState.CreateNetwork(training);
        long iteration = Checkpoint.RestoreModule(folder.ToExport, "averaged", network);
        network.eval();
        IDerainer derainer = (IDerainer)network;
        ModelContract contract = Contract(derainer, training, sources, output, options);
        string full = Path.GetFullPath(output);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        ExportReport file = OnnxExporter.Export(network, derainer, full, new ExportOptions
        {
            InputNames = [ModelContract.InputName],
            OutputNames = [ModelContract.OutputName],
            SizeMultiple = derainer.SizeMultiple,
            Metadata = contract.ToMetadata(),
            GraphName = contract.Name,
        });
        double difference = CompareWithRuntime(network, derainer.SizeMultiple, full);
        if (!(difference <= Tolerance))
        {
            File.Delete(full);
            throw new TrainingException($"{full}: the runtime's result differs from the network's by {difference:0.0e+0}, more than {Tolerance:0.0e+0}; the file was removed.");
        }
        ModelExportReport report = new(file, Path.ChangeExtension(full, ".md"), folder.ToExport, iteration, difference);
        AtomicFile.WriteText(report.Card, ModelCard.Text(contract, report, derainer, training, sources, folder));
        return report;
    }

    static ModelContract Contract(
        IDerainer network, TrainingOptions training, TrainingSources sources, string output, ModelExportOptions options) => new()
        {
            Name = options.Name ?? Path.GetFileNameWithoutExtension(output),
            SizeMultiple = network.SizeMultiple,
            ReceptiveField = network.ReceptiveField,
            Tileable = !network.UsesPictureStatistics,
            Licence = options.Licence,
            Commit = options.Commit,
            OptionsJson = JsonNode.Parse(training.ToJson())!.ToJsonString(new JsonSerializerOptions { WriteIndented = false }),
            Description = options.Description ?? ModelCard.Sentence(training, sources),
        };

    /// <summary>One picture through <see cref="Derainer"/>, which pads and crops, and through the network, padded here in the same way.</summary>
    static double CompareWithRuntime(nn.Module<Tensor, Tensor> network, int multiple, string path)
    {
        Random random = new(1);
        float[] rainy = [.. Enumerable.Range(0, 3 * CheckWidth * CheckHeight).Select(_ => random.NextSingle())];
        float[] fromRuntime = new float[rainy.Length];
        using (Derainer runtime = Derainer.Open(ModelFile.Open(path), new DerainerOptions { Device = DeviceKind.Cpu }))
        {
            runtime.Derain(rainy, fromRuntime, CheckWidth, CheckHeight);
        }
        using DisposeScope scope = NewDisposeScope();
        using IDisposable still = no_grad();
        long right = (multiple - (CheckWidth % multiple)) % multiple, bottom = (multiple - (CheckHeight % multiple)) % multiple;
        Tensor padded = nn.functional.pad(tensor(rainy, [1, 3, CheckHeight, CheckWidth]), [0, right, 0, bottom], PaddingModes.Reflect);
        Tensor expected = network.forward(padded).narrow(2, 0, CheckHeight).narrow(3, 0, CheckWidth);
        return (expected - tensor(fromRuntime, [1, 3, CheckHeight, CheckWidth])).abs().max().item<float>();
    }
}
