using System.Text;
using System.Text.Json;

namespace NLCL.Runtime;

/// <summary>One finished segment. Times are ticks of the decoder's time base.</summary>
sealed record FinishedSegment
{
    public long Number { get; set; }
    public long Frames { get; set; }
    public long First { get; set; }
    public long Last { get; set; }
    public long LastMark { get; set; }

    /// <summary>Time and mark of the frame before the first one; null where no frame came before.</summary>
    public long? Before { get; set; }
    public long? BeforeMark { get; set; }

    /// <summary>The decoder's, in seconds: "1/12800".</summary>
    public string TimeBase { get; set; } = "";
    public long Bytes { get; set; }
    public string Sha256 { get; set; } = "";
}

/// <summary>The clip, or the shard's part of it, came to its end.</summary>
sealed record FinishedPart(long Frames, string? Complaint);

/// <summary>A line of a manifest: the plan that it belongs to, a finished segment, or the end.</summary>
sealed record SegmentLine
{
    public string? Plan { get; set; }
    public FinishedSegment? Segment { get; set; }
    public FinishedPart? End { get; set; }
}

/// <summary>
/// The log of a shard's finished segments, one JSON object a line, each brought to the disk before the next is begun. A
/// line that a kill cut off is no line.
/// </summary>
sealed class SegmentManifest(string path)
{
    readonly Lock _gate = new();
    readonly SortedDictionary<long, FinishedSegment> _segments = [];

    /// <summary>Finished segments by number.</summary>
    public IReadOnlyDictionary<long, FinishedSegment> Segments => _segments;

    /// <summary>Set when all segments are finished.</summary>
    public FinishedPart? End { get; private set; }

    /// <summary>Hash of the plan that the lines belong to; null when nothing was written yet.</summary>
    public string? Plan { get; private set; }

    /// <summary>Reads what is there; of segments only those that <paramref name="isWhole"/> finds whole.</summary>
    public static SegmentManifest Load(string path, Func<FinishedSegment, bool> isWhole)
    {
        var manifest = new SegmentManifest(path);
        foreach (var line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            if (Parse(line) is not { } entry)
            {
                continue;
            }

            manifest.Plan ??= entry.Plan;
            manifest.End ??= entry.End;
            if (entry.Segment is { } segment && isWhole(segment))
            {
                manifest._segments[segment.Number] = segment;
            }
        }

        // A segment that went missing takes the end with it: its frames must be made again.
        if (manifest.End is { } end && manifest._segments.Values.Sum(segment => segment.Frames) != end.Frames)
        {
            manifest.End = null;
        }

        return manifest;
    }

    /// <summary>Writes the first line.</summary>
    public void Begin(string plan)
    {
        if (Plan is null)
        {
            Plan = plan;
            Append(new SegmentLine { Plan = plan });
        }
    }

    /// <summary>Writes a finished segment down.</summary>
    public void Add(FinishedSegment segment)
    {
        lock (_gate)
        {
            _segments[segment.Number] = segment;
            Append(new SegmentLine { Segment = segment });
        }
    }

    /// <summary>Takes finished segments out again, whose files are no more.</summary>
    public void Forget(IEnumerable<long> numbers)
    {
        lock (_gate)
        {
            foreach (var number in numbers)
            {
                _segments.Remove(number);
            }
        }
    }

    /// <summary>Writes down that all is done.</summary>
    public void Finish(string? complaint)
    {
        lock (_gate)
        {
            End = new FinishedPart(_segments.Values.Sum(segment => segment.Frames), complaint);
            Append(new SegmentLine { End = End });
        }
    }

    void Append(SegmentLine line)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        // The line feed first: should the last line be cut off, this one is not glued to it.
        file.Write(Encoding.UTF8.GetBytes("\n" + JsonSerializer.Serialize(line, SegmentJson.Default.SegmentLine)));
        file.Flush(flushToDisk: true);
    }

    static SegmentLine? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, SegmentJson.Default.SegmentLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
