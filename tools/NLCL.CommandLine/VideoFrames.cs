using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace NLCL.CommandLine;

/// <summary>
/// The frames of a video file in the order they are shown, through ffmpeg: upright, 8-bit RGB, in the colours that the file
/// says (BT.709 where an HD file says nothing). Each frame comes once, whatever its duration.
/// </summary>
public sealed class VideoFrames : IDisposable
{
    readonly string _path;
    readonly Process _ffmpeg;
    readonly Stream _frames;
    readonly Task<string> _complaint;

    /// <summary>Opens the first picture stream of a file.</summary>
    /// <exception cref="CommandException">ffmpeg is missing, or the file has no picture stream.</exception>
    public VideoFrames(string path)
    {
        _path = path;
        string stream = Probe(path, "-show_entries", "stream=color_space,height");
        string[] facts = stream.Split(',', '\n');
        if (stream.Length == 0) { throw new CommandException(ExitCodes.Input, $"'{path}' has no picture stream that ffmpeg can read."); }
        bool untagged = facts.Any(fact => fact is "unknown" or "N/A" or "reserved");
        bool large = facts.Any(fact => int.TryParse(fact, CultureInfo.InvariantCulture, out int height) && height >= 720);
        Times = ReadTimes(path);
        Rate = Probe(path, "-show_entries", "stream=avg_frame_rate").Split('\n')[0].TrimEnd(',');
        // Times of our own, evenly spaced, so that the constant rate of this output neither repeats nor drops a frame.
        string filters = $"setpts=N/25/TB,scale=flags=bicubic+accurate_rnd+full_chroma_int{(untagged && large ? ":in_color_matrix=bt709" : "")},format=rgb24";
        _ffmpeg = Start("ffmpeg", ["-v", "error", "-nostdin", "-i", "file:" + path, "-map", "0:v:0", "-vf", filters, "-r", "25", "-f", "image2pipe", "-c:v", "ppm", "pipe:1"]);
        _frames = new BufferedStream(_ffmpeg.StandardOutput.BaseStream, 1 << 20);
        _complaint = _ffmpeg.StandardError.ReadToEndAsync();
    }

    /// <summary>When each frame is shown, in seconds, as the container says; it may hold fewer entries than frames come.</summary>
    public IReadOnlyList<double> Times { get; }

    /// <summary>Frames per second on average, as a fraction: 30000/1001; 0/0 where the file does not say.</summary>
    public string Rate { get; }

    /// <summary>Width of the frame that was read last.</summary>
    public int Width { get; private set; }

    /// <summary>Height of the frame that was read last.</summary>
    public int Height { get; private set; }

    /// <summary>The frame that was read last: packed R, G, B, rows without gaps.</summary>
    public byte[] Rgb { get; private set; } = [];

    /// <summary>Reads the next frame; false at the end.</summary>
    /// <exception cref="CommandException">The file is damaged.</exception>
    public bool Read()
    {
        if (ReadToken() is not "P6") { return Ended(); }
        (Width, Height) = (Number(), Number());
        _ = Number(); // the largest value: 255
        int bytes = checked(3 * Width * Height);
        if (Rgb.Length != bytes) { Rgb = new byte[bytes]; }
        return _frames.ReadAtLeast(Rgb, bytes, throwOnEndOfStream: false) == bytes || Ended();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_ffmpeg.HasExited) { _ffmpeg.Kill(); }
        _frames.Dispose();
        _ffmpeg.Dispose();
    }

    bool Ended()
    {
        _ffmpeg.WaitForExit();
        string complaint = _complaint.GetAwaiter().GetResult().Trim();
        return _ffmpeg.ExitCode == 0
            ? false
            : throw new CommandException(ExitCodes.Input, $"'{_path}' cannot be read to its end: {complaint.Split('\n')[^1]}");
    }

    int Number() => int.Parse(ReadToken(), CultureInfo.InvariantCulture);

    /// <summary>The next word of a PPM header, and the one white space behind it; empty at the end.</summary>
    string ReadToken()
    {
        Span<char> word = stackalloc char[16];
        int length = 0;
        for (int value = _frames.ReadByte(); value > ' ' && length < word.Length; value = _frames.ReadByte()) { word[length++] = (char)value; }
        return new(word[..length]);
    }

    static double[] ReadTimes(string path) => [.. Probe(path, "-show_entries", "packet=pts_time").Split('\n')
        .Select(line => double.TryParse(line.TrimEnd(','), CultureInfo.InvariantCulture, out double time) ? time : double.NaN)
        .Where(double.IsFinite).Order()];

    static string Probe(string path, params string[] what)
    {
        using Process ffprobe = Start("ffprobe", ["-v", "error", "-select_streams", "v:0", .. what, "-of", "csv=p=0", "file:" + path]);
        Task<string> complaint = ffprobe.StandardError.ReadToEndAsync();
        string text = ffprobe.StandardOutput.ReadToEnd().Trim();
        ffprobe.WaitForExit();
        return ffprobe.ExitCode == 0 ? text : throw new CommandException(ExitCodes.Input, $"'{path}' cannot be opened as a video: {complaint.GetAwaiter().GetResult().Trim().Split('\n')[^1]}");
    }

    static Process Start(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new CommandException(ExitCodes.Missing, $"{program} is needed to read video: apt-get install ffmpeg.", missing);
        }
    }
}
