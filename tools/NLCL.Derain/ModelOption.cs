using System.CommandLine;
using NLCL.CommandLine;

namespace NLCL.Derain;

/// <summary>The option --model and where the default model lies.</summary>
static class ModelOption
{
    const string DefaultFile = "nlcl.onnx";
    const string DefaultForClips = "nlcl-video.onnx";

    /// <summary>Description where clips are what it is for.</summary>
    public const string ForClips = "The derainer, an .onnx file or the name of one in models/. Default: models/nlcl-video.onnx.";

    public static Option<string?> Create(string description = "The derainer, an .onnx file or the name of one in models/. Default: models/nlcl.onnx.") => new("--model", "-m")
    {
        Description = description,
        HelpName = "FILE",
    };

    /// <summary>The file that is meant.</summary>
    /// <exception cref="CommandException">There is no such file.</exception>
    public static string Resolve(string? model)
    {
        if (model is not null)
        {
            return Candidates(model).FirstOrDefault(File.Exists)
                ?? throw new CommandException(ExitCodes.Model, $"model '{model}' is not there; give a path to an .onnx file, or the name of one in models/.");
        }
        return Default(DefaultFile)
            ?? throw new CommandException(ExitCodes.Model, $"the default model models/{DefaultFile} is not there; name one with --model.");
    }

    /// <summary>The file that is meant for clips: where none is named, the model that sees neighbouring frames.</summary>
    /// <exception cref="CommandException">There is no such file.</exception>
    public static string ResolveForClips(string? model) =>
        model is null && Default(DefaultForClips) is { } clips ? clips : Resolve(model);

    static string? Default(string file) => ModelFolders().Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    static IEnumerable<string> Candidates(string model) =>
        ModelFolders().SelectMany(folder => new[] { Path.Combine(folder, model), Path.Combine(folder, model + ".onnx") }).Prepend(model);

    /// <summary>models/ of the checkout that the launcher named, then of the folders above the program.</summary>
    static IEnumerable<string> ModelFolders()
    {
        if (Environment.GetEnvironmentVariable("NLCL_ROOT") is { Length: > 0 } root) { yield return Path.Combine(root, "models"); }
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "models");
        }
    }
}
