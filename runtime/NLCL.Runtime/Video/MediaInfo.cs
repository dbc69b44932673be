using System.Text.Json.Serialization;

namespace NLCL.Runtime;

/// <summary>What the header of a media file says, as ffprobe reports it.</summary>
sealed record MediaInfo
{
    public List<MediaStream> Streams { get; set; } = [];
    public List<MediaChapter> Chapters { get; set; } = [];
    public MediaContainer Format { get; set; } = new();

    /// <summary>Of a look at the first frame alone.</summary>
    public List<MediaFrame> Frames { get; set; } = [];

    /// <summary>The picture stream to derain: the default one, else the first; cover art does not count.</summary>
    public MediaStream? Video => Streams.Find(stream => stream.IsVideo && stream.Has("default")) ?? Streams.Find(stream => stream.IsVideo);

    /// <summary>Frames to expect in the video stream; null when the file does not say.</summary>
    public long? FrameEstimate =>
        Video is not { } video ? null
        : video.NbFrames is > 0 ? video.NbFrames
        : (video.Seconds ?? Format.Duration) is { } seconds && video.FrameRate.IsKnown ? Math.Max(1, (long)Math.Round(seconds * video.FrameRate.Value))
        : null;
}

/// <summary>The container of a media file.</summary>
sealed record MediaContainer
{
    public string FormatName { get; set; } = "";
    public double? StartTime { get; set; }
    public double? Duration { get; set; }
    public Dictionary<string, string> Tags { get; set; } = [];
}

/// <summary>One frame of a stream.</summary>
sealed record MediaFrame
{
    public List<MediaSideData> SideDataList { get; set; } = [];
}

/// <summary>A chapter of a media file.</summary>
sealed record MediaChapter
{
    public long Start { get; set; }
    public long End { get; set; }
    public string? TimeBase { get; set; }
    public Dictionary<string, string> Tags { get; set; } = [];
}

/// <summary>Reads ffprobe's JSON without reflection, so that trimmed and ahead-of-time compiled programs work.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(MediaInfo))]
sealed partial class MediaJson : JsonSerializerContext;
