using System.Text.Json;

namespace NLCL.Runtime;

/// <summary>Asks ffprobe what is in a file, before anything is decoded.</summary>
static class MediaProbe
{
    /// <summary>Reads the headers of a file.</summary>
    /// <param name="tool">The installed ffmpeg.</param>
    /// <param name="path">A local file.</param>
    /// <param name="allowPlaylists">Also open what names further files.</param>
    /// <param name="cancellationToken">Ends ffprobe.</param>
    /// <exception cref="VideoException">Not a video file, or a playlist.</exception>
    public static MediaInfo Read(FfmpegTool tool, string path, bool allowPlaylists, CancellationToken cancellationToken) =>
        Read(tool, path, InputArguments.For(path, allowPlaylists), cancellationToken);

    /// <summary>Reads a file that we wrote ourselves and counts the packets of its streams, by going through all of it.</summary>
    public static MediaInfo ReadAndCount(FfmpegTool tool, string path, CancellationToken cancellationToken) =>
        Read(tool, path, ["-count_packets", .. InputArguments.For(path, allowPlaylists: true)], cancellationToken);

    static MediaInfo Read(FfmpegTool tool, string path, IEnumerable<string> input, CancellationToken cancellationToken)
    {
        string[] arguments = ["-v", "error", "-of", "json", "-show_streams", "-show_format", "-show_chapters", .. input];
        var json = ChildProcess.Read(tool.Ffprobe, arguments, out var exitCode, out var errors, cancellationToken);
        if (exitCode != 0)
        {
            throw new VideoException(path, Refusal(errors));
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
        errors.Any(line => line.Contains("not on whitelist", StringComparison.Ordinal))
            ? "refused: not a plain video file; playlists and other inputs that name further files are opened only with AllowPlaylists"
            : $"ffprobe cannot read it as a media file: {(errors.Count == 0 ? "no reason given" : Reason(errors[^1]))}";

    // The last line is "NAME: REASON", and the name is in our message already.
    static string Reason(string error) => error.LastIndexOf(": ", StringComparison.Ordinal) is var at and >= 0 ? error[(at + 2)..] : error;
}
