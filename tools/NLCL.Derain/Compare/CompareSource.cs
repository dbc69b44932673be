using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>One picture to show: the files that belong together.</summary>
sealed record CompareFiles(string Name, string Rainy, string? Result, string? Clean);

/// <summary>Which pictures a comparison shows.</summary>
sealed record CompareSource(IReadOnlyList<CompareFiles> Files, PictureFolder Rainy, PictureFolder? Result, PictureFolder? Clean)
{
    /// <summary>Pairs by file name without extension; a single file pairs with a single file whatever its name.</summary>
    /// <exception cref="CommandException">Something is missing, or nothing pairs.</exception>
    public static CompareSource Find(string rainy, string? result, string? clean)
    {
        (PictureFolder folder, string[] files) = Open(rainy);
        (PictureFolder Folder, string[] Files)? results = result is null ? null : Open(result), truths = clean is null ? null : Open(clean);
        List<CompareFiles> pairs = [];
        foreach (string file in files)
        {
            string? judged = Partner(file, results?.Files), truth = Partner(file, truths?.Files);
            if ((result is not null && judged is null) || (clean is not null && truth is null)) { continue; }
            pairs.Add(new(Path.GetFileNameWithoutExtension(file), file, judged, truth));
        }
        return pairs.Count > 0
            ? new(pairs, folder, results?.Folder, truths?.Folder)
            : throw new CommandException(ExitCodes.Input, $"no picture of '{rainy}' has a counterpart of the same name in {string.Join(" and in ", new[] { result, clean }.OfType<string>().Select(path => $"'{path}'"))}.");

        string? Partner(string file, string[]? others) => others is [string only] && files.Length == 1
            ? only
            : others?.FirstOrDefault(other => Path.GetFileNameWithoutExtension(other) == Path.GetFileNameWithoutExtension(file));
    }

    static (PictureFolder Folder, string[] Files) Open(string path)
    {
        if (File.Exists(path))
        {
            return (new PictureFolder { Path = Path.GetDirectoryName(Path.GetFullPath(path))! }, [path]);
        }
        PictureFolder folder = PictureFolder.Parse(path);
        if (!Directory.Exists(folder.Path)) { throw new CommandException(ExitCodes.Input, $"'{path}' is not there; name a picture or a folder of pictures."); }
        string[] files = [.. folder.Files()];
        return files.Length > 0 ? (folder, files) : throw new CommandException(ExitCodes.Input, $"folder '{folder.Path}' has no pictures '{folder.Pattern}'.");
    }
}

/// <summary>What is shown of one picture. Owns its pictures.</summary>
/// <param name="Name">Its file's name.</param>
/// <param name="Rainy">8-bit BGR, as all that follow.</param>
/// <param name="Background">What came out.</param>
/// <param name="Rain">From <see cref="PictureForms.RainLayer"/>.</param>
/// <param name="Truth">Null: not known.</param>
/// <param name="Before">Figures of the rainy picture against the truth.</param>
/// <param name="After">Figures of the result against the truth.</param>
sealed record ComparedPicture(string Name, Mat Rainy, Mat Background, Mat Rain, Mat? Truth, Figures? Before, Figures? After) : IDisposable
{
    public void Dispose()
    {
        Rainy.Dispose();
        Background.Dispose();
        Rain.Dispose();
        Truth?.Dispose();
    }
}
