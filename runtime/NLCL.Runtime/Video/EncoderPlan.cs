using System.Globalization;

namespace NLCL.Runtime;

/// <summary>The arguments of the encoding ffmpeg: frames from its standard input, everything else from the original.</summary>
sealed record EncoderPlan(FfmpegTool Tool, MediaInfo Source, FrameLayout Layout, IReadOnlyList<CopiedStream> Streams, string Codec, string Extension, VideoOptions Options, HardwareVideo Hardware)
{
    // Measured values and the writer's name: wrong for the new stream, and written anew.
    static readonly string[] s_staleTags = ["encoder", "BPS", "DURATION", "NUMBER_OF_", "_STATISTICS", "rotate", "major_brand", "minor_version", "compatible_brands"];

    List<CopiedStream> Mapped => [.. Streams.Where(stream => stream.Picture is null)];

    MediaStream Video => Source.Video!;

    /// <summary>A decoder can begin in the clip's middle: only in containers with an index of key frames, whose frames have the same times after a jump.</summary>
    public bool CanJump =>
        Options.Seek && FfmpegVideo.Delay(Source) == 0
        && (Source.Format.FormatName.Contains("mp4", StringComparison.Ordinal) || Source.Format.FormatName.Contains("matroska", StringComparison.Ordinal));

    /// <summary>The output is an MP4 or QuickTime file.</summary>
    public bool IsMov => Extension is ".mp4" or ".m4v" or ".mov";

    /// <summary>Time base to count in when format or encoder know only a constant frame rate; else unknown.</summary>
    public Rational Tick =>
        CodecSettings.NeedsConstantRate(Extension, Codec) && Video.FrameRate is { IsKnown: true } rate ? new Rational(rate.Denominator, rate.Numerator) : default;

    /// <summary>Place of the derained stream in the output: where it was in the original, among what is kept.</summary>
    public int VideoPosition => Mapped.Count(stream => stream.Source.Index < Video.Index);

    // Frames wait in the pipe and not in ffmpeg's analysis of them: their format stands in the header.
    static readonly string[] s_frames = ["-noautorotate", "-probesize", "32", "-analyzeduration", "0", "-f", "nut", "-i", "pipe:0"];

    /// <summary>Arguments that encode frames and write the whole output.</summary>
    /// <param name="input">The original; null when the frames come from elsewhere.</param>
    /// <param name="target">The file to write.</param>
    /// <param name="delaySeconds">What the frames' times were moved by, to keep them from being negative.</param>
    public IEnumerable<string> Arguments(string? input, string target, long delaySeconds) =>
        Whole(input, target, delaySeconds, s_frames, place => [.. EncoderArguments(place), .. ColourFilter(place), .. ColourArguments(place), .. CodecSettings.ContainerArguments(Codec, Extension, place)]);

    /// <summary>Arguments that encode frames into one segment, video alone.</summary>
    public IEnumerable<string> SegmentArguments(string target) =>
    [
        "-v", "error", "-nostdin", "-y", "-copyts", .. s_frames, "-map", "0:v:0", .. EncoderArguments("0"), .. ColourFilter("0"), .. ColourArguments("0"),
        .. Tool.PassEveryFrame, "-avoid_negative_ts", "disabled", "-write_index", "0", "-f", "nut", InputArguments.FileName(target),
    ];

    /// <summary>Arguments that take encoded segments from standard input and write the whole output.</summary>
    /// <param name="input">The original.</param>
    /// <param name="target">The file to write.</param>
    /// <param name="offsetSeconds">What the segments' times were moved by; they are moved back.</param>
    public IEnumerable<string> JoinArguments(string input, string target, long offsetSeconds) => Whole(
        input, target, 0, ["-itsoffset", (-offsetSeconds).ToString(CultureInfo.InvariantCulture), "-f", "nut", "-i", "pipe:0"], place =>
        [
            "-c:" + place, "copy", .. ColourArguments(place), .. Video.FieldOrder is { } order and not "unknown" ? (string[])["-field_order:" + place, order] : [],
            .. CodecSettings.ContainerArguments(Codec, Extension, place),
        ]);

    List<string> Whole(string? input, string target, long delaySeconds, IEnumerable<string> frames, Func<string, IEnumerable<string>> video)
    {
        List<string> arguments = ["-v", "error", "-nostdin", "-y", "-copyts"];
        if (Tool.HasDisplayRotation && !IsMov && Video.Rotation != 0)
        {
            arguments.AddRange(["-display_rotation:v:0", Video.Rotation.ToString(CultureInfo.InvariantCulture), .. Video.IsMirrored ? (string[])["-display_hflip:v:0"] : []]);
        }

        arguments.AddRange(frames);
        if (input is not null)
        {
            arguments.AddRange(delaySeconds > 0 ? ["-itsoffset", delaySeconds.ToString(CultureInfo.InvariantCulture)] : []);
            arguments.AddRange(InputArguments.For(input, Options.AllowPlaylists));
        }

        AddStreams(arguments, video);
        arguments.AddRange(input is null ? [] : ["-map_metadata", "1", "-map_chapters", "1", "-max_muxing_queue_size", "9999"]);
        arguments.AddRange(Tool.PassEveryFrame);
        arguments.AddRange(MuxerArguments());
        // Back to the times that the file has: sound whose encoder started it before 0 must not begin a second late.
        arguments.AddRange(delaySeconds > 0 ? ["-output_ts_offset", (-delaySeconds).ToString(CultureInfo.InvariantCulture)] : []);
        arguments.Add(InputArguments.FileName(target));
        return arguments;
    }

