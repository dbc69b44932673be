using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NLCL.Derain;

/// <summary>All that one run of the benchmark found.</summary>
sealed record BenchmarkReport(BenchmarkMachine Machine, IReadOnlyList<SizeResult> Sizes)
{
    public Aims Aims => new(Sizes);

    static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    /// <summary>Writes <c>processor.json</c> and <c>processor.md</c> into the folder, over older ones.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        JsonObject all = new() { ["machine"] = Machine.ToJson(), ["sizes"] = new JsonArray([.. Sizes.Select(size => size.ToJson())]), ["aims"] = Aims.ToJson()["aims"]!.DeepClone() };
        Replace(Path.Combine(folder, Machine.FileName + ".json"), all.ToJsonString(s_indented) + "\n");
        Replace(Path.Combine(folder, Machine.FileName + ".md"), Markdown());
    }

    /// <summary>The README's table, then everything as it was printed.</summary>
    string Markdown()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"""
            # {Machine.Gpu ?? $"{Machine.Processor}, {Machine.Threads} {(Machine.Threads == 1 ? "thread" : "threads")}"}

            Written by `tools/nlcl benchmark --output`; figures of a shared machine move, their ratios less.

            {SpeedTable.Make(Sizes)}
            ## All of it

            ```
            {Machine}

            """);
        foreach (SizeResult size in Sizes) { text.Append('\n').Append(size).Append('\n'); }
        return text.Append('\n').Append(Aims).Append("\n```\n").ToString();
    }

    static void Replace(string path, string text)
    {
        string temporary = path + ".new";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }
}

/// <summary>The short table of speed, which the README shows.</summary>
static class SpeedTable
{
    public static string Make(IReadOnlyList<SizeResult> sizes)
    {
        string[] peers = [.. sizes.SelectMany(size => size.Frame.Where(lap => lap.IsPeer).Select(lap => lap.Name)).Distinct()];
        StringBuilder text = new();
        text.Append("| frame | one frame | clip, end to end | of the ceiling's time | memory |");
        foreach (string peer in peers) { text.Append(CultureInfo.InvariantCulture, $" {peer} |"); }
        text.Append("\n|---|---|---|---|---|").Append(string.Concat(peers.Select(_ => "---|"))).Append('\n');
        foreach (SizeResult size in sizes)
        {
            double whole = size.FrameLap(FrameRace.Whole).Seconds;
            text.Append(CultureInfo.InvariantCulture, $"| {size.Size}{(size.OnCpu ? "" : ", " + size.Device)} | {1000 * whole:0} ms | ");
            text.Append(size.Clip is { } clip
                ? string.Create(CultureInfo.InvariantCulture, $"{clip.Frames / clip.Lap(ClipRace.Whole).Seconds:0.00} frames/s | {clip.OfCeiling:0.00} | {clip.PeakBytes / 1048576.0:0} MiB |")
                : "- | - | - |");
            foreach (string peer in peers)
            {
                Lap[] lap = [.. size.Frame.Where(one => one.Name == peer)];
                text.Append(lap.Length == 0 ? " - |" : string.Create(CultureInfo.InvariantCulture, $" {lap[0].Seconds / whole:0.00} times NLCL's{(size.Clip?.Laps.Any(one => one.Name == peer) == true ? $", clip {size.Clip.Lap(peer).Seconds / size.Clip.Lap(ClipRace.Whole).Seconds:0.00}" : "")} |"));
            }
            text.Append('\n');
        }
        return text.ToString();
    }
}
