using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Train;

/// <summary>Folders of pictures on the command line.</summary>
static class PictureFolders
{
    /// <summary>Reads DIR, DIR:left, DIR:right or DIR/*.jpg.</summary>
    /// <param name="named">As typed.</param>
    /// <param name="before">What counts when nothing was typed.</param>
    /// <exception cref="CommandException">A folder is not there.</exception>
    public static IReadOnlyList<PictureFolder> Parse(string[]? named, IReadOnlyList<PictureFolder> before)
    {
        if (named is null or []) { return before; }
        PictureFolder[] folders = [.. named.Select(PictureFolder.Parse)];
        return folders.FirstOrDefault(folder => !Directory.Exists(folder.Path)) is { } missing
            ? throw new CommandException(ExitCodes.Input, $"folder '{missing.Path}' is not there.")
            : folders;
    }
}
