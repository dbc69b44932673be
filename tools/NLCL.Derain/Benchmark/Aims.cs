using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace NLCL.Derain;

/// <summary>One figure beside the aim that it should reach.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Size">Of the frame.</param>
/// <param name="Figure">Measured; null: was not, for want of a contestant.</param>
/// <param name="Target">At most or at least this.</param>
/// <param name="AtMost">Smaller is better.</param>
readonly record struct Aim(string Name, FrameSize Size, double? Figure, double Target, bool AtMost)
{
    public bool? IsMet => Figure is not { } figure ? null : AtMost ? figure <= Target : figure >= Target;

    public string Verdict => IsMet switch { true => "met", false => "missed", null => "not measured" };
}

/// <summary>What this project set out to reach, and what a run of the benchmark found of it.</summary>
sealed class Aims
{
    const string OpenCv = "OpenCV DNN";
    const string Plain = "plain ONNX Runtime loop";
    const double MebibytesOfAGigabyte = 1e9 / (1 << 20);

    static readonly FrameSize s_fullHd = new(1920, 1080);

    readonly IReadOnlyList<Aim> _all;

    public Aims(IReadOnlyList<SizeResult> sizes) => _all = [.. sizes.SelectMany(size => size.OnCpu ? OnCpu(size) : OnGpu(size)).OrderBy(aim => aim.Name, StringComparer.Ordinal)];

    public JsonObject ToJson() => new()
    {
        ["event"] = "aims",
        ["aims"] = new JsonArray([.. _all.Select(aim => (JsonNode)new JsonObject
        {
            ["aim"] = aim.Name,
            ["size"] = aim.Size.ToString(),
            ["figure"] = aim.Figure is { } figure ? Math.Round(figure, 3) : null,
            [aim.AtMost ? "atMost" : "atLeast"] = Math.Round(aim.Target, 3),
            ["met"] = aim.IsMet,
        })]),
    };

    public override string ToString()
    {
        StringBuilder text = new("aims\n");
        foreach (IGrouping<string, Aim> one in _all.GroupBy(aim => aim.Name))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {one.Key}, {(one.First().AtMost ? "at most" : "at least")} {one.First().Target:0.##}\n");
            foreach (Aim aim in one)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {aim.Size,-12} {(aim.Figure is { } figure ? figure.ToString("0.00", CultureInfo.InvariantCulture) : "-"),8}  {aim.Verdict}\n");
            }
        }
        return text.ToString().TrimEnd();
    }

    static IEnumerable<Aim> OnCpu(SizeResult size)
    {
        yield return new("clip end to end: times the ceiling's time", size.Size, size.Clip?.OfCeiling, 1.1, AtMost: true);
        yield return new("clip end to end: the plain loop's time over NLCL's", size.Size, Over(size, Plain, ClipRace.Whole), 1, AtMost: false);
        yield return new("clip end to end: OpenCV DNN's time over NLCL's", size.Size, Over(size, OpenCv, ClipRace.Whole), 2, AtMost: false);
        yield return new("clip end to end: the plain loop's time over NLCL's with int8", size.Size, Over(size, Plain, ClipRace.Whole + ", int8"), 2, AtMost: false);
        if (size.Size == s_fullHd)
        {
            yield return new("conversion of a 4:2:0 frame, in and out, ms", size.Size, 1000 * (size.FrameLap("convert in, 4:2:0").Seconds + size.FrameLap("convert out, 4:2:0").Seconds), 2, AtMost: true);
            yield return new("memory of NLCL's process, MiB", size.Size, size.Clip?.PeakBytes / 1048576.0, MebibytesOfAGigabyte, AtMost: true);
        }
    }

    static IEnumerable<Aim> OnGpu(SizeResult size)
    {
        double sideBySide = size.FrameLap(FrameRace.NetworkSideBySide).Seconds;
        yield return new($"{size.Device}: clip end to end, share of the slowest part's rate", size.Size, 1 / size.Clip?.OfCeiling, 0.9, AtMost: false);
        yield return new($"{size.Device}: frames side by side, share of a bare bound loop's rate", size.Size, BareLoop(size) / sideBySide, 0.95, AtMost: false);
        if (size.Size == s_fullHd)
        {
            yield return new($"{size.Device}: frames side by side, frames a second", size.Size, 1 / sideBySide, 500, AtMost: false);
        }
    }

    // The faster of the two.
    static double? BareLoop(SizeResult size) =>
        size.Frame.Where(lap => lap.Name is FrameRace.Bare or FrameRace.BareLaidOut && lap.Seconds > 0).Min(lap => (double?)lap.Seconds);

    static double? Over(SizeResult size, string peer, string own)
    {
        Lap? Find(string name) => size.Clip is { } clip && clip.Laps.Any(lap => lap.Name == name) ? clip.Lap(name) : null;
        return Find(peer)?.Seconds / Find(own)?.Seconds;
    }
}
