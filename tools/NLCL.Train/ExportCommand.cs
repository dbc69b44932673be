using System.CommandLine;
using System.Globalization;
using System.Reflection;
using NLCL.CommandLine;
using NLCL.OnnxExport;
using NLCL.Runtime;
using NLCL.Training;

namespace NLCL.Train;

/// <summary>nlcl export: makes ONNX files of a run.</summary>
static class ExportCommand
{
    const string All = "all";

    public static Command Create()
    {
        Argument<string> run = new("RUN|WEIGHTS") { Description = "Run folder that 'train' or 'import' wrote, whose best checkpoint is taken, else the latest; or a file of weights, such as --weights writes and models/nlcl.safetensors is." };
        Option<string> output = new("--output", "-o") { Description = "The fp32 file; others lie beside it as MODEL.fp16.onnx and so on, and a card as MODEL.md.", HelpName = "MODEL.onnx", Required = true };
        Option<string[]> variant = new("--variant") { Description = "fp32, fp16, int8, or all that measure well enough. May be repeated. Default: fp32.", HelpName = "NAME" };
        variant.AcceptOnlyFromAmong("fp32", "fp16", "int8", All);
        Option<string[]> calibrate = new("--calibrate") { Description = "Folder of rainy pictures to calibrate int8 with and to measure on: as many kinds of rain as it will see. May be repeated. Default: the run's own, and synthetic rain of each kind that it learned from.", HelpName = "DIR" };
        Option<string?> range = new("--range") { Description = "How int8 chooses ranges: minmax, percentile or mse. Default: mse.", HelpName = "NAME" };
        range.AcceptOnlyFromAmong("minmax", "percentile", "mse");
        Option<string[]> keep = new("--keep-fp32") { Description = "A module that int8 leaves in 32 bits, e.g. rain, the last convolution (0.3 dB nearer to fp32, an eighth slower). May be repeated.", HelpName = "MODULE" };
        Option<bool> bytes = new("--bytes") { Description = "Also write files that take and give frames as bytes, [n, h, w, 3] BGR: MODEL.bytes.onnx." };
        Option<bool> portable = new("--portable") { Description = "Write fp32 and fp16 for engines without SpaceToDepth, such as OpenCV: slower, same result." };
        Option<bool> weights = new("--weights") { Description = "Also write the weights alone as MODEL.safetensors, e.g. for 'train --teacher'." };
        Option<string?> triton = new("--triton") { Description = "Also write an NVIDIA Triton model repository into this folder, one model for each file.", HelpName = "DIR" };
        Option<string> accelerator = new("--triton-accelerator") { Description = "What runs it on the server's GPU: cuda or tensorrt.", HelpName = "NAME", DefaultValueFactory = _ => "cuda" };
        accelerator.AcceptOnlyFromAmong("cuda", "tensorrt");
        Option<int> batch = new("--triton-batch") { Description = "Frames that the server may put into one run.", HelpName = "N", DefaultValueFactory = _ => 8 };
        Option<string?> name = new("--name") { Description = "Name of the model. Default: the file's.", HelpName = "NAME" };
        Option<string?> licence = new("--licence") { Description = "Licence of the weights. Default: what 'import' was told, else MIT.", HelpName = "SPDX" };
        Option<string?> commit = new("--commit") { Description = "Commit of the training code. Default: this build's.", HelpName = "HASH" };
        Option<string?> description = new("--description") { Description = "A sentence for people: what it was trained on, what it is good at.", HelpName = "TEXT" };
        Command command = new("export", "Write a trained run as ONNX, each file checked against the network.")
        {
            run, output, variant, calibrate, range, keep, bytes, portable, weights, triton, accelerator, batch, name, licence, commit, description,
        };
        command.SetAction((parsed, _) =>
        {
            string[] variants = parsed.GetValue(variant) is { Length: > 0 } named ? named : ["fp32"];
            ModelExportReport report = ModelExport.Export(parsed.GetRequiredValue(run), parsed.GetRequiredValue(output), new ModelExportOptions
            {
                Name = parsed.GetValue(name),
                Licence = parsed.GetValue(licence),
                Commit = parsed.GetValue(commit) ?? BuildCommit(),
                Description = parsed.GetValue(description),
                Precisions = variants.Contains(All) ? Enum.GetValues<ExportPrecision>() : [.. variants.Select(text => Enum.Parse<ExportPrecision>(text, ignoreCase: true))],
                LeaveOutWorse = variants.Contains(All),
                Frames = parsed.GetValue(bytes),
                Calibration = Folders(parsed.GetValue(calibrate)),
                Range = parsed.GetValue(range) switch
                {
                    "minmax" => RangeMethod.MinMax,
                    "percentile" => RangeMethod.Percentile,
                    _ => RangeMethod.MeanSquaredError,
                },
                Portable = parsed.GetValue(portable),
                Weights = parsed.GetValue(weights),
                Triton = Repository(parsed.GetValue(triton), parsed.GetValue(accelerator)!, parsed.GetValue(batch)),
                KeepFloat = parsed.GetValue(keep) ?? [],
            });
            foreach (string reason in report.LeftOut) { ConsoleText.WriteWarning($"left out: {reason}"); }
            foreach (ExportedModel model in report.Models) { Console.WriteLine(Line(model)); }
            foreach (string folder in report.Triton) { Console.WriteLine($"{folder}: for tritonserver --model-repository {Path.GetDirectoryName(folder)}"); }
            Console.WriteLine($"{report.Card}: {report.Iteration} iterations from {report.Checkpoint}");
            Console.WriteLine($"next: nlcl derain rainy.jpg clear.png --model {report.File.Path}");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    static string Line(ExportedModel model) => string.Create(
        CultureInfo.InvariantCulture,
        $"{model.File.Path}: {model.File.Bytes} bytes; largest difference {model.File.SampleDifference ?? model.File.MaxDifference:0.0e+0}, PSNR {model.File.SamplePsnr ?? model.File.MinPsnr:0.0} dB in ONNX Runtime")
        + (model.RuntimeDifference is { } difference ? string.Create(CultureInfo.InvariantCulture, $"; {difference:0.0e+0} in the runtime library") : "");

    static TritonOptions? Repository(string? folder, string accelerator, int batch)
    {
        if (batch < 1) { throw new CommandException(ExitCodes.Usage, $"--triton-batch {batch}: at least 1."); }
        return folder is null ? null : new TritonOptions
        {
            Folder = folder,
            Accelerator = accelerator == "tensorrt" ? TritonAccelerator.TensorRt : TritonAccelerator.Cuda,
            MaxBatch = batch,
        };
    }

    static PictureFolder[] Folders(string[]? named)
    {
        PictureFolder[] folders = [.. (named ?? []).Select(PictureFolder.Parse)];
        return folders.FirstOrDefault(folder => !Directory.Exists(folder.Path)) is { } missing
            ? throw new CommandException(ExitCodes.Input, $"folder '{missing.Path}' of pictures to calibrate with is not there; check the path.")
            : folders;
    }

    /// <summary>What the SDK noted behind the version: version+commit.</summary>
    static string BuildCommit()
    {
        string? version = typeof(ExportCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return version?.Split('+') is [_, { Length: > 0 } commit] ? commit : "unknown";
    }
}
