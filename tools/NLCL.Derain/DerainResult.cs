using System.Text.Json.Nodes;
using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>What came out of a job so far.</summary>
sealed class DerainResult
{
    readonly JsonArray _losses = [];
    VideoReport? _last;

    public List<JsonObject> Failures { get; } = [];

    /// <summary>Inputs that the network saw at a fraction of their size, and at which.</summary>
    public Dictionary<string, int> Scales { get; } = [];

    public long Frames { get; private set; }

    public long Resumed { get; private set; }

    /// <summary>Files that an earlier run had done.</summary>
    public int Skipped { get; set; }

    /// <summary>Takes a clip's report, and warns of what it lost.</summary>
    public void Add(VideoReport report)
    {
        _last = report;
        Frames += report.Frames;
        Resumed += report.ResumedFrames;
        foreach (string loss in report.Losses)
        {
            ConsoleText.WriteWarning($"{report.Output}: {loss}");
            _losses.Add($"{report.Output}: {loss}");
        }
    }

    /// <summary>For the closing line of --json.</summary>
    public JsonObject ToJson(ChosenModels models, int items)
    {
        Derainer derainer = models.Opened[0];
        JsonObject json = new()
        {
            ["model"] = models.Names,
            ["device"] = derainer.Device.ToString(),
            ["precision"] = derainer.Device.Precision,
            ["precisionReason"] = derainer.Device.PrecisionReason,
            ["reduction"] = models.Opened.Select(model => model.Reduction?.ToString()).FirstOrDefault(reduction => reduction is not null),
            ["succeeded"] = items - Failures.Count,
            ["failed"] = Failures.Count,
            ["skipped"] = Skipped,
            ["failures"] = new JsonArray([.. Failures]),
            ["losses"] = _losses,
            ["scales"] = new JsonObject(Scales.Select(seen => KeyValuePair.Create<string, JsonNode?>(seen.Key, seen.Value))),
        };
        if (_last is { } report && items == 1)
        {
            json["codec"] = report.Codec;
            json["engine"] = report.Engine.ToString();
            json["resumedFrames"] = report.ResumedFrames;
            json["shard"] = report.Shard.ToString();
            json["stageSeconds"] = new JsonObject(report.Stages.Select(stage => KeyValuePair.Create<string, JsonNode?>(stage.Name, Math.Round(stage.Busy.TotalSeconds, 3))));
        }
        return json;
    }
}
