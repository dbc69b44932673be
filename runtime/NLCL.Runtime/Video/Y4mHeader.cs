using System.Globalization;
using System.Text;

namespace NLCL.Runtime;

/// <summary>
/// The first line of a YUV4MPEG2 stream. Source: yuv4mpeg(5) of mjpegtools, and the names for deeper samples that ffmpeg
/// writes.
/// </summary>
/// <param name="Line">The whole line without its end.</param>
/// <param name="Video">What it says, as ffprobe would say it.</param>
/// <param name="Layout">The raw frames.</param>
sealed record Y4mHeader(string Line, MediaStream Video, FrameLayout Layout)
{
    const string Magic = "YUV4MPEG2";

    /// <summary>Frames last this long when the header does not say: 25 a second.</summary>
    static readonly Rational s_assumedRate = new(25, 1);

    // The names with jpeg, mpeg2 and paldv differ in where chroma samples lie; the samples are not moved here.
    static readonly Dictionary<string, (string Format, string? Location)> s_layouts = new(StringComparer.Ordinal)
    {
        ["420"] = ("yuv420p", "center"),
        ["420jpeg"] = ("yuv420p", "center"),
        ["420mpeg2"] = ("yuv420p", "left"),
        ["420paldv"] = ("yuv420p", "topleft"),
        ["422"] = ("yuv422p", null),
        ["444"] = ("yuv444p", null),
        ["420p10"] = ("yuv420p10le", null),
        ["422p10"] = ("yuv422p10le", null),
        ["444p10"] = ("yuv444p10le", null),
    };

    /// <summary>Reads the line.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="name">Of the stream, for messages.</param>
    /// <exception cref="VideoException">It is no such line, or names a layout that is not processed.</exception>
    public static Y4mHeader Parse(string line, string name)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [Magic, ..])
        {
            throw new VideoException(name, "is no YUV4MPEG2 stream; write one with: ffmpeg -i FILE -f yuv4mpegpipe -strict -1 -");
        }

        string? Word(char tag) => Array.Find(words[1..], word => word[0] == tag)?[1..];
        var layout = Word('C') ?? "420jpeg";
        if (!s_layouts.TryGetValue(layout, out var samples))
        {
            throw new VideoException(name, $"pixel layout {layout} is not processed; give the ffmpeg that writes it -pix_fmt yuv420p, yuv422p, yuv444p or one of them with 10le");
        }

        var rate = Rational.Parse(Word('F')) is { IsKnown: true } known ? known : s_assumedRate;
        var video = new MediaStream
        {
            CodecType = "video",
            CodecName = "rawvideo",
            Width = Number(Word('W')),
            Height = Number(Word('H')),
            PixelFormat = samples.Format,
            ChromaLocation = samples.Location,
            SampleAspectRatio = Word('A'),
            AvgFrameRate = rate.ToString(),
            TimeBase = new Rational(rate.Denominator, rate.Numerator).ToString(),
            FieldOrder = Word('I') switch { "t" => "tt", "b" => "bb", _ => null },
            ColorRange = words.Contains("XCOLORRANGE=FULL") ? "pc" : words.Contains("XCOLORRANGE=LIMITED") ? "tv" : null,
        };
        return video.Width > 0 && video.Height > 0
            ? new Y4mHeader(line, video, FrameLayout.ForRaw(video)!)
            : throw new VideoException(name, "its YUV4MPEG2 header does not say how large a frame is");

        int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= ushort.MaxValue ? number : 0;
    }

    /// <summary>The line for a stream of another kind.</summary>
    public static string LineFor(MediaStream video, FrameLayout layout)
    {
        var name = layout.PixelFormat.Replace("yuvj", "yuv", StringComparison.Ordinal);
        var chroma = video.ChromaLocation switch { "center" => "420jpeg", "topleft" => "420paldv", _ => "420mpeg2" };
        var samples = name == "yuv420p" ? chroma : s_layouts.First(pair => pair.Value.Format == name).Key;
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{Magic} W{video.Width} H{video.Height} F{Colon(video.FrameRate is { IsKnown: true } rate ? rate : s_assumedRate)}");
        line.Append(video.FieldMode switch { "tff" => " It", "bff" => " Ib", _ => " Ip" });
        line.Append(CultureInfo.InvariantCulture, $" A{(video.Aspect.IsKnown ? Colon(video.Aspect) : "0:0")} C{samples}");
        // Both spellings: readers know one or the other.
        line.Append(samples.EndsWith("p10", StringComparison.Ordinal) ? " XYSCSS=" + samples.ToUpperInvariant() : "");
        return line.Append(layout.Format.Range == YuvRange.Full ? " XCOLORRANGE=FULL" : " XCOLORRANGE=LIMITED").ToString();
    }

    static string Colon(Rational value) => value.ToString().Replace('/', ':');
}
