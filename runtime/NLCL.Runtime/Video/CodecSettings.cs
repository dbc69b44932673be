using System.Globalization;

namespace NLCL.Runtime;

/// <summary>Which encoder for which container, and how each encoder spells quality.</summary>
static class CodecSettings
{
    /// <summary>The encoder for a container when none is asked for.</summary>
    public static string DefaultFor(string extension) => extension switch
    {
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
    public static IEnumerable<string> Arguments(string codec, int? quality, string? preset, string extension)
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

        return [.. arguments, .. Extras(codec, extension)];
    }

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

    static string[] Extras(string codec, string extension) => codec switch
    {
        // AVI cannot say that frames are shown in another order than they are stored.
        "libx264" when extension == ".avi" => ["-bf", "0"],
        "libx265" => ["-x265-params", "log-level=error", .. extension is ".mp4" or ".m4v" or ".mov" ? (string[])["-tag:v", "hvc1"] : []],
        "libvpx-vp9" or "libaom-av1" => ["-b:v", "0", "-row-mt", "1", "-cpu-used", "4"],
        "libvpx" => ["-b:v", "50M"],
        "ffv1" => ["-level", "3", "-slicecrc", "1", "-g", "1"],
        "h264_nvenc" or "hevc_nvenc" or "av1_nvenc" => ["-rc", "vbr", "-b:v", "0"],
        _ => [],
    };
}
