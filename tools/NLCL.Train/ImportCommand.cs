using System.CommandLine;
using System.Globalization;
using NLCL.CommandLine;
using NLCL.Training;

namespace NLCL.Train;

/// <summary>nlcl import: makes a run of published weights.</summary>
static class ImportCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "Weights of the published generator in safetensors: F32, F16, BF16 or F64; names such as gen.1.model.0.conv.weight, with or without a prefix." };
        Option<string> preset = new("--preset") { Description = "The structure of the weights: paper.", HelpName = "NAME", DefaultValueFactory = _ => "paper" };
        preset.AcceptOnlyFromAmong("paper");
        Option<string> output = new("--output", "-o") { Description = "Run folder to write, for 'export' or 'train --resume'.", HelpName = "RUN", Required = true };
        Option<string?> rain = new("--rain") { Description = "The rain layer's generator, where it has a file of its own. Deraining needs it not, training on does.", HelpName = "FILE" };
        Option<string> licence = new("--licence") { Description = "Licence of the weights; exported files carry it.", HelpName = "SPDX", DefaultValueFactory = _ => "unknown" };
        Command command = new("import", "Make a run of weights that were trained elsewhere, ready for export.") { file, preset, output, rain, licence };
        command.SetAction((parsed, _) =>
        {
            WeightImportReport report = WeightImport.Import(
                parsed.GetRequiredValue(file), parsed.GetRequiredValue(output), parsed.GetValue(licence)!, parsed.GetValue(rain));
            foreach (string name in report.Ignored.Take(5)) { ConsoleText.WriteWarning($"'{name}' belongs to no generator and was left out"); }
            if (report.Ignored.Count > 5) { ConsoleText.WriteWarning($"{report.Ignored.Count - 5} more arrays were left out"); }
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Run}: {report.Taken} arrays, {report.Parameters} parameters, {(report.HasRain ? "background and rain" : "background only")}"));
            Console.WriteLine($"next: nlcl export {report.Run} --output model.onnx");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
