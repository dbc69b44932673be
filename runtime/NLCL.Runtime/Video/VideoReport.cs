namespace NLCL.Runtime;

/// <summary>What was done with a clip.</summary>
public sealed record VideoReport
{
    /// <summary>The file that was read.</summary>
    public required string Input { get; init; }

    /// <summary>The file that was written.</summary>
    public required string Output { get; init; }

    /// <summary>Who read and wrote the files.</summary>
    public required VideoEngine Engine { get; init; }

    /// <summary>Encoder of the video stream, as ffmpeg or OpenCV names it.</summary>
    public required string Codec { get; init; }

    /// <summary>Width of a frame in pixels, as coded (before rotation).</summary>
    public required int Width { get; init; }

    /// <summary>Height of a frame in pixels, as coded (before rotation).</summary>
    public required int Height { get; init; }

    /// <summary>Frames read, derained and written: the three are equal, or there would be no report.</summary>
    public required long Frames { get; init; }

    /// <summary>Of <see cref="Frames"/>, those that an earlier run had finished.</summary>
    public long ResumedFrames { get; init; }

    /// <summary>Which part of the clip this was; the output has its name only after all parts were joined.</summary>
    public ClipShard Shard { get; init; } = ClipShard.Whole;

    /// <summary>Wall-clock time.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Working time of each stage, in order; stages run at the same time, so the slowest one sets the speed.</summary>
    public required IReadOnlyList<VideoStage> Stages { get; init; }

    /// <summary>What the output does not have that the input had, one line each. Empty: nothing but rain was lost.</summary>
    public required IReadOnlyList<string> Losses { get; init; }
}
