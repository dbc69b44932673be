using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NLCL.Runtime;

/// <summary>
/// Everything that must be equal for segments of different runs to belong together: the clip, the model, the settings,
/// the programs, and how the clip is cut. Written beside the segments; the same job makes the same plan on any machine.
/// </summary>
sealed record SegmentPlan
{
    public int Version { get; set; } = 1;
    public string Nlcl { get; set; } = "";
    public string Ffmpeg { get; set; } = "";
    public string Model { get; set; } = "";
    public string Content { get; set; } = "";
    public long Bytes { get; set; }

    /// <summary>When the clip was changed last; null for shared jobs, where each machine may have a copy.</summary>
    public DateTime? Modified { get; set; }

    public string Codec { get; set; } = "";
    public int? Quality { get; set; }
    public string? Preset { get; set; }
    public string PixelFormat { get; set; } = "";
    public int Width { get; set; }
    public int Height { get; set; }
    public bool AllowDamagedInput { get; set; }
    public long LengthMilliseconds { get; set; }
    public long OriginMicroseconds { get; set; }
    public int Shards { get; set; } = 1;

    /// <summary>First segment of each shard; a shard ends where the next one begins, the last one where the clip ends.</summary>
    public List<long> Starts { get; set; } = [];

    [JsonIgnore]
    public SegmentGrid Grid => new(OriginMicroseconds, LengthMilliseconds);

    /// <summary>SHA-256 of the plan as text.</summary>
    [JsonIgnore]
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, SegmentJson.Default.SegmentPlan)));

    /// <summary>The segments of a shard.</summary>
    public SegmentLane Of(ClipShard shard) =>
        new(Starts[shard.Number - 1], shard.Number < Starts.Count ? Starts[shard.Number] : long.MaxValue);

    /// <summary>Cuts a clip of that many segments into shards of equal length.</summary>
    public static List<long> Cut(long segments, int shards) =>
        [.. Enumerable.Range(0, shards).Select(i => segments * i / shards)];

    /// <summary>Names what differs: "model, codec".</summary>
    public string DifferencesFrom(SegmentPlan other)
    {
        (string Name, object? Mine, object? Theirs)[] all =
        [
            ("version of NLCL", (Version, Nlcl), (other.Version, other.Nlcl)),
            ("version of ffmpeg", Ffmpeg, other.Ffmpeg),
            ("model", Model, other.Model),
            ("input", (Content, Bytes, Modified, PixelFormat, Width, Height), (other.Content, other.Bytes, other.Modified, other.PixelFormat, other.Width, other.Height)),
            ("codec", Codec, other.Codec),
            ("quality", (Quality, Preset), (other.Quality, other.Preset)),
            ("treatment of damaged input", AllowDamagedInput, other.AllowDamagedInput),
            ("length of segments", (LengthMilliseconds, OriginMicroseconds), (other.LengthMilliseconds, other.OriginMicroseconds)),
            ("number of shards", Shards, other.Shards),
        ];
        return string.Join(", ", all.Where(pair => !Equals(pair.Mine, pair.Theirs)).Select(pair => pair.Name));
    }
}

/// <summary>Reads and writes plans and manifests without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SegmentPlan))]
[JsonSerializable(typeof(SegmentLine))]
sealed partial class SegmentJson : JsonSerializerContext;
