using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>
/// The file that other engines are given: the model itself, or the same weights written with fewer kinds of operations
/// ("nlcl export --portable"), for engines that do not know all of the model's.
/// </summary>
static class PeerModel
{
    const string Suffix = ".portable.onnx";

    /// <summary>The file that was named, else NAME.portable.onnx beside the model, else the model.</summary>
    /// <exception cref="CommandException">The file that was named is not there.</exception>
    /// <exception cref="ModelFileException">It is no model.</exception>
    public static ModelFile Open(string? named, ModelFile model)
    {
        if (named is not null)
        {
            return File.Exists(named) ? ModelFile.Open(named) : throw new CommandException(ExitCodes.Model, $"peer model '{named}' is not there; write one with 'nlcl export RUN --portable'.");
        }
        string beside = Path.ChangeExtension(model.Path, null) + Suffix;
        return File.Exists(beside) ? ModelFile.Open(beside) : model;
    }
}
