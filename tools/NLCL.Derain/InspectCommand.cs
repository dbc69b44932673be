using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>nlcl inspect MODEL: what a model file says of itself.</summary>
static class InspectCommand
{
    static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static Command Create()
    {
        Argument<string?> model = new("MODEL") { Description = "An .onnx file, or the name of one in models/.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Command command = new("inspect", "Show a model's contract: sizes, receptive field, precision, origin.") { model, json };
        command.SetAction(parsed =>
        {
            ModelFile file = ModelFile.Open(ModelOption.Resolve(parsed.GetValue(model)));
            JsonObject facts = new()
            {
                ["file"] = file.Path,
                ["bytes"] = file.Bytes.Length,
                ["sha256"] = file.Sha256,
                ["input"] = file.Contract.Frames == 1
                    ? $"{ModelContract.InputName}: float [n, 3, h, w], RGB, 0..1"
                    : $"{ModelContract.InputName}: float [n, {3 * file.Contract.Frames}, h, w], RGB of the frame before, the frame itself, the frame after, 0..1",
                ["output"] = file.Contract.Frames == 1 ? $"{ModelContract.OutputName}: the same" : $"{ModelContract.OutputName}: float [n, 3, h, w], of the frame itself",
            };
            foreach ((string key, string value) in file.Contract.ToMetadata()) { facts[key] = value; }
            if (parsed.GetValue(json)) { Console.WriteLine(facts.ToJsonString(s_indented)); }
            else
            {
                foreach ((string name, JsonNode? value) in facts) { Console.WriteLine($"{name,-22} {value}"); }
            }
        });
        return command;
    }
}