    void AddStreams(List<string> arguments, Func<string, IEnumerable<string>> video)
    {
        var mapped = Mapped;
        for (var position = 0; position <= mapped.Count; position++)
        {
            if (position == VideoPosition)
            {
                var place = position.ToString(CultureInfo.InvariantCulture);
                arguments.AddRange(["-map", "0:v:0", .. video(place), .. StreamArguments(place)]);
            }
            else
            {
                arguments.AddRange(StreamSelection.Arguments(mapped[position < VideoPosition ? position : position - 1], position, input: 1));
            }
        }

        arguments.AddRange(StreamSelection.Attachments(Streams));
    }

    IEnumerable<string> EncoderArguments(string place) =>
    [
        "-c:" + place, Codec, .. CodecSettings.Arguments(Codec, Options.Quality, Options.Preset, Extension, HdrMetadata.Of(Video)), "-pix_fmt:" + place, Layout.PixelFormat,
        .. (Tick.IsKnown ? Tick : Video.Tick) is { IsKnown: true } tick ? (string[])["-enc_time_base:" + place, tick.ToString()] : [],
        .. Video.FieldMode is not null && Codec is "libx264" or "mpeg2video" ? (string[])["-flags:" + place, "+ildct+ilme"] : [],
    ];

    List<string> StreamArguments(string place)
    {
        List<string> arguments = ["-disposition:" + place, Video.Dispositions];
        foreach (var (name, value) in Video.Tags)
        {
            if (!name.Contains('=', StringComparison.Ordinal) && !Array.Exists(s_staleTags, stale => name.StartsWith(stale, StringComparison.OrdinalIgnoreCase)))
            {
                arguments.AddRange([$"-metadata:s:{place}", $"{name}={value}"]);
            }
        }

        return arguments;
    }

    // Said twice: to the frames, so that no version converts them, and to the encoder, so that every version writes it.
    IEnumerable<string> ColourFilter(string place)
    {
        List<string> filter = [.. Colours.Select(tag => $"{tag.Filter}={tag.Value}")];
        if (Video.FieldMode is { } field)
        {
            filter.Add("field_mode=" + field);
        }

        var filters = Layout.Filter is null ? "" : Layout.Filter + ",";
        return filter.Count > 0 ? ["-filter:" + place, filters + "setparams=" + string.Join(':', filter)] : filters.Length > 0 ? ["-filter:" + place, Layout.Filter!] : [];
    }

    IEnumerable<string> ColourArguments(string place) =>
    [
        .. Colours.SelectMany(tag => (string[])[$"-{tag.Option}:{place}", tag.Option == "color_trc" ? EncoderName(tag.Value!) : tag.Value!]),
        .. Video.ChromaLocation is { } siting and not ("unspecified" or "unknown") ? (string[])["-chroma_sample_location:" + place, siting] : [],
    ];

    (string Filter, string Option, string? Value)[] Colours
    {
        get
        {
            var rgb = FrameLayout.IsRgb(Video.PixelFormat ?? "");
            (string Filter, string Option, string? Value)[] tags =
            [
                ("range", "color_range", Layout.Format.Range == YuvRange.Full ? "pc" : rgb ? "tv" : Video.ColorRange),
                ("colorspace", "colorspace", rgb ? "bt709" : Video.ColorSpace),
                ("color_primaries", "color_primaries", Video.ColorPrimaries),
                ("color_trc", "color_trc", Video.ColorTransfer),
            ];
            return Array.FindAll(tags, tag => tag.Value is not (null or "unknown" or "reserved" or "unspecified"));
        }
    }

    // Two transfer curves have another name among the encoder's options than among the filter's.
    static string EncoderName(string value) => value switch { "bt470m" => "gamma22", "bt470bg" => "gamma28", _ => value };

    // Times that a transport stream has held already are written as they are: the muxer would add 1.4 seconds.
    string[] OwnTimes => (Extension, Source.Format.FormatName) switch
    {
        (".ts", "mpegts") => ["-mpegts_copyts", "1"],
        (".y4m", _) => ["-strict", "-1"], // 10 bits, which everybody reads, are no part of the official format
        _ => [],
    };

    List<string> MuxerArguments()
    {
        if (!IsMov)
        {
            return [.. OwnTimes];
        }

        List<string> arguments = [];
        // Phones put their tags under names such as com.apple.quicktime.location; MP4's own list has no room for those.
        if (Source.Format.Tags.Keys.Any(name => name.Contains('.', StringComparison.Ordinal)))
        {
            arguments.AddRange(["-movflags", "use_metadata_tags"]);
        }

        // Ticks as in the original; the option is for all video tracks, so only where there is one.
        if (Video.Tick is { Numerator: 1, Denominator: > 0 and <= int.MaxValue } tick && !Streams.Any(stream => stream.Source.IsVideo) && !Tick.IsKnown)
        {
            arguments.AddRange(["-video_track_timescale", tick.Denominator.ToString(CultureInfo.InvariantCulture)]);
        }

        return arguments;
    }
}
