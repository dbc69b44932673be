using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>Pictures to judge, and the truth.</summary>
/// <param name="Name">As the user named the folder.</param>
/// <param name="Judged">Rainy pictures, which the model derains first, or results.</param>
/// <param name="Clean">The same pictures without rain.</param>
sealed record PictureSet(string Name, PictureFolder Judged, PictureFolder Clean)
{
    /// <summary>Sets from folders given in the same order; one clean folder may serve all.</summary>
    /// <exception cref="CommandException">Folders are missing or do not match in number.</exception>
    public static PictureSet[] Pair(string[] rainy, string[] clean, string[] results)
    {
        if (rainy.Length == 0 && results.Length == 0) { throw new CommandException(ExitCodes.Usage, "nothing to judge: give --rainy DIR, or --result DIR."); }
        // Beside results the rainy pictures say nothing; they were once allowed, so they still are.
        string[] judged = results.Length > 0 ? results : rainy;
        if (clean.Length != 1 && clean.Length != judged.Length)
        {
            throw new CommandException(ExitCodes.Usage, $"{judged.Length} folders to judge, but {clean.Length} with --clean; give one for each, or one for all.");
        }
        return [.. judged.Select((folder, index) => new PictureSet(folder, Open(folder), Open(clean[clean.Length == 1 ? 0 : index])))];
    }

    /// <summary>The pictures of one name, and that name.</summary>
    /// <exception cref="CommandException">There are none.</exception>
    public (string Name, string Judged, string Clean)[] Pairs()
    {
        Dictionary<string, string> cleanByName = [];
        foreach (string file in Clean.Files())
        {
            if (!cleanByName.TryAdd(Path.GetFileNameWithoutExtension(file), file))
            {
                throw new CommandException(ExitCodes.Input, $"'{file}' and '{cleanByName[Path.GetFileNameWithoutExtension(file)]}' have one name; pairs go by the name without extension.");
            }
        }
        (string, string, string)[] pairs = [.. Judged.Files()
            .Select(file => (Name: Path.GetFileNameWithoutExtension(file), File: file))
            .Where(judged => cleanByName.ContainsKey(judged.Name))
            .Select(judged => (judged.Name, judged.File, cleanByName[judged.Name]))];
        return pairs.Length > 0
            ? pairs
            : throw new CommandException(ExitCodes.Input, $"no file name occurs both in '{Judged.Path}' and in '{Clean.Path}'; pairs go by name.");
    }

    static PictureFolder Open(string folder)
    {
        PictureFolder pictures = PictureFolder.Parse(folder);
        return Directory.Exists(pictures.Path) ? pictures : throw new CommandException(ExitCodes.Input, $"folder '{pictures.Path}' is not there.");
    }
}
