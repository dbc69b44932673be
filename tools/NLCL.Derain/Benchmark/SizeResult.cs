using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace NLCL.Derain;

/// <summary>What was measured at one frame size on one device.</summary>
sealed record SizeResult(string Device, bool OnCpu, FrameSize Size, IReadOnlyList<Lap> Frame)
{
    public required double ConvolutionGflops { get; init; }

    public required double NetworkGflops { get; init; }

    public required IReadOnlyList<string> Absent { get; init; }

    /// <summary>Which file each peer ran.</summary>
    public required IReadOnlyList<string> PeerFiles { get; init; }

    public ClipResult? Clip { get; init; }

    public Lap FrameLap(string name) => Frame.Single(lap => lap.Name == name);

    public JsonObject ToJson()
    {
        JsonObject line = new() { ["event"] = "size", ["device"] = Device, ["width"] = Size.Width, ["height"] = Size.Height, ["frame"] = Milliseconds(Frame) };
        line["networkGflops"] = Math.Round(NetworkGflops, 1);
        line["convolutionGflops"] = Math.Round(ConvolutionGflops, 1);
        if (OnCpu) { line["networkShareOfConvolutionRate"] = Math.Round(NetworkGflops / ConvolutionGflops, 3); }
        line["clip"] = Clip?.ToJson();
        line["peerFiles"] = new JsonArray([.. PeerFiles.Select(text => JsonValue.Create(text))]);
        line["absent"] = new JsonArray([.. Absent.Select(text => JsonValue.Create(text))]);
        return line;
    }

    public override string ToString()
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Size} on {Device}");
        double whole = FrameLap(FrameRace.Whole).Seconds;
        foreach (Lap lap in Frame)
        {
            string note = lap.Name == FrameRace.Network ? NetworkNote() : lap.Name.StartsWith(FrameRace.Whole, StringComparison.Ordinal) && lap.Name != FrameRace.Whole || lap.IsPeer
                ? string.Create(CultureInfo.InvariantCulture, $"   {lap.Seconds / whole:0.00} times NLCL's") : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"  {lap.Name,-34} {1000 * lap.Seconds,9:0.00} ms  {1 / lap.Seconds,8:0.0}/s{note}");
        }
        if (Clip is not null) { text.Append(Clip); }
        foreach (string file in PeerFiles) { text.AppendLine(CultureInfo.InvariantCulture, $"  {file}"); }
        foreach (string absent in Absent) { text.AppendLine(CultureInfo.InvariantCulture, $"  not measured: {absent}"); }
        return text.ToString().TrimEnd();
    }

    string NetworkNote() => string.Create(CultureInfo.InvariantCulture, $"   {NetworkGflops:0} GFLOP/s") + (OnCpu
        ? string.Create(CultureInfo.InvariantCulture, $", {100 * NetworkGflops / ConvolutionGflops:0} % of {ConvolutionGflops:0}, the rate of plain convolutions")
        : "");

    static JsonObject Milliseconds(IReadOnlyList<Lap> laps)
    {
        JsonObject times = [];
        foreach (Lap lap in laps) { times[lap.Name] = Math.Round(1000 * lap.Seconds, 3); }
        return times;
    }
}

/// <summary>What was measured on a clip.</summary>
/// <param name="Frames">Of the clip.</param>
/// <param name="Laps">Of the whole clip.</param>
/// <param name="PeakBytes">Resident memory of NLCL's process.</param>
/// <param name="OnCpu">Whether the stages share the cores, or only the slowest counts.</param>
sealed record ClipResult(int Frames, IReadOnlyList<Lap> Laps, long PeakBytes, bool OnCpu)
{
    static readonly string[] s_parts = [ClipRace.Decode, ClipRace.Network, ClipRace.Encode];

    /// <summary>
    /// The least time for the clip. On a CPU: the CPU seconds of decoding, network and encoding, each measured alone, over the
    /// cores; on a GPU: the slowest of the three.
    /// </summary>
    public double CeilingSeconds => OnCpu
        ? s_parts.Sum(part => Lap(part).CpuSeconds) / Environment.ProcessorCount
        : s_parts.Max(part => Lap(part).Seconds);

    public double OfCeiling => Lap(ClipRace.Whole).Seconds / CeilingSeconds;

    /// <summary>CPU seconds of the whole over those of the parts: what the pipeline itself costs, however busy the machine is.</summary>
    public double OfCpu => Lap(ClipRace.Whole).CpuSeconds / s_parts.Sum(part => Lap(part).CpuSeconds);

    public Lap Lap(string name) => Laps.Single(lap => lap.Name == name);

    public JsonObject ToJson()
    {
        JsonObject seconds = [], cpu = [];
        foreach (Lap lap in Laps)
        {
            seconds[lap.Name] = Math.Round(lap.Seconds, 3);
            cpu[lap.Name] = Math.Round(lap.CpuSeconds, 3);
        }
        return new()
        {
            ["frames"] = Frames,
            ["seconds"] = seconds,
            ["cpuSeconds"] = cpu,
            ["ceilingSeconds"] = Math.Round(CeilingSeconds, 3),
            ["timesCeiling"] = Math.Round(OfCeiling, 3),
            ["timesCpuOfParts"] = Math.Round(OfCpu, 3),
            ["framesPerSecond"] = Math.Round(Frames / Lap(ClipRace.Whole).Seconds, 3),
            ["residentMiB"] = Math.Round(PeakBytes / 1048576.0),
        };
    }

    public override string ToString()
    {
        StringBuilder text = new();
        double whole = Lap(ClipRace.Whole).Seconds;
        text.AppendLine(CultureInfo.InvariantCulture, $"  clip of {Frames} frames, H.264 to H.264; at most {PeakBytes / 1048576.0:0} MiB in NLCL's process");
        foreach (Lap lap in Laps)
        {
            string note = lap.Name == ClipRace.Whole ? string.Create(CultureInfo.InvariantCulture, $"   {OfCeiling:0.00} times the ceiling's time, {OfCpu:0.00} times the parts' CPU seconds")
                : s_parts.Contains(lap.Name) ? "" : string.Create(CultureInfo.InvariantCulture, $"   {lap.Seconds / whole:0.00} times NLCL's");
            text.AppendLine(CultureInfo.InvariantCulture, $"    {lap.Name,-32} {lap.Seconds,9:0.00} s   {Frames / lap.Seconds,8:0.0}/s  {lap.CpuSeconds,7:0.00} CPU s{note}");
        }
        text.AppendLine(CultureInfo.InvariantCulture, $"    {"ceiling",-32} {CeilingSeconds,9:0.00} s   {Frames / CeilingSeconds,8:0.0}/s  {(OnCpu ? "CPU seconds of the parts over the cores" : "the slowest part")}");
        return text.ToString();
    }
}
