using NLCL.Runtime;

namespace NLCL.Training;

/// <summary>One picture of a training domain.</summary>
sealed record TrainingPicture(PictureFolder Folder, string File);

/// <summary>Decides which file serves as rainy picture, which as clean one.</summary>
static class PictureRoles
{
    /// <summary>
    /// Lists both domains, sorted. A folder of side-by-side pairs that is named in both roles is divided: a file whose name hashes
    /// to an even number is rainy, else clean, so that no training ever sees both halves of one file, on any machine.
    /// </summary>
    public static (IReadOnlyList<TrainingPicture> Rainy, IReadOnlyList<TrainingPicture> Clean) Assign(TrainingSources sources)
    {
        List<TrainingPicture> rainy = [.. sources.Rainy.SelectMany(folder => Of(folder, sources.Clean, even: true))];
        List<TrainingPicture> clean = [.. sources.Clean.SelectMany(folder => Of(folder, sources.Rainy, even: false))];
        return (rainy, clean);
    }

    /// <summary>The same without the clean pictures that are held back, unless that were all: a handful may be.</summary>
    public static (IReadOnlyList<TrainingPicture> Rainy, IReadOnlyList<TrainingPicture> Clean) ToTrainOn(TrainingSources sources, int holdOutEvery)
    {
        (IReadOnlyList<TrainingPicture> rainy, IReadOnlyList<TrainingPicture> clean) = Assign(sources);
        TrainingPicture[] kept = [.. clean.Where(picture => !HeldBack.Is(picture.File, holdOutEvery))];
        return (rainy, kept.Length > 0 ? kept : clean);
    }

    /// <summary>The role of a file that holds a rainy and a clean half: clean, or else rainy.</summary>
    public static bool MayBeClean(string file) => StableHash.Of(Path.GetFileName(file)) % 2 != 0;

    static IEnumerable<TrainingPicture> Of(PictureFolder folder, IReadOnlyList<PictureFolder> otherRole, bool even)
    {
        IReadOnlyList<string> files = folder.Files();
        if (files.Count == 0) { throw new TrainingException($"{folder.Path}: expected pictures to train on, found none; name a folder with PNG, JPEG or other picture files."); }
        HashSet<string> shared = [];
        foreach (PictureFolder other in otherRole.Where(other => FullPath(other) == FullPath(folder)))
        {
            string[] both = [.. other.Files().Intersect(files, StringComparer.Ordinal)];
            bool halves = other.Half != folder.Half && other.Half != PictureHalf.Whole && folder.Half != PictureHalf.Whole;
            if (both.Length > 0 && !halves)
            {
                throw new TrainingException($"{folder.Path}: named as rainy and as clean; name its halves, e.g. '{folder.Path}:right' and '{folder.Path}:left'.");
            }
            shared.UnionWith(both.Select(Path.GetFileName)!);
        }
        IEnumerable<string> own = files.Where(file =>
            !shared.Contains(Path.GetFileName(file)) || MayBeClean(file) != even);
        return own.Select(file => new TrainingPicture(folder, file));
    }

    static string FullPath(PictureFolder folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Path));
}
