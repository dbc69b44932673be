using System.Text.RegularExpressions;

namespace NLCL.Training;

/// <summary>
/// The arrays of one or both generators in a file of published weights, under the names that <see cref="PaperGenerator"/> gives
/// them: <c>gen.3.model.0.conv.weight</c>.
/// </summary>
/// <remarks>
/// Released checkpoints hold one generator a file with bare names; wrappers for several devices and hand-made collections put
/// a prefix before them (<c>module.</c>, <c>netBack.module.</c>), and single convolutions come with or without <c>conv.</c> between number and
/// <c>weight</c>. All of these are understood.
/// </remarks>
sealed partial class PublishedGenerators
{
    PublishedGenerators(
        IReadOnlyDictionary<string, SafetensorsEntry> wanted, IReadOnlyDictionary<string, SafetensorsEntry>? rain, IReadOnlyList<string> ignored) =>
        (Wanted, Rain, Ignored) = (wanted, rain, ignored);

    /// <summary>The generator that was asked for: the background's, unless it was the rain's.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Wanted { get; }

    /// <summary>The rain's generator; null: the file holds one generator only.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry>? Rain { get; }

    public IReadOnlyList<string> Ignored { get; }

    /// <param name="path">Only for the message.</param>
    /// <param name="file">All arrays.</param>
    /// <param name="names">The names that a generator wants.</param>
    /// <param name="layer">What a generator stands for whose name does not tell.</param>
    /// <exception cref="CheckpointException">No array has such a name, or it is not clear whose they are.</exception>
    public static PublishedGenerators Find(string path, SafetensorsFile file, IReadOnlyCollection<string> names, PictureLayer layer = PictureLayer.Background)
    {
        Dictionary<string, Dictionary<string, SafetensorsEntry>> byPrefix = new(StringComparer.Ordinal);
        List<string> ignored = [];
        foreach (SafetensorsEntry entry in file.Entries.Values.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (Plain(entry.Name, names) is not (var prefix, var name)) { ignored.Add(entry.Name); continue; }
            byPrefix.TryAdd(prefix, new(StringComparer.Ordinal));
            if (!byPrefix[prefix].TryAdd(name, entry))
            {
                throw new CheckpointException(path, $"'{entry.Name}' and '{byPrefix[prefix][name].Name}' both stand for '{name}'", "leave one of them out");
            }
        }
        string[] rain = [.. byPrefix.Keys.Where(prefix => RainName().IsMatch(prefix))];
        string[] background = [.. byPrefix.Keys.Except(rain)];
        string[] named = [.. background.Where(prefix => prefix.Contains("back", StringComparison.OrdinalIgnoreCase))];
        background = named.Length > 0 ? named : background;
        if (layer == PictureLayer.Rain) { background = rain.Length > 0 ? rain : background; }
        if (background.Length != 1 || rain.Length > 1)
        {
            throw new CheckpointException(
                path,
                byPrefix.Count == 0 ? "no array has a name of the published generator, such as 'gen.1.model.0.conv.weight'"
                    : $"expected one generator of the {layer.ToString().ToLowerInvariant()}, found arrays under {string.Join(", ", byPrefix.Keys.Order(StringComparer.Ordinal).Select(prefix => $"'{prefix}gen'"))}",
                "save the state_dict of netBack by safetensors.torch.save_file, or call the two generators 'netBack.' and 'netRain.'");
        }
        ignored.AddRange(byPrefix.Keys.Except(background).Except(rain).SelectMany(prefix => byPrefix[prefix].Values.Select(entry => entry.Name)));
        return new PublishedGenerators(byPrefix[background[0]], rain.Length == 1 ? byPrefix[rain[0]] : null, ignored);
    }

    /// <summary>What stands before the plain name, and the plain name; null: no array of a generator.</summary>
    static (string Prefix, string Name)? Plain(string name, IReadOnlyCollection<string> names)
    {
        Match parts = ArrayName().Match(name);
        if (!parts.Success) { return null; }
        (string number, string inner, string kind) = (parts.Groups["number"].Value, parts.Groups["inner"].Value, parts.Groups["kind"].Value);
        string? plain = new[] { $"gen.{number}.{inner}{kind}", inner == "conv." ? $"gen.{number}.{kind}" : $"gen.{number}.conv.{kind}" }.FirstOrDefault(names.Contains);
        return plain is null ? null : (parts.Groups["prefix"].Value, plain);
    }

    [GeneratedRegex(@"^(?<prefix>(?:.*?\.)??)(?:gen\.)?(?<number>\d+)\.(?<inner>(?:model\.\d+\.conv\.|conv\.\d+\.|conv\.)?)(?<kind>weight|bias)$", RegexOptions.CultureInvariant)]
    private static partial Regex ArrayName();

    // 'derain' is what the whole thing does, not the rain layer.
    [GeneratedRegex("(?<!de)rain(?!ed|ing)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RainName();
}
