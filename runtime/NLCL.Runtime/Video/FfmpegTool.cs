using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace NLCL.Runtime;

/// <summary>The installed ffmpeg and ffprobe, and what this version of them understands.</summary>
sealed partial record FfmpegTool(string Ffmpeg, string Ffprobe, Version Libavformat, string Release)
{
    // Starting a program that links two hundred libraries costs a tenth of a second; a folder of clips asks for each.
    static readonly ConcurrentDictionary<(string Path, DateTime Written), FfmpegTool> s_known = new();

    /// <summary>-fps_mode came with ffmpeg 5.1; -vsync said the same before.</summary>
    public bool HasFpsMode => Libavformat >= new Version(59, 27);

    /// <summary>-display_rotation came with ffmpeg 6.0.</summary>
    public bool HasDisplayRotation => Libavformat >= new Version(60, 3);

    /// <summary>RTSP's -timeout was -stimeout before ffmpeg 5.0, and -timeout waited for others to connect.</summary>
    public bool HasRtspTimeout => Libavformat >= new Version(59, 0);

    /// <summary>Frames in = frames out, each with its own timestamp.</summary>
    public IEnumerable<string> PassEveryFrame => HasFpsMode ? ["-fps_mode", "passthrough"] : ["-vsync", "passthrough"];

    /// <summary>Finds the two programs and asks their version; null when ffmpeg is not installed.</summary>
    /// <exception cref="FileNotFoundException">The path that was asked for does not lead to a working ffmpeg.</exception>
    public static FfmpegTool? Find(string? path, CancellationToken cancellationToken) =>
        Locate(path) is var (ffmpeg, ffprobe) ? Of(ffmpeg, ffprobe, cancellationToken) : null;

    /// <summary>Finds the two programs, without starting them; null when ffmpeg is not installed.</summary>
    /// <exception cref="FileNotFoundException">There is no ffprobe with it.</exception>
    public static (string Ffmpeg, string Ffprobe)? Locate(string? path)
    {
        var ffmpeg = path ?? OnSearchPath("ffmpeg");
        if (ffmpeg is null)
        {
            return null;
        }

        var beside = Path.Combine(Path.GetDirectoryName(ffmpeg) ?? "", "ffprobe" + Path.GetExtension(ffmpeg));
        var ffprobe = File.Exists(beside) ? beside : OnSearchPath("ffprobe");
        return ffprobe is not null
            ? (ffmpeg, ffprobe)
            : throw new FileNotFoundException($"ffprobe is missing: {ffmpeg} was found without it; install the whole ffmpeg package", beside);
    }

    /// <summary>Asks the programs' version.</summary>
    /// <exception cref="FileNotFoundException">It is no working ffmpeg.</exception>
    public static FfmpegTool Of(string ffmpeg, string ffprobe, CancellationToken cancellationToken)
    {
        var key = (ffmpeg, File.GetLastWriteTimeUtc(ffmpeg));
        if (s_known.TryGetValue(key, out var known) && known.Ffprobe == ffprobe)
        {
            return known;
        }

        var text = ChildProcess.Read(ffmpeg, ["-version"], out var exitCode, out var errors, cancellationToken);
        var match = LibavformatLine().Match(text);
        if (exitCode != 0 || !match.Success)
        {
            throw new FileNotFoundException($"{ffmpeg} does not run as ffmpeg: {(errors.Count > 0 ? errors[^1] : "no version line")}", ffmpeg);
        }

        return s_known[key] = new FfmpegTool(ffmpeg, ffprobe, Version.Parse(match.Groups[1].Value + "." + match.Groups[2].Value), text.Split('\n')[0].Trim());
    }

    /// <summary>Whether this ffmpeg was built with an encoder.</summary>
    public bool HasEncoder(string name, CancellationToken cancellationToken) =>
        ChildProcess.Read(Ffmpeg, ["-hide_banner", "-v", "error", "-h", "encoder=" + name], out _, out _, cancellationToken).StartsWith("Encoder " + name, StringComparison.Ordinal);

    static string? OnSearchPath(string name)
    {
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }

    // The libraries' numbers, because builds name their release in many ways ("5.1.9-0+deb12u1", "n7.1", "N-12345-g…").
    [GeneratedRegex(@"^libavformat\s+(\d+)\.\s*(\d+)\.", RegexOptions.Multiline)]
    private static partial Regex LibavformatLine();
}
