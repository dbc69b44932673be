using System.CommandLine;
using System.Globalization;
using System.Reflection;
using NLCL.CommandLine;
using NLCL.Training;

namespace NLCL.Train;

/// <summary>nlcl export: makes one ONNX file of a run.</summary>
static class ExportCommand
{
    public static Command Create()
    {
        Argument<string> run = new("RUN") { Description = "Run folder that 'train' wrote. Its best checkpoint is taken, else the latest." };
        Option<string> output = new("--output", "-o") { Description = "The model file; a card of the same name, .md, is written beside it.", HelpName = "MODEL.onnx", Required = true };
        Option<string?> name = new("--name") { Description = "Name of the model. Default: the file's.", HelpName = "NAME" };
        Option<string> licence = new("--licence") { Description = "Licence of the weights.", HelpName = "SPDX", DefaultValueFactory = _ => new ModelExportOptions().Licence };
        Option<string?> commit = new("--commit") { Description = "Commit of the training code. Default: this build's.", HelpName = "HASH" };
        Option<string?> description = new("--description") { Description = "A sentence for people: what it was trained on, what it is good at.", HelpName = "TEXT" };
        Command command = new("export", "Write a trained run as one ONNX file, checked against the network.") { run, output, name, licence, commit, description };
        command.SetAction((parsed, _) =>
        {
            ModelExportReport report = ModelExport.Export(parsed.GetRequiredValue(run), parsed.GetRequiredValue(output), new ModelExportOptions
            {
                Name = parsed.GetValue(name),
                Licence = parsed.GetValue(licence)!,
                Commit = parsed.GetValue(commit) ?? BuildCommit(),
                Description = parsed.GetValue(description),
            });
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{report.File.Path}: {report.File.Bytes} bytes, {report.Iteration} iterations from {report.Checkpoint}; largest difference {report.File.MaxDifference:0.0e+0} in ONNX Runtime, {report.RuntimeDifference:0.0e+0} in the runtime library"));
            Console.WriteLine(report.Card);
            Console.WriteLine($"next: nlcl derain rainy.jpg clear.png --model {report.File.Path}");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    /// <summary>What the SDK noted behind the version: version+commit.</summary>
    static string BuildCommit()
    {
        string? version = typeof(ExportCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return version?.Split('+') is [_, { Length: > 0 } commit] ? commit : "unknown";
    }
}
