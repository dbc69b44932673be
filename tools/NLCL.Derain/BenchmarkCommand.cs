using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>nlcl benchmark: how fast a model runs here, stage by stage, beside what people run today.</summary>
static class BenchmarkCommand
{
    const string DefaultSizes = "640x480,1280x720,1920x1080";

    public static Command Create()
    {
        Option<string?> model = ModelOption.Create();
        Option<DeviceKind> device = new("--device", "-d") { Description = "Where to compute.", DefaultValueFactory = _ => DeviceKind.Auto };
        Option<int> threads = new("--threads") { Description = "CPU threads for the network; 0: one per physical core.", HelpName = "N" };
        Option<string> sizes = new("--sizes") { Description = $"Frame sizes. Default: {DefaultSizes}.", HelpName = "WxH,...", DefaultValueFactory = _ => DefaultSizes };
        Option<int> rounds = new("--rounds") { Description = "How often each contestant runs; medians are shown.", HelpName = "N", DefaultValueFactory = _ => 7 };
        Option<bool> noPeers = new("--no-peers") { Description = "Only NLCL, without the plain ONNX Runtime loop and OpenCV's network module." };
        Option<bool> json = new("--json") { Description = "One JSON object per size." };
        Command command = new("benchmark", "Measure the rate of each stage, and of the same model in other engines, in turn.")
        {
            model, device, threads, sizes, rounds, noPeers, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string path = ModelOption.Resolve(parsed.GetValue(model));
            DerainerOptions options = new() { Device = parsed.GetValue(device), Threads = parsed.GetValue(threads), MaxTilePixels = long.MaxValue };
            using Derainer derainer = Derainer.Open(path, options);
            bool asJson = parsed.GetValue(json);
            if (!asJson) { Console.WriteLine($"{derainer.Contract.Name} on {derainer.Device}; median ms of {parsed.GetValue(rounds)} rounds, contestants in turn"); }
            string? absent = null;
            foreach ((int width, int height) in ParseSizes(parsed.GetValue(sizes)!))
            {
                using FrameRace race = new(derainer, path, width, height, !parsed.GetValue(noPeers));
                IReadOnlyList<Lap> laps = race.Run(Math.Max(parsed.GetValue(rounds), 1), cancellation);
                Print(laps, width, height, asJson);
                absent ??= race.Absent;
            }
            if (absent is not null && !asJson) { Console.WriteLine(absent); }
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    static IEnumerable<(int Width, int Height)> ParseSizes(string text)
    {
        foreach (string size in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] sides = size.Split('x');
            yield return sides.Length == 2
                && int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width > 0
                && int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height) && height > 0
                ? (width, height)
                : throw new CommandException(ExitCodes.Usage, $"'{size}' is no frame size; write WIDTHxHEIGHT, e.g. 1280x720.");
        }
    }

    static void Print(IReadOnlyList<Lap> laps, int width, int height, bool json)
    {
        double ours = laps.Single(lap => lap.Name == FrameRace.EndToEnd).Milliseconds;
        if (json)
        {
            JsonObject line = new() { ["event"] = "size", ["width"] = width, ["height"] = height };
            foreach (Lap lap in laps) { line[lap.Name] = Math.Round(lap.Milliseconds, 3); }
            Console.WriteLine(line.ToJsonString());
            return;
        }
        Console.WriteLine($"{width}x{height}");
        foreach (Lap lap in laps)
        {
            string ratio = lap.IsPeer ? $"   {lap.Milliseconds / ours:0.00} x NLCL's time" : "";
            Console.WriteLine($"  {lap.Name,-34} {lap.Milliseconds,9:0.00} ms  {1000 / lap.Milliseconds,7:0.0}/s{ratio}");
        }
    }
}
