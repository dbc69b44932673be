using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NLCL.Runtime;

/// <summary>Asks ffprobe what is in a file, before anything is decoded.</summary>
static partial class MediaProbe
{
    // Whoever derains a clip has asked before at which scale, and starting ffprobe costs a quarter of a second.
    static Asked? s_last;

    /// <summary>Reads the headers of a file.</summary>
    /// <param name="ffprobe">The installed program.</param>
    /// <param name="path">A local file.</param>
    /// <param name="allowPlaylists">Also open what names further files.</param>
    /// <param name="maxPixels">Largest frame that may be decoded: ffprobe decodes one where the header does not tell all.</param>
    /// <param name="cancellationToken">Ends ffprobe.</param>
    /// <exception cref="VideoException">Not a video file, a playlist, or frames that are too large.</exception>
    public static MediaInfo Read(string ffprobe, string path, bool allowPlaylists, long maxPixels, CancellationToken cancellationToken)
    {
        var question = new Question(ffprobe, path, File.GetLastWriteTimeUtc(path), allowPlaylists, maxPixels);
        if (s_last is { } last && last.Question == question)
        {
            return last.Answer;
        }

        var media = Read(ffprobe, path, [.. InputArguments.Limit(maxPixels), .. InputArguments.For(path, allowPlaylists)], out var errors, cancellationToken);
        if (media.Video is { Width: < 1 } && TooLarge(errors) is { } refusal)
        {
            throw new VideoException(path, refusal);
        }

        if (media.Video is { } video && HdrMetadata.IsHdr(video))
        {
            AddOfFirstFrame(ffprobe, path, allowPlaylists, maxPixels, video, cancellationToken);
        }

        // What a playlist names may change without it.
        s_last = allowPlaylists ? null : new Asked(question, media);
        return media;
    }

    // Many files say what HdrMetadata holds in their frames alone.
    static void AddOfFirstFrame(string ffprobe, string path, bool allowPlaylists, long maxPixels, MediaStream video, CancellationToken cancellationToken)
    {
        string[] first = ["-select_streams", video.Index.ToString(CultureInfo.InvariantCulture), "-show_frames", "-read_intervals", "%+#1"];
        var frames = Read(ffprobe, path, [.. first, .. InputArguments.Limit(maxPixels), .. InputArguments.For(path, allowPlaylists)], out _, cancellationToken).Frames;
        video.SideDataList.AddRange(frames.SelectMany(frame => frame.SideDataList).Where(data => HdrMetadata.IsOne(data.SideDataType) && !video.SideDataList.Exists(known => known.SideDataType == data.SideDataType)));
    }

    /// <summary>Reads a file that we wrote ourselves and counts the packets of its streams, by going through all of it.</summary>
    public static MediaInfo ReadAndCount(string ffprobe, string path, CancellationToken cancellationToken) =>
        Read(ffprobe, path, ["-count_packets", .. InputArguments.For(path, allowPlaylists: true)], out _, cancellationToken);

    sealed record Question(string Ffprobe, string Path, DateTime Written, bool AllowPlaylists, long MaxPixels);

    sealed record Asked(Question Question, MediaInfo Answer);

    static MediaInfo Read(string ffprobe, string path, IEnumerable<string> input, out IReadOnlyList<string> errors, CancellationToken cancellationToken)
    {
        string[] arguments = ["-v", "error", "-of", "json", "-show_streams", "-show_format", "-show_chapters", .. input];
        var json = ChildProcess.Read(ffprobe, arguments, out var exitCode, out errors, cancellationToken);
        if (exitCode != 0)
        {
            throw new VideoException(path, TooLarge(errors) ?? Refusal(errors));
        }

        try
        {
            return JsonSerializer.Deserialize(json, MediaJson.Default.MediaInfo) ?? new MediaInfo();
        }
        catch (JsonException e)
        {
            throw new VideoException(path, $"ffprobe's answer cannot be read ({e.Message}); please report this with the version of ffmpeg", e);
        }
    }

    static string Refusal(IReadOnlyList<string> errors) =>
        errors.Any(line => line.Contains("not on whitelist", StringComparison.Ordinal) || line.Contains("Not detecting m3u8", StringComparison.Ordinal)) // the latter since ffmpeg 7.1
            ? "refused: not a plain video file; playlists and other inputs that name further files are opened only with AllowPlaylists"
            : $"ffprobe cannot read it as a media file: {(errors.Count == 0 ? "no reason given" : Reason(errors[^1]))}";

    // ffmpeg has a limit of its own, too.
    static string? TooLarge(IReadOnlyList<string> errors) =>
        errors.Select(line => PictureSize().Match(line)).FirstOrDefault(match => match.Success) is { } found
            ? $"frames of {found.Groups[1].Value} exceed the limit of pixels; raise MaxFramePixels if you trust the file"
            : null;

    // The last line is "NAME: REASON", and the name is in our message already.
    static string Reason(string error) => error.LastIndexOf(": ", StringComparison.Ordinal) is var at and >= 0 ? error[(at + 2)..] : error;

    [GeneratedRegex(@"Picture size (\d+x\d+) (?:exceeds|is invalid)")]
    private static partial Regex PictureSize();
}
