using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NLCL.Training;

/// <summary>The report for programs: dimensions.json.</summary>
static class LayerAnalysisJson
{
    static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static string Text(LayerAnalysisReport report) => new JsonObject
    {
        ["model"] = report.Model,
        ["pictures"] = report.Pictures,
        ["groupsPerPicture"] = report.Options.GroupsPerPicture,
        ["patchesPerGroup"] = report.Options.Patches,
        ["patchSize"] = report.Options.Sampler.PatchSize,
        ["window"] = report.Options.Sampler.WindowSize,
        ["seed"] = report.Options.Seed,
        ["verdict"] = report.Verdict,
        ["background"] = Layer(report.Background, 0),
        ["rain"] = Layer(report.Rain, report.GroupsWithoutRain),
        ["leftOut"] = new JsonArray([.. report.Warnings.Select(warning => (JsonNode)warning)]),
    }.ToJsonString(s_indented);

    static JsonObject Layer(LayerDimensions layer, int leftOut) => new()
    {
        ["groups"] = layer.Groups,
        ["groupsLeftOut"] = leftOut,
        ["maximumLikelihood"] = new JsonObject(layer.MaximumLikelihood.Select(
            item => KeyValuePair.Create(item.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)Number(item.Value)))),
        ["principalComponents95"] = Number(layer.PrincipalComponents),
        ["participationRatio"] = Number(layer.ParticipationRatio),
        ["varianceShares"] = new JsonArray([.. layer.VarianceShares.Select(share => (JsonNode)Math.Round(share, 5))]),
    };

    // JSON knows no NaN: nothing was measured.
    static JsonObject? Number(MeanSpread value) => double.IsNaN(value.Mean)
        ? null
        : new JsonObject { ["mean"] = Math.Round(value.Mean, 4), ["spread"] = Math.Round(value.Spread, 4) };
}
