using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>
/// A folder that is derained in shards: each takes every Nth file. The list of files is written down by whoever comes first,
/// in a hidden folder of the output folder, so that all agree on it; each shard leaves a note when it is done.
/// </summary>
sealed class FolderShards
{
    const string Folder = ".nlcl-shards";

    readonly string _folder;
    readonly string _hash;
    readonly ClipShard _shard;

    FolderShards(string folder, string hash, ClipShard shard, IReadOnlyList<DerainItem> items) => (_folder, _hash, _shard, Items) = (folder, hash, shard, items);

    /// <summary>What this shard does.</summary>
    public IReadOnlyList<DerainItem> Items { get; }

    /// <summary>Agrees on the list and takes a shard of it.</summary>
    /// <exception cref="CommandException">Another list or another number of shards is at work in the output folder.</exception>
    public static FolderShards Take(DerainPlan plan, ClipShard shard)
    {
        string folder = Path.Combine(plan.Output, Folder);
        Directory.CreateDirectory(folder);
        string text = ListOf(plan, shard.Count);
        string path = Path.Combine(folder, "plan.json");
        if (!File.Exists(path)) { WriteWhole(path, text); }
        if (File.ReadAllText(path) != text)
        {
            throw new CommandException(ExitCodes.Output, $"'{folder}' belongs to another list of files or another number of shards; finish that with 'nlcl merge', or remove it.");
        }
        File.Delete(NotePath(folder, shard));
        return new(folder, HashOf(text), shard, [.. plan.Items.Where((_, index) => index % shard.Count == shard.Number - 1)]);
    }

    /// <summary>Notes that the shard is done.</summary>
    public void Finish(IReadOnlyList<JsonObject> failures)
    {
        JsonObject note = new() { ["plan"] = _hash, ["files"] = Items.Count, ["failures"] = new JsonArray([.. failures.Select(failure => failure.DeepClone())]) };
        WriteWhole(NotePath(_folder, _shard), note.ToJsonString());
    }

    /// <summary>Checks that all shards are done and every output is there, and removes the notes.</summary>
    /// <returns>Files done, and failures as the shards noted them; null when the folder has no shards.</returns>
    /// <exception cref="CommandException">A shard or an output is missing.</exception>
    public static (int Done, IReadOnlyList<string> Failures)? Merge(string output)
    {
        string folder = Path.Combine(output, Folder);
        string path = Path.Combine(folder, "plan.json");
        if (!File.Exists(path)) { return null; }
        string text = File.ReadAllText(path);
        JsonNode plan = JsonNode.Parse(text)!;
        int count = (int)plan["shards"]!;
        List<string> failures = [];
        List<int> missing = [];
        for (int number = 1; number <= count; number++)
        {
            string note = NotePath(folder, new(number, count));
            if (!File.Exists(note) || JsonNode.Parse(File.ReadAllText(note)) is not JsonObject done || (string?)done["plan"] != HashOf(text)) { missing.Add(number); }
            else { failures.AddRange(done["failures"]!.AsArray().Select(failure => (string)failure!["reason"]!)); }
        }
        if (missing.Count > 0) { throw new CommandException(ExitCodes.Output, $"shards are missing or unfinished: {string.Join(", ", missing)} of {count}; run derain with --resume --shard I/{count} for each."); }

        string[] outputs = [.. plan["files"]!.AsArray().Select(file => Path.Combine(output, (string)file!["name"]!)).Where(file => !File.Exists(file))];
        if (outputs.Length != failures.Count)
        {
            throw new CommandException(ExitCodes.Output, $"{outputs.Length} outputs are missing and {failures.Count} were reported, the first is '{outputs.FirstOrDefault()}'; run the shards again with --resume.");
        }
        Directory.Delete(folder, recursive: true);
        return (plan["files"]!.AsArray().Count - failures.Count, failures);
    }

    static string ListOf(DerainPlan plan, int shards)
    {
        JsonArray files = [.. plan.Items.Select(item => new JsonObject { ["name"] = Path.GetFileName(item.Output), ["bytes"] = new FileInfo(item.Input).Length })];
        JsonObject list = new() { ["version"] = 1, ["shards"] = shards, ["files"] = files };
        list["hash"] = HashOf(list.ToJsonString());
        return list.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    static string NotePath(string folder, ClipShard shard) => Path.Combine(folder, $"shard-{shard.Number}-of-{shard.Count}.json");

    static void WriteWhole(string path, string text)
    {
        string temporary = path + "." + Guid.NewGuid().ToString("N")[..8];
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }
}
