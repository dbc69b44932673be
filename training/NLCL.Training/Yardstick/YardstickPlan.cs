using NLCL.Runtime;

namespace NLCL.Training;

/// <summary>One still of a yardstick: a clean picture and the rain that goes on it.</summary>
/// <param name="Kind">Kind of rain, of <see cref="RainOptions.Named"/>.</param>
/// <param name="Name">File name without extension, unique within its kind.</param>
/// <param name="Folder">Reads the clean picture.</param>
/// <param name="File">The clean picture's file.</param>
/// <param name="Seed">Seed of the rain.</param>
public sealed record YardstickStill(string Kind, string Name, PictureFolder Folder, string File, int Seed);

/// <summary>
/// Chooses what a yardstick is made of: only clean pictures and streak textures that <see cref="HeldBack"/> keeps from every
/// training. Which of them, and each one's rain, follow from names and seed alone.
/// </summary>
public static class YardstickPlan
{
    /// <summary>The kinds that a yardstick has stills of, in the order of its tables.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. RainKinds.All.Select(kind => kind.Name)];

    /// <summary>The held-back pictures of some folders, in an order that the seed decides.</summary>
    /// <remarks>
    /// Of a folder of side-by-side pairs only the files whose clean half a training may take count: the rainy half of the
    /// others may be trained on, and would show the scene.
    /// </remarks>
    /// <exception cref="TrainingException">No picture is held back.</exception>
    public static IReadOnlyList<(PictureFolder Folder, string File)> Clean(IReadOnlyList<PictureFolder> folders, int seed)
    {
        ArgumentNullException.ThrowIfNull(folders);
        (PictureFolder Folder, string File)[] held = [.. folders
            .SelectMany(folder => folder.Files().Select(file => (Folder: folder, File: file)))
            .Where(picture => HeldBack.Is(picture.File, HeldBack.DefaultEvery)
                && (picture.Folder.Half == PictureHalf.Whole || PictureRoles.MayBeClean(picture.File)))
            .OrderBy(picture => Order(picture.File, seed)).ThenBy(picture => picture.File, StringComparer.Ordinal)];
        return held.Length > 0
            ? held
            : throw new TrainingException($"{string.Join(", ", folders.Select(folder => folder.Path))}: none of the pictures is held back from training; about one in {HeldBack.DefaultEvery} is, so name folders with more of them.");
    }

    /// <summary>The held-back textures of a folder.</summary>
    /// <param name="streaks">A folder, or DIR/*.png; null: none.</param>
    public static IReadOnlyList<string> Streaks(string? streaks) => streaks is null
        ? []
        : [.. PictureFolder.Parse(streaks).Files().Where(file => HeldBack.Is(file, HeldBack.DefaultEvery))];

    /// <summary>The stills. Every picture is taken about equally often, and by different kinds.</summary>
    /// <param name="clean">From <see cref="Clean"/>.</param>
    /// <param name="perKind">Stills of each kind.</param>
    /// <param name="seed">The yardstick's seed.</param>
    public static IEnumerable<YardstickStill> Stills(IReadOnlyList<(PictureFolder Folder, string File)> clean, int perKind, int seed)
    {
        ArgumentNullException.ThrowIfNull(clean);
        for (int kind = 0; kind < Kinds.Count; kind++)
        {
            for (int index = 0; index < perKind; index++)
            {
                (PictureFolder folder, string file) = clean[((kind * perKind) + index) % clean.Count];
                string name = $"{index + 1:00}-{Path.GetFileNameWithoutExtension(file)}";
                yield return new(Kinds[kind], name, folder, file, SeedOf($"{Kinds[kind]}/{name}", seed));
            }
        }
    }

    /// <summary>The long clips: a camera that stands, one that turns, and one that drives past near things.</summary>
    /// <param name="clean">From <see cref="Clean"/>.</param>
    /// <param name="frames">Of each clip.</param>
    /// <param name="seed">The yardstick's seed.</param>
    public static IReadOnlyList<YardstickClip> Clips(IReadOnlyList<(PictureFolder Folder, string File)> clean, int frames, int seed)
    {
        ArgumentNullException.ThrowIfNull(clean);
        (string Name, string Kind, YardstickCamera Camera)[] clips = [("static", "streaks", YardstickCamera.Static), ("panning", "natural", YardstickCamera.Panning), ("passing", "drizzle", YardstickCamera.Passing)];
        return [.. clips.Select((clip, index) => new YardstickClip(
            $"clips/{clip.Name}", clip.Kind, clip.Camera, clean[index % clean.Count], clean[(index + 1) % clean.Count], frames, SeedOf($"clips/{clip.Name}", seed)))];
    }

    /// <summary>
    /// Short clips of the stills' scenes, with the three cameras in turn: one long clip is one scene with one tone, and says little of the next.
    /// </summary>
    /// <param name="stills">From <see cref="Stills"/>.</param>
    /// <param name="frames">Of each clip.</param>
    /// <param name="seed">The yardstick's seed.</param>
    public static IReadOnlyList<YardstickClip> ShortClips(IReadOnlyList<YardstickStill> stills, int frames, int seed)
    {
        ArgumentNullException.ThrowIfNull(stills);
        return [.. stills.Select((still, index) =>
        {
            YardstickStill near = stills[(index + 1) % stills.Count];
            string path = $"short/{still.Kind}/{still.Name}";
            return new YardstickClip(path, still.Kind, YardstickCamera.All[index % YardstickCamera.All.Count], (still.Folder, still.File), (near.Folder, near.File), frames, SeedOf(path, seed));
        })];
    }

    /// <summary>The seed of one part of a yardstick.</summary>
    public static int SeedOf(string part, int seed)
    {
        ArgumentNullException.ThrowIfNull(part);
        return (int)((StableHash.Of(part) ^ StableHash.Of(seed, RandomStream.Yardstick, 0)) >> 33);
    }

    static ulong Order(string file, int seed) => StableHash.Of($"{seed}/{Path.GetFileName(file)}");
}
