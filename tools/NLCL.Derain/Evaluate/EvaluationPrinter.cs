using System.Text.Json.Nodes;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>Prints figures for people, or as one JSON object a line.</summary>
sealed class EvaluationPrinter(bool json, bool meansOnly, Derainer? derainer)
{
    readonly List<(string Name, SetFigures Figures)> _sets = [];

    string Heading => $"{"Y-PSNR",6} {"Y-SSIM",6} {"RGB-P",6} {"RGB-S",6}" + (derainer is null ? "" : "     rainy input: the same four");

    public void PrintHead(PictureSet set)
    {
        if (!json && !meansOnly) { Console.WriteLine($"{(_sets.Count == 0 ? "" : "\n")}{set.Name}\n{"picture",-28} {Heading}"); }
    }

    public void PrintPicture(PictureSet set, string name, Figures after, Figures? before)
    {
        if (meansOnly) { return; }
        if (json) { Console.WriteLine(Line("picture", set.Name, after, before, ("name", name)).ToJsonString()); }
        else { Console.WriteLine($"{name,-28} {after}     {before}"); }
    }

    public void PrintSet(PictureSet set, SetFigures means)
    {
        _sets.Add((set.Name, means));
        if (json) { Console.WriteLine(Line("mean", set.Name, means.After, means.Before, ("pictures", means.Pictures), ("model", derainer?.Contract.Name), ("precision", derainer?.Device.Precision)).ToJsonString()); }
        else if (!meansOnly) { Console.WriteLine($"{"mean of " + means.Pictures,-28} {means.After}     {means.Before}"); }
    }

    /// <summary>One row per set, where there are several or nothing else was shown.</summary>
    public void PrintAll()
    {
        if (json || (_sets.Count == 1 && !meansOnly)) { return; }
        if (!meansOnly) { Console.WriteLine(); }
        int width = Math.Max(28, _sets.Max(set => set.Name.Length));
        Console.WriteLine($"{"set".PadRight(width)} {"n",5} {Heading}");
        foreach ((string name, SetFigures means) in _sets) { Console.WriteLine($"{name.PadRight(width)} {means.Pictures,5} {means.After}     {means.Before}"); }
    }

    static JsonObject Line(string kind, string set, Figures after, Figures? before, params (string Name, JsonNode? Value)[] more)
    {
        JsonObject line = after.ToJson();
        line["event"] = kind;
        line["set"] = set;
        foreach ((string name, JsonNode? value) in more) { line[name] = value; }
        line["rainy"] = before?.ToJson();
        return line;
    }
}
