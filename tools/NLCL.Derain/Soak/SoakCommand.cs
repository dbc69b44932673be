using System.CommandLine;
using System.Text.Json.Nodes;
using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>nlcl soak: long runs that show leaks, drift and crashes.</summary>
static class SoakCommand
{
    const int DefaultFrames = 100_000;

    public static Command Create()
    {
        Option<int?> frames = new("--frames") { Description = $"Frames of a clip, made here, through decoder, network and encoder. Default, where nothing is named: {DefaultFrames}.", HelpName = "N" };
        Option<int?> photos = new("--photos") { Description = "Photos of every format, read, derained and written.", HelpName = "N" };
        Option<int?> damaged = new("--damaged") { Description = "Photos damaged at random, given to 'nlcl derain' in a process of its own; none may crash it.", HelpName = "N" };
        Option<string> size = new("--size") { Description = "Size of frames and photos.", HelpName = "WxH", DefaultValueFactory = _ => "192x108" };
        Option<int> seed = new("--seed") { Description = "Of the damage.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<string?> keep = new("--keep") { Description = "Folder for the damaged photos that crash or hang.", HelpName = "DIR" };
        Option<string?> model = ModelOption.Create();
        Option<DeviceKind> device = new("--device", "-d") { Description = "Where to compute.", DefaultValueFactory = _ => DeviceKind.Auto };
        Option<int> threads = new("--threads") { Description = "CPU threads for the network; 0: one per physical core.", HelpName = "N" };
        Option<bool> json = new("--json") { Description = "One JSON object per run." };
        Command command = new("soak", "Run for long and show that memory, handles and threads stay flat, and that damaged files do no harm.")
        {
            frames, photos, damaged, size, seed, keep, model, device, threads, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string path = ModelOption.Resolve(parsed.GetValue(model));
            DerainerOptions options = new() { Device = parsed.GetValue(device), Threads = parsed.GetValue(threads) };
            FrameSize frame = FrameSize.Parse(parsed.GetValue(size)!);
            int? clip = parsed.GetValue(frames);
            if (clip is null && parsed.GetValue(photos) is null && parsed.GetValue(damaged) is null) { clip = DefaultFrames; }

            List<SoakResult> results = [];
            void Run(int? count, Func<int, SoakResult> soak)
            {
                if (count is null) { return; }
                if (count < 1) { throw new CommandException(ExitCodes.Usage, "a soak needs at least 1 frame or photo."); }
                results.Add(soak(count.Value));
                Console.WriteLine(parsed.GetValue(json) ? results[^1].ToJson().ToJsonString() : results[^1].ToString());
            }
            Run(clip, count => ClipSoak.Run(path, options, frame, count, cancellation));
            Run(parsed.GetValue(photos), count => PhotoSoak.Run(path, options, frame, count, cancellation));
            Run(parsed.GetValue(damaged), count => new DamageSoak(path, parsed.GetValue(seed), parsed.GetValue(keep)).Run(count, cancellation));
            return Task.FromResult(results.FirstOrDefault(result => result.Problem is not null) is { } bad
                ? throw new CommandException(ExitCodes.Unexpected, $"soak of {bad.Name}: {bad.Problem}.")
                : ExitCodes.Success);
        });
        return command;
    }
}

/// <summary>What one soak found.</summary>
/// <param name="Name">What ran.</param>
/// <param name="Facts">By name, in the order to be shown.</param>
/// <param name="Problem">What is wrong; null: nothing.</param>
sealed record SoakResult(string Name, IReadOnlyList<(string Name, JsonNode Value)> Facts, string? Problem)
{
    public JsonObject ToJson()
    {
        JsonObject line = new() { ["event"] = "soak", ["name"] = Name };
        foreach ((string name, JsonNode value) in Facts) { line[name] = value.DeepClone(); }
        line["problem"] = Problem;
        return line;
    }

    public override string ToString() =>
        string.Join('\n', Facts.Select(fact => $"  {fact.Name,-26} {fact.Value}").Prepend(Name).Append($"  {"verdict",-26} {Problem ?? "flat"}"));
}
