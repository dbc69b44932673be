using System.Globalization;

namespace NLCL.Runtime;

/// <summary>Looks at what the encoder wrote before the file gets its name: all frames there, and every tag that is not.</summary>
static class OutputCheck
{
    /// <summary>Adds a line for each property that the new video stream does not have.</summary>
    /// <exception cref="VideoException">Frames or whole streams are missing.</exception>
    public static void Run(EncoderPlan plan, MediaInfo written, long frames, string lastWords, string output, List<string> losses)
    {
        var source = plan.Source.Video!;
        var video = written.Streams.ElementAtOrDefault(plan.VideoPosition);
        if (video is not { CodecType: "video" } || video.NbReadPackets != frames)
        {
            throw VideoException.Output(output, string.Create(CultureInfo.InvariantCulture, $"{video?.NbReadPackets ?? 0} frames were written instead of {frames}{(lastWords.Length > 0 ? lastWords : "; choose another Codec or container")}"));
        }

        if (video.Width != source.Width || video.Height != source.Height)
        {
            throw VideoException.Output(output, $"the encoder wrote {video.Width}x{video.Height} instead of {source.Width}x{source.Height}; choose another Codec");
        }

        foreach (var kind in (string[])["audio", "subtitle"])
        {
            var planned = plan.Streams.Count(stream => stream.Source.CodecType == kind);
            var found = written.Streams.Count(stream => stream.CodecType == kind);
            if (found < planned)
            {
                throw VideoException.Output(output, $"{found} {kind} streams were written instead of {planned}; choose another container");
            }
        }

        // RGB became YUV, and that stands among the losses already.
        var rgb = FrameLayout.IsRgb(source.PixelFormat ?? "");
        Compare("pixel format", Samples(plan.Layout.PixelFormat), Samples(video.PixelFormat));
        // A range that is not said is the limited one, and some encoders say nothing else that would make them say it.
        Compare("colour range", rgb ? null : plan.Layout.Format.Range == YuvRange.Full ? "pc" : source.ColorRange, video.ColorRange ?? (video.PixelFormat?.StartsWith("yuvj", StringComparison.Ordinal) == true ? "pc" : "tv"));
        Compare("colour matrix", rgb ? null : source.ColorSpace, video.ColorSpace);
        Compare("colour primaries", source.ColorPrimaries, video.ColorPrimaries);
        Compare("transfer curve", source.ColorTransfer, video.ColorTransfer);
        Compare("pixel shape", Shape(source.Aspect), Shape(video.Aspect));
        Compare("field order", source.FieldMode, video.FieldMode);
        Compare("rotation", Turn(source), Turn(video));
        if (written.Chapters.Count < plan.Source.Chapters.Count)
        {
            losses.Add(string.Create(CultureInfo.InvariantCulture, $"{plan.Source.Chapters.Count - written.Chapters.Count} chapters do not fit into {plan.Extension}"));
        }

        foreach (var kind in source.SideDataList.Select(data => data.SideDataType).Where(kind => !kind.Contains("Matrix", StringComparison.OrdinalIgnoreCase) && !kind.Contains("CPB", StringComparison.Ordinal)))
        {
            if (!video.SideDataList.Exists(data => data.SideDataType == kind) && !HdrMetadata.IsWritten(kind, plan.Codec))
            {
                losses.Add($"{kind} of the video stream is not written");
            }
        }

        void Compare(string what, string? before, string? after)
        {
            if (before is not (null or "unknown" or "reserved") && before != after)
            {
                losses.Add($"{what} is {before} in the input, {after ?? "unknown"} in the output");
            }
        }
    }

    static string? Samples(string? format) => format?.Replace("yuvj", "yuv", StringComparison.Ordinal);

    static string? Shape(Rational aspect) => !aspect.IsKnown || aspect.Numerator == aspect.Denominator ? null : aspect.ToString();

    static string? Turn(MediaStream video) =>
        video.Rotation == 0 && !video.IsMirrored ? null : string.Create(CultureInfo.InvariantCulture, $"{((video.Rotation % 360) + 360) % 360} degrees{(video.IsMirrored ? ", mirrored" : "")}");
}
