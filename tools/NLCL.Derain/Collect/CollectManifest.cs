using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NLCL.CommandLine;

namespace NLCL.Derain;

/// <summary>
/// manifest.jsonl of a collection. The first line has the rules; each source has a line for every picture that was taken and
/// then one of its own, kind "source", with what was refused and why. Written whole under a temporary name after each source, so that what is there is complete.
/// </summary>
sealed class CollectManifest
{
    readonly string _path;
    readonly List<JsonObject> _lines = [];

    CollectManifest(string path) => _path = path;

    /// <summary>Opens the manifest of a folder, or starts one.</summary>
    /// <exception cref="CommandException">It is damaged, or was made by other rules.</exception>
    public static CollectManifest Open(string folder, CollectRules rules, string model)
    {
        CollectManifest manifest = new(Path.Combine(folder, "manifest.jsonl"));
        JsonObject first = JsonSerializer.SerializeToNode(rules, JsonSerializerOptions.Web)!.AsObject();
        first.Insert(0, "kind", "rules");
        first["model"] = model;
        if (File.Exists(manifest._path))
        {
            try { manifest._lines.AddRange(File.ReadLines(manifest._path).Select(line => JsonNode.Parse(line)!.AsObject())); }
            catch (Exception damaged) when (damaged is JsonException or InvalidOperationException or NullReferenceException)
            {
                throw new CommandException(ExitCodes.Input, $"'{manifest._path}' is damaged; move it away, or choose another output folder.", damaged);
            }
            if (manifest._lines.Count > 0 && manifest._lines[0].ToJsonString() != first.ToJsonString())
            {
                throw new CommandException(ExitCodes.Usage, $"'{folder}' was collected with other options or another model; choose another output folder.");
            }
        }
        if (manifest._lines.Count == 0) { manifest._lines.Add(first); }
        return manifest;
    }

    /// <summary>Hashes of all frames taken so far.</summary>
    public IEnumerable<ulong> Hashes => _lines.Select(line => (string?)line["hash"]).OfType<string>().Select(hash => ulong.Parse(hash, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    /// <summary>Whether a source is done and has not changed since.</summary>
    public bool Has(FileInfo source) => Summary(source.FullName) is { } line && (long?)line["bytes"] == source.Length && (string?)line["modified"] == Stamp(source);

    /// <summary>The name that a source's pictures begin with: its own if that is free.</summary>
    public string NameFor(FileInfo source, string wanted)
    {
        HashSet<string?> taken = [.. _lines.Where(line => (string?)line["source"] != source.FullName).Select(line => (string?)line["name"])];
        string name = wanted;
        for (int number = 2; taken.Contains(name); number++) { name = $"{wanted}-{number}"; }
        return name;
    }

    /// <summary>Forgets what is known of a source.</summary>
    public void Drop(FileInfo source) => _lines.RemoveAll(line => (string?)line["source"] == source.FullName);

    /// <summary>Adds the lines of a source that is done, and writes the file.</summary>
    public void Add(FileInfo source, string name, IEnumerable<JsonObject> pictures, JsonObject summary)
    {
        _lines.AddRange(pictures);
        summary.Insert(0, "kind", "source");
        summary["name"] = name;
        summary["bytes"] = source.Length;
        summary["modified"] = Stamp(source);
        _lines.Add(summary);
        string temporary = _path + ".part";
        using (FileStream file = new(temporary, FileMode.Create))
        {
            foreach (JsonObject line in _lines) { file.Write(Encoding.UTF8.GetBytes(line.ToJsonString() + "\n")); }
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, _path, overwrite: true);
    }

    JsonObject? Summary(string source) => _lines.FirstOrDefault(line => (string?)line["kind"] == "source" && (string?)line["source"] == source);

    static string Stamp(FileInfo source) => source.LastWriteTimeUtc.ToString("o", CultureInfo.InvariantCulture);
}
