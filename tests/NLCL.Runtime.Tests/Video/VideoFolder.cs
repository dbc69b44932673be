using System.Diagnostics;
using System.Text.Json;
namespace NLCL.Runtime.Tests;

/// <summary>A temporary folder with clips in it, and the real ffmpeg to make and examine them.</summary>
sealed class VideoFolder : IDisposable
{
    public static readonly FrameDerainer Identity = (rainy, background, _, _, _) => rainy.CopyTo(background);

    public string Root { get; } = Directory.CreateTempSubdirectory("nlcl-video-").FullName;

    public string this[string name] => Path.Combine(Root, name);

    /// <summary>Makes a clip; the arguments stand between "ffmpeg" and the name.</summary>
    public string Make(string name, string arguments)
    {
        Ffmpeg([.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), "file:" + this[name]]);
        return this[name];
    }

    public static string Ffmpeg(params string[] arguments) => Run("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments]);

    public static string Run(string program, IEnumerable<string> arguments)
    {
        var text = ChildProcess.Read(program, arguments, out var exitCode, out var errors, TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)}\n{string.Join('\n', errors)}");
        return text;
    }

    public static VideoReport Derain(string input, string output, VideoOptions? options = null, FrameDerainer? derain = null, CancellationToken? cancellationToken = null) =>
        new VideoDerainer(derain ?? Identity, "test", options).Derain(input, output, null, cancellationToken ?? TestContext.Current.CancellationToken);

    /// <summary>One line per packet of a stream: its bytes' checksum.</summary>
    public static string[] Packets(string path, string map) =>
        [.. Lines(Ffmpeg("-i", "file:" + path, "-map", map, "-c", "copy", "-f", "framemd5", "-")).Select(line => line.Split(',')[5].Trim())];

    /// <summary>One line per decoded frame: its samples' checksum.</summary>
    public static string[] Frames(string path) =>
        [.. Lines(Ffmpeg("-noautorotate", "-i", "file:" + path, "-map", "0:v:0", "-vsync", "passthrough", "-f", "framemd5", "-")).Select(line => line.Split(',')[^1].Trim())];

    /// <summary>Presentation times of a stream's packets in seconds, in order of presentation.</summary>
    public static double[] Times(string path, string stream = "v:0") =>
        [.. Lines(Run("ffprobe", ["-v", "error", "-select_streams", stream, "-show_entries", "packet=pts_time", "-of", "csv=p=0", path]))
            .Select(line => double.Parse(line.TrimEnd(','))).Order()];

    public static JsonElement Probe(string path) =>
        JsonDocument.Parse(Run("ffprobe", ["-v", "error", "-of", "json", "-show_streams", "-show_format", "-show_chapters", "file:" + path])).RootElement;

    public static string? Property(string path, string name, int stream = 0) =>
        Probe(path).GetProperty("streams")[stream].TryGetProperty(name, out var value) ? value.ToString() : null;

    /// <summary>Raw samples of all frames in the layout that the file has.</summary>
    public byte[] Samples(string path)
    {
        var raw = this["samples-" + Guid.NewGuid().ToString("N") + ".yuv"];
        Ffmpeg("-noautorotate", "-i", "file:" + path, "-map", "0:v:0", "-vsync", "passthrough", "-f", "rawvideo", "file:" + raw);
        return File.ReadAllBytes(raw);
    }

    /// <summary>Names in the folder but those of the raw samples.</summary>
    public string[] Files() => [.. Directory.EnumerateFileSystemEntries(Root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>Our own ffmpeg processes that have <paramref name="argument"/> and this folder in their arguments; zombies too.</summary>
    public IReadOnlyList<Process> Children(string argument)
    {
        List<Process> found = [];
        foreach (var process in Process.GetProcessesByName("ffmpeg"))
        {
            var arguments = ReadOrEmpty($"/proc/{process.Id}/cmdline");
            if (arguments.Contains(Root, StringComparison.Ordinal) && arguments.Contains(argument, StringComparison.Ordinal))
            {
                found.Add(process);
            }
        }

        return found;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }

    static IEnumerable<string> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#'));
}
