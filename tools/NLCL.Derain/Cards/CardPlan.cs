using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>What a card measures, checked before anything is opened.</summary>
/// <param name="Sets">Pairs.</param>
/// <param name="Dry">Pictures without rain.</param>
/// <param name="Real">Rainy pictures without truth.</param>
/// <param name="Clips">Clips; the clean one may be unknown.</param>
/// <param name="ShortClips">Clips of one kind of rain, with truth.</param>
/// <param name="Sizes">Frame sizes for the cost.</param>
/// <param name="Analysis">Content of dimensions.json; null: not given.</param>
sealed record CardPlan(
    IReadOnlyList<(string Name, PictureFolder Rainy, PictureFolder Clean)> Sets,
    IReadOnlyList<(string Name, IReadOnlyList<PictureFolder> Clean)> Dry,
    IReadOnlyList<(string Name, PictureFolder Rainy)> Real,
    IReadOnlyList<(string Name, string Rainy, string? Clean)> Clips,
    IReadOnlyList<(string Name, IReadOnlyList<(string Rainy, string Clean)> Clips)> ShortClips,
    IReadOnlyList<(int Width, int Height)> Sizes,
    JsonObject? Analysis)
{
    /// <summary>Reads the options.</summary>
    /// <exception cref="CommandException">One is ill-formed, or a folder is missing.</exception>
    public static CardPlan Make(string[] sets, string[] clips, string[] dry, string[] real, string? yardstick, string? analysis, string sizes)
    {
        List<(string, PictureFolder, PictureFolder)> pairs = [.. sets.Select(text => Split(text, "--set", 2)).Select(part => (part.Name, Open(part.Paths[0]), Open(part.Paths[1])))];
        List<(string, IReadOnlyList<PictureFolder>)> clean = [.. dry.Select(text => Split(text, "--dry", 1)).Select(part => (part.Name, (IReadOnlyList<PictureFolder>)[Open(part.Paths[0])]))];
        List<(string, PictureFolder)> rainy = [.. real.Select(text => Split(text, "--real", 1)).Select(part => (part.Name, Open(part.Paths[0])))];
        List<(string, string, string?)> frames = [.. clips.Select(text => Split(text, "--clip", 1, 2)).Select(part => (part.Name, part.Paths[0], part.Paths.ElementAtOrDefault(1)))];
        List<(string, IReadOnlyList<(string, string)>)> shortClips = [];
        if (yardstick is not null)
        {
            if (!File.Exists(Path.Combine(yardstick, "yardstick.json"))) { throw new CommandException(ExitCodes.Input, $"'{yardstick}' is no yardstick; make one with 'nlcl yardstick'."); }
            string[] kinds = [.. Folders(Path.Combine(yardstick, "stills"))];
            pairs.AddRange(kinds.Select(kind => ($"yardstick, {Path.GetFileName(kind)}", Open(Path.Combine(kind, "rainy")), Open(Path.Combine(kind, "clean")))));
            if (kinds.Length > 0) { clean.Add(("yardstick, clean pictures", [.. kinds.Select(kind => Open(Path.Combine(kind, "clean")))])); }
            frames.AddRange(Folders(Path.Combine(yardstick, "clips")).Select(clip => ($"yardstick, {Path.GetFileName(clip)}", Path.Combine(clip, "rainy"), (string?)Path.Combine(clip, "clean"))));
            shortClips.AddRange(Folders(Path.Combine(yardstick, "short")).Where(kind => Folders(kind).Any()).Select(kind => (
                $"yardstick, {Path.GetFileName(kind)}", (IReadOnlyList<(string, string)>)[.. Folders(kind).Select(clip => (Path.Combine(clip, "rainy"), Path.Combine(clip, "clean")))])));
        }
        return new(pairs, clean, rainy, frames, shortClips, [.. ParseSizes(sizes)], analysis is null ? null : ReadAnalysis(analysis));
    }

    static IEnumerable<string> Folders(string folder) => Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal) : [];

    static (string Name, string[] Paths) Split(string text, string option, int least, int most = 0)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string[] paths = equals > 0 ? text[(equals + 1)..].Split(',') : [];
        return paths.Length >= least && paths.Length <= Math.Max(least, most) && paths.All(path => path.Length > 0)
            ? (text[..equals], paths)
            : throw new CommandException(ExitCodes.Usage, $"{option} '{text}': write NAME={string.Join(',', Enumerable.Repeat("DIR", Math.Max(least, most)))}.");
    }

    static PictureFolder Open(string path)
    {
        PictureFolder folder = PictureFolder.Parse(path);
        return Directory.Exists(folder.Path) && folder.Files().Count > 0 ? folder : throw new CommandException(ExitCodes.Input, $"'{path}' has no pictures.");
    }

    static JsonObject ReadAnalysis(string path)
    {
        try { return JsonNode.Parse(File.ReadAllText(path))!.AsObject(); }
        catch (Exception damaged) when (damaged is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new CommandException(ExitCodes.Input, $"'{path}' is not what 'nlcl analyze' writes.", damaged);
        }
    }

    static IEnumerable<(int Width, int Height)> ParseSizes(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(size =>
    {
        int[] sides = [.. size.Split('x').Select(side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out int pixels) ? pixels : 0)];
        return sides is [> 0, > 0] ? (sides[0], sides[1]) : throw new CommandException(ExitCodes.Usage, $"'{size}' is no frame size; write WIDTHxHEIGHT, e.g. 1280x720.");
    });
}
