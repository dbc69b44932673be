using System.Globalization;

namespace NLCL.Runtime;

/// <summary>Which encoder for which container, and how each encoder spells quality.</summary>
static class CodecSettings
{
    /// <summary>The encoder for a clip when none is asked for.</summary>
    /// <param name="tool">The installed ffmpeg.</param>
    /// <param name="hardware">What encodes beside the processor.</param>
    /// <param name="extension">Of the output.</param>
    /// <param name="video">The stream to derain.</param>
    /// <param name="layout">Of its frames.</param>
    /// <param name="cancellationToken">Ends the question to ffmpeg.</param>
    public static string Choose(FfmpegTool tool, HardwareVideo hardware, string extension, MediaStream video, FrameLayout layout, CancellationToken cancellationToken)
    {
        var codec = DefaultFor(extension, layout.Format);
        // Players know a high dynamic range in H.265; in H.264 hardly one does.
        return codec == "libx264" && layout.Format.Bits > 8 && extension != ".avi" && HdrMetadata.IsHdr(video) && tool.HasEncoder("libx265", cancellationToken)
            ? "libx265"
            : hardware.Encoder(codec, layout.PixelFormat);
    }

    static string DefaultFor(string extension, YuvFormat format) => extension switch
    {
        // libx264 takes only whole pairs of pixels that share a chroma sample.
        ".mp4" or ".m4v" or ".mkv" when format.Width % 2 != 0 && format.Sampling != ChromaSampling.Yuv444 || format.Height % 2 != 0 && format.Sampling == ChromaSampling.Yuv420 => "libvpx-vp9",
        ".webm" => "libvpx-vp9",
        ".ogv" or ".ogg" => "libtheora",
        ".mpg" or ".mpeg" or ".vob" => "mpeg2video",
        ".wmv" or ".asf" => "wmv2",
        ".y4m" => "wrapped_avframe",
        _ => "libx264",
    };

    /// <summary>The container or the encoder knows only frames at a constant rate, not times.</summary>
    public static bool NeedsConstantRate(string extension, string codec) =>
        extension is ".avi" or ".mpg" or ".mpeg" or ".vob" or ".y4m" or ".ogv" or ".ogg" || codec is "mpeg2video" or "mpeg1video" or "mpeg4" or "libxvid" or "libtheora";

    /// <summary>Arguments of an encoder.</summary>
    public static IEnumerable<string> Arguments(string codec, int? quality, string? preset, string extension, HdrMetadata? hdr)
    {
        var (option, normal) = Quality(codec);
        List<string> arguments = [];
        if (option is not null)
        {
            arguments.AddRange([option, (quality ?? normal).ToString(CultureInfo.InvariantCulture)]);
        }

        if ((preset ?? DefaultPreset(codec)) is { } speed)
        {
            arguments.AddRange(["-preset", speed]);
        }

        return [.. arguments, .. Extras(codec, extension), .. OwnWords(codec, hdr)];
    }

    /// <summary>What players of a container expect of a stream from that encoder.</summary>
    public static IEnumerable<string> ContainerArguments(string codec, string extension, string place) =>
        codec is "libx265" or "hevc_nvenc" && extension is ".mp4" or ".m4v" or ".mov" ? ["-tag:" + place, "hvc1"] : [];

    /// <summary>The output can be written in segments and joined without a change: times are free, headers are the same in every segment.</summary>
    public static bool AllowsSegments(string extension, string codec) => codec switch
    {
        "libx264" or "libx265" or "h264_nvenc" or "hevc_nvenc" => extension is ".mp4" or ".m4v" or ".mov" or ".mkv" or ".ts",
        "libvpx-vp9" or "libaom-av1" or "libsvtav1" or "av1_nvenc" => extension is ".mp4" or ".mkv" or ".webm",
        "libvpx" => extension is ".mkv" or ".webm",
        "ffv1" or "huffyuv" or "mjpeg" => extension is ".mkv",
        _ => false,
    };

    /// <summary>
    /// Each segment starts an encoder, which costs x264 half a second of processor time: on a processor all are about as much work, two seconds of 1080p or ten of
    /// 640x480, which two cores derain in a quarter of a minute. Starting a hardware encoder takes half a second, too, and a GPU derains four seconds in less; the two
    /// lanes beside it have equally many. Shards are cut as the whole clip is, so that joined they are the file of one run.
    /// </summary>
    /// <param name="codec">The encoder.</param>
    /// <param name="onGpu">The network runs on a GPU.</param>
    /// <param name="pixels">Of a frame.</param>
    /// <param name="clip">The clip's length in seconds; 0: not known.</param>
    public static TimeSpan SegmentLength(string codec, bool onGpu, long pixels, double clip) => TimeSpan.FromSeconds(
        IsHardware(codec) ? EvenLength(clip, 1, 20)
        : onGpu ? EvenLength(clip, 2, 10)
        : EvenLength(clip, 1, Math.Clamp(Math.Round(4.0 * 1280 * 720 / Math.Max(1, pixels), 1), ShortestSegment, 10)));

    /// <summary>The encoder does not work on the processor's cores.</summary>
    public static bool IsHardware(string codec) => codec.Contains("_nvenc", StringComparison.Ordinal);

    const double ShortestSegment = 2;

    // Whole tenths, for a header's length is not exact.
    static double EvenLength(double clip, int parts, double most) =>
        clip > 0 ? Math.Max(ShortestSegment, Math.Ceiling(10 * clip / (parts * Math.Ceiling(clip / (parts * most)))) / 10) : most;

    static (string? Option, int Normal) Quality(string codec) => codec switch
    {
        "libx264" or "libx264rgb" => ("-crf", 16),
        "libx265" => ("-crf", 18),
        "libvpx-vp9" or "libvpx" or "libaom-av1" => ("-crf", 18),
        "libsvtav1" => ("-crf", 20),
        "h264_nvenc" or "hevc_nvenc" or "av1_nvenc" => ("-cq", 18),
        "h264_qsv" or "hevc_qsv" or "av1_qsv" => ("-global_quality", 18),
        "mpeg4" or "mpeg2video" or "mpeg1video" or "mjpeg" or "wmv2" or "libxvid" or "msmpeg4" => ("-q:v", 2),
        "libtheora" => ("-q:v", 9),
        _ => (null, 0),
    };

    static string? DefaultPreset(string codec) => codec is "libx264" or "libx265" ? "medium" : null;

    // Each word of an encoder's own goes into one option.
    static string[] OwnWords(string codec, HdrMetadata? hdr)
    {
        var (option, words) = HdrMetadata.Arguments(hdr, codec) ?? ("", "");
        string all = codec == "libx265" ? "log-level=error:info=0" + (words.Length > 0 ? ":" + words : "") : words;
        return all.Length > 0 ? [option, all] : [];
    }

    static string[] Extras(string codec, string extension) => codec switch
    {
        // AVI cannot say that frames are shown in another order than they are stored.
        "libx264" when extension == ".avi" => ["-bf", "0"],
        "libvpx-vp9" or "libaom-av1" => ["-b:v", "0", "-row-mt", "1", "-cpu-used", "4"],
        "libvpx" => ["-b:v", "50M"],
        "ffv1" => ["-level", "3", "-slicecrc", "1", "-g", "1"],
        "h264_nvenc" or "hevc_nvenc" or "av1_nvenc" => ["-rc", "vbr", "-b:v", "0"],
        _ => [],
    };
}
