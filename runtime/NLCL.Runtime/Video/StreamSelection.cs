using System.Globalization;

namespace NLCL.Runtime;

/// <summary>Which streams of the original go with the derained video. ffmpeg itself is asked what the container can hold.</summary>
static class StreamSelection
{
    static readonly string[] s_textSubtitles = ["subrip", "srt", "ass", "ssa", "webvtt", "mov_text", "text"];

    /// <summary>Decides about every stream but the video that is derained.</summary>
    /// <param name="tool">The installed ffmpeg.</param>
    /// <param name="input">The original.</param>
    /// <param name="source">What is in it.</param>
    /// <param name="output">Where the result goes, for messages.</param>
    /// <param name="target">Temporary files that may be written.</param>
    /// <param name="options">Whether losses are allowed.</param>
    /// <param name="losses">Takes a line for each stream that changes or stays behind.</param>
    /// <param name="cancellationToken">Ends the trial.</param>
    /// <exception cref="VideoException">Sound, subtitles or attachments do not fit, and losses are not allowed.</exception>
    public static IReadOnlyList<CopiedStream> Choose(
        FfmpegTool tool, string input, MediaInfo source, string output, WorkFolder target, VideoOptions options, List<string> losses, CancellationToken cancellationToken)
    {
        var extension = Path.GetExtension(output).ToLowerInvariant();
        List<CopiedStream> streams = [.. source.Streams.Where(stream => stream != source.Video && !IsMadeByMuxer(stream, source)).Select(Prepared)];
        if (streams.Count > 0 && !Fit(streams))
        {
            var misfits = streams.FindAll(stream => !Fit([stream]));
            // Each alone fits, and all together do not: containers with one stream, or one of a kind.
            if (misfits.Count == 0)
            {
                misfits = streams;
            }

            Refuse(misfits.FindAll(stream => stream.Source.CodecType is "audio" or "subtitle" or "attachment"));
            losses.AddRange(misfits.Select(stream => $"{stream.Name} does not fit into {extension} and is left out"));
            streams = [.. streams.Except(misfits)];
        }

        losses.AddRange(streams.Where(stream => stream.Codec != "copy").Select(stream => $"{stream.Name} is stored as {stream.Codec}; its styling may be lost"));
        losses.AddRange(streams.Where(stream => stream.Source.IsVideo).Select(stream => $"{stream.Name} is copied with its rain: one video stream of a file is derained"));
        return streams;

        CopiedStream Prepared(MediaStream stream)
        {
            if (!stream.IsAttachedPicture || extension != ".mkv")
            {
                return Converted(stream, extension);
            }

            var picture = target.Companion(string.Create(CultureInfo.InvariantCulture, $".{stream.Index}"));
            string[] arguments =
            [
                "-v", "error", "-nostdin", "-y", .. InputArguments.For(input, options.AllowPlaylists),
                "-map", string.Create(CultureInfo.InvariantCulture, $"0:{stream.Index}"), "-c", "copy", "-frames:v", "1", "-f", "data", InputArguments.FileName(picture),
            ];
            ChildProcess.Read(tool.Ffmpeg, arguments, out var exitCode, out _, cancellationToken);
            return new CopiedStream(stream, Picture: exitCode == 0 ? picture : null);
        }

        bool Fit(IReadOnlyList<CopiedStream> some)
        {
            // The header of the output is written before the first packet, and no packet is asked for.
            string[] arguments =
            [
                "-v", "error", "-nostdin", "-y", .. InputArguments.For(input, options.AllowPlaylists),
                .. some.Where(stream => stream.Picture is null).SelectMany((stream, i) => Arguments(stream, i, 0)), .. Attachments(some), "-t", "0", InputArguments.FileName(target.TemporaryPath),
            ];
            ChildProcess.Read(tool.Ffmpeg, arguments, out var exitCode, out _, cancellationToken);
            return exitCode == 0;
        }

        void Refuse(IReadOnlyList<CopiedStream> misfits)
        {
            if (misfits.Count > 0 && !options.AllowLosses)
            {
                throw VideoException.Output(output, $"{extension} cannot hold {string.Join(", ", misfits.Select(stream => stream.Name))}; write to a .mkv file, or set AllowLosses to leave out what does not fit");
            }
        }
    }

    /// <summary>ffmpeg's arguments for a stream: which one, how, and for whom.</summary>
    /// <param name="stream">Of the original.</param>
    /// <param name="position">Its place in the output.</param>
    /// <param name="input">Number of the original among ffmpeg's inputs.</param>
    public static IEnumerable<string> Arguments(CopiedStream stream, int position, int input)
    {
        var place = position.ToString(CultureInfo.InvariantCulture);
        return
        [
            "-map", string.Create(CultureInfo.InvariantCulture, $"{input}:{stream.Source.Index}"),
            "-c:" + place, stream.Codec, "-disposition:" + place, stream.Source.Dispositions,
            // Also what comes before the first key frame.
            .. stream.Codec == "copy" ? (string[])["-copyinkf:" + place] : [],
        ];
    }

    /// <summary>ffmpeg's arguments for covers that are attached as files; they become the last streams of the output.</summary>
    public static IEnumerable<string> Attachments(IReadOnlyList<CopiedStream> streams)
    {
        var number = streams.Count(stream => stream.Source.CodecType == "attachment");
        foreach (var stream in streams.Where(stream => stream.Picture is not null))
        {
            var (mime, ending) = stream.Source.CodecName == "mjpeg" ? ("image/jpeg", "jpg") : ("image/" + stream.Source.CodecName, stream.Source.CodecName);
            var place = string.Create(CultureInfo.InvariantCulture, $"-metadata:s:t:{number++}");
            yield return "-attach";
            yield return stream.Picture!;
            yield return place;
            yield return "mimetype=" + (stream.Source.Tag("mimetype") ?? mime);
            yield return place;
            yield return "filename=" + (stream.Source.Tag("filename") ?? "cover." + ending);
        }
    }

    // Chapter titles and time codes of MP4 are streams too; the muxer makes them anew from chapters and tags.
    static bool IsMadeByMuxer(MediaStream stream, MediaInfo source) =>
        stream.CodecTagString == "tmcd" || stream.CodecTagString == "text" && source.Chapters.Count > 0 && stream.NbFrames == source.Chapters.Count;

    static CopiedStream Converted(MediaStream stream, string extension)
    {
        var text = extension switch { ".mp4" or ".m4v" or ".mov" => "mov_text", ".webm" => "webvtt", ".mkv" when stream.CodecName == "mov_text" => "srt", _ => null };
        return text is null || text == stream.CodecName || stream.CodecType != "subtitle" || !s_textSubtitles.Contains(stream.CodecName) ? new CopiedStream(stream) : new CopiedStream(stream, text);
    }
}
