using System.CommandLine;
using NLCL.CommandLine;
using NLCL.Training;

namespace NLCL.Train;

/// <summary>nlcl blend: weights between two trainings.</summary>
static class BlendCommand
{
    public static Command Create()
    {
        Argument<string> from = new("FROM") { Description = "Run folder or file of weights." };
        Argument<string> to = new("TO") { Description = "Run folder or file of weights of a training that began with the first ('train --start')." };
        Option<double> share = new("--share") { Description = "How far to go: 0 gives the first, 1 the second. Default: 0.5.", HelpName = "SHARE", DefaultValueFactory = _ => 0.5 };
        Option<string> output = new("--output", "-o") { Description = "File of weights (.safetensors) or folder to write. Of a folder 'export' knows the pictures, too, if TO is a run.", HelpName = "FILE|DIR", Required = true };
        Command command = new("blend", "Mix the weights of two trainings, one of which went on from the other.") { from, to, share, output };
        command.SetAction((parsed, _) =>
        {
            double portion = parsed.GetValue(share);
            if (!(portion is >= 0 and <= 1)) { throw new CommandException(ExitCodes.Usage, $"--share {portion}: a number from 0 to 1."); }
            string target = parsed.GetRequiredValue(output);
            WeightBlend.Write(parsed.GetRequiredValue(from), parsed.GetRequiredValue(to), portion, target);
            Console.WriteLine($"next: nlcl export {target} --output model.onnx");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
