namespace NLCL.Runtime;

/// <summary>How a clip is read and written.</summary>
public sealed record VideoOptions
{
    // Enough for a decoder and an encoder not to wait for each other, however few are worked on; and what those two hold beside what is.
    const int LeastFrames = 8, FramesBesides = 4;

    static readonly TimeSpan s_shortestSegment = TimeSpan.FromSeconds(0.1);
    static readonly TimeSpan s_longestSegment = TimeSpan.FromMinutes(10);

    /// <summary>Who reads and writes the files.</summary>
    public VideoEngine Engine { get; init; } = VideoEngine.Auto;

    /// <summary>Video encoder by ffmpeg's name (libx264, libx265, ffv1, h264_nvenc, …), or a four-character code for OpenCV.
    /// Null: by the container, libx264 where it fits, libx265 for clips with a high dynamic range.</summary>
    public string? Codec { get; init; }

    /// <summary>The encoder's own constant-quality number, smaller is better (libx264: 0 lossless to 51). Null: visually
    /// lossless, libx264 crf 16.</summary>
    public int? Quality { get; init; }

    /// <summary>Speed preset of encoders that have one (libx264: ultrafast to veryslow). Null: the encoder's own.</summary>
    public string? Preset { get; init; }

    /// <summary>The ffmpeg executable; ffprobe is expected beside it or on the search path. Null: search the path.</summary>
    public string? FfmpegPath { get; init; }

    /// <summary>Replace an existing output file. It is replaced at the end in one step.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Leave out sound, subtitle and attachment streams that the output container cannot hold, instead of refusing.</summary>
    public bool AllowLosses { get; init; }

    /// <summary>Finish with what could be read when the input ends before its header says so, instead of refusing.</summary>
    public bool AllowDamagedInput { get; init; }

    /// <summary>Accept playlists and other inputs that name further local files. Off by default, because a hostile one would
    /// copy files of its choice into the output. Network addresses stay refused.</summary>
    public bool AllowPlaylists { get; init; }

    /// <summary>Largest frame accepted, in pixels; checked in the header before anything is decoded.</summary>
    public long MaxFramePixels { get; init; } = 100_000_000;

    /// <summary>Frames in memory at a time, as they come from the decoder; 0: eight, or four more than are worked on. Those that are worked on, at most four
    /// of them on the CPU and eight beside a GPU, also take two float RGB pictures and the network's memory each. A model that sees neighbours (<see cref="ModelContract.Frames"/>) takes three times the frames, and four pictures.</summary>
    public int FramesInFlight { get; init; }

    /// <summary>Go on from the finished segments that a stopped job has left beside the output. Without it they are thrown
    /// away. Where there are none, the job starts from the beginning.</summary>
    public bool Resume { get; init; }

    /// <summary>Length of the segments that the output is made in (mp4, mov, mkv, webm, ts): a job that is stopped loses at most one.
    /// Null: 2 seconds, up to 10 where frames are smaller than 1080p or the network is on a GPU, up to 20 with a hardware encoder. Zero: no segments, the output is written in one go.
    /// Beside a GPU and eight cores or more, two segments of an mp4, mov or mkv file are made at the same time, and a job that is stopped loses both.</summary>
    public TimeSpan? SegmentLength { get; init; }

    /// <summary>Derain only one part of the clip, for <see cref="ShardMerge"/> to join.</summary>
    public ClipShard Shard { get; init; } = ClipShard.Whole;

    /// <summary>Jump into the file to where a part begins, where its container has an index. Switch it off for clips whose key
    /// frames cannot be decoded on their own (intra refresh).</summary>
    public bool Seek { get; init; } = true;

    /// <summary>Decode and encode on an NVIDIA GPU where ffmpeg can.</summary>
    public bool Hardware { get; init; } = true;

    /// <summary>Parts of a clip that are worked on at the same time; null: as many as are worth it.</summary>
    internal int? Lanes { get; init; }

    internal int FramesInFlightFor(FrameNetwork network) => FramesInFlight > 0 ? FramesInFlight : Math.Max(LeastFrames, network.SideBySide + FramesBesides);

    /// <summary>Throws <see cref="ArgumentException"/> for a value out of range.</summary>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFramePixels, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(FramesInFlight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FramesInFlight, 64);
        if (!Enum.IsDefined(Engine))
        {
            throw new ArgumentOutOfRangeException(nameof(Engine), Engine, "unknown engine");
        }

        Shard.Validate();
        if (SegmentLength is { } length && length != TimeSpan.Zero && (length < s_shortestSegment || length > s_longestSegment))
        {
            throw new ArgumentOutOfRangeException(nameof(SegmentLength), length, "0, or 0.1 seconds to 10 minutes");
        }

        if (Quality is < 0 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(Quality), Quality, "0 to 100");
        }

        // Both become arguments of a process; a leading dash would make an option of them.
        ThrowIfNotWord(Codec, nameof(Codec));
        ThrowIfNotWord(Preset, nameof(Preset));
    }

    static void ThrowIfNotWord(string? value, string name)
    {
        if (value is not null && (value.Length == 0 || !value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') || value[0] == '-'))
        {
            throw new ArgumentException($"'{value}' is not a name of an encoder setting", name);
        }
    }
}
