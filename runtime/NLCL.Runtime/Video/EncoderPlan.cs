using System.Globalization;

namespace NLCL.Runtime;

/// <summary>The arguments of the encoding ffmpeg: frames from its standard input, everything else from the original.</summary>
sealed record EncoderPlan(FfmpegTool Tool, MediaInfo Source, FrameLayout Layout, IReadOnlyList<CopiedStream> Streams, string Codec, string Extension, VideoOptions Options)
{
    // Measured values and the writer's name: wrong for the new stream, and written anew.
    static readonly string[] s_staleTags = ["encoder", "BPS", "DURATION", "NUMBER_OF_", "_STATISTICS", "rotate", "major_brand", "minor_version", "compatible_brands"];

    List<CopiedStream> Mapped => [.. Streams.Where(stream => stream.Picture is null)];

    MediaStream Video => Source.Video!;

    /// <summary>The output is an MP4 or QuickTime file.</summary>
    public bool IsMov => Extension is ".mp4" or ".m4v" or ".mov";

    /// <summary>Time base to count in when format or encoder know only a constant frame rate; else unknown.</summary>
    public Rational Tick =>
        CodecSettings.NeedsConstantRate(Extension, Codec) && Video.FrameRate is { IsKnown: true } rate ? new Rational(rate.Denominator, rate.Numerator) : default;

    /// <summary>Place of the derained stream in the output: where it was in the original, among what is kept.</summary>
    public int VideoPosition => Mapped.Count(stream => stream.Source.Index < Video.Index);

    /// <summary>All arguments.</summary>
    /// <param name="input">The original.</param>
    /// <param name="target">The file to write.</param>
    /// <param name="delaySeconds">What the frames' times were moved by, to keep them from being negative.</param>
    public IEnumerable<string> Arguments(string input, string target, long delaySeconds)
    {
        List<string> arguments = ["-v", "error", "-nostdin", "-y", "-copyts"];
        if (Tool.HasDisplayRotation && !IsMov && Video.Rotation != 0)
        {
            arguments.AddRange(["-display_rotation:v:0", Video.Rotation.ToString(CultureInfo.InvariantCulture), .. Video.IsMirrored ? (string[])["-display_hflip:v:0"] : []]);
        }

        // Frames wait in the pipe and not in ffmpeg's analysis of them: their format stands in the header.
        arguments.AddRange(["-noautorotate", "-probesize", "32", "-analyzeduration", "0", "-f", "nut", "-i", "pipe:0"]);
        if (delaySeconds > 0)
        {
            arguments.AddRange(["-itsoffset", delaySeconds.ToString(CultureInfo.InvariantCulture)]);
        }

        arguments.AddRange(InputArguments.For(input, Options.AllowPlaylists));
        AddStreams(arguments);
        arguments.AddRange(["-map_metadata", "1", "-map_chapters", "1", "-max_muxing_queue_size", "9999", .. Tool.PassEveryFrame]);
        arguments.AddRange(MuxerArguments());
        arguments.Add(InputArguments.FileName(target));
        return arguments;
    }

    void AddStreams(List<string> arguments)
    {
        var mapped = Mapped;
        for (var position = 0; position <= mapped.Count; position++)
        {
            if (position == VideoPosition)
            {
                arguments.AddRange(VideoArguments(position.ToString(CultureInfo.InvariantCulture)));
            }
            else
            {
                arguments.AddRange(StreamSelection.Arguments(mapped[position < VideoPosition ? position : position - 1], position, input: 1));
            }
        }

        arguments.AddRange(StreamSelection.Attachments(Streams));
    }

    List<string> VideoArguments(string place)
    {
        List<string> arguments = ["-map", "0:v:0", "-c:" + place, Codec, .. CodecSettings.Arguments(Codec, Options.Quality, Options.Preset, Extension)];
        arguments.AddRange(["-pix_fmt:" + place, Layout.PixelFormat, "-disposition:" + place, Video.Dispositions]);
        arguments.AddRange(["-enc_time_base:" + place, (Tick.IsKnown ? Tick : Video.Tick).ToString()]);
        arguments.AddRange(ColourArguments(place));
        if (Video.FieldMode is not null && Codec is "libx264" or "mpeg2video")
        {
            arguments.AddRange(["-flags:" + place, "+ildct+ilme"]);
        }

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
    IEnumerable<string> ColourArguments(string place)
    {
        var rgb = FrameLayout.IsRgb(Video.PixelFormat ?? "");
        (string Filter, string Option, string? Value)[] tags =
        [
            ("range", "color_range", Layout.Format.Range == YuvRange.Full ? "pc" : rgb ? "tv" : Video.ColorRange),
            ("colorspace", "colorspace", rgb ? "bt709" : Video.ColorSpace),
            ("color_primaries", "color_primaries", Video.ColorPrimaries),
            ("color_trc", "color_trc", Video.ColorTransfer),
        ];
        var known = Array.FindAll(tags, tag => tag.Value is not (null or "unknown" or "reserved" or "unspecified"));
        List<string> filter = [.. known.Select(tag => $"{tag.Filter}={tag.Value}")];
        if (Video.FieldMode is { } field)
        {
            filter.Add("field_mode=" + field);
        }

        return
        [
            .. filter.Count > 0 ? (string[])["-filter:" + place, "setparams=" + string.Join(':', filter)] : [],
            .. known.SelectMany(tag => (string[])[$"-{tag.Option}:{place}", tag.Option == "color_trc" ? EncoderName(tag.Value!) : tag.Value!]),
            .. Video.ChromaLocation is { } siting and not ("unspecified" or "unknown") ? (string[])["-chroma_sample_location:" + place, siting] : [],
        ];
    }

    // Two transfer curves have another name among the encoder's options than among the filter's.
    static string EncoderName(string value) => value switch { "bt470m" => "gamma22", "bt470bg" => "gamma28", _ => value };

    List<string> MuxerArguments()
    {
        if (!IsMov)
        {
            return [];
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
