using System.Globalization;
using System.Text.RegularExpressions;

namespace NLCL.Runtime;

/// <summary>
/// What ffmpeg says about a stream while it opens it (-loglevel level+info): most servers let nobody in twice, so ffprobe is
/// not asked first. Fed with lines by one thread, read by another once <see cref="Known"/> completes.
/// </summary>
sealed partial class StreamDescription
{
    // These hold no times, or times that are counted and not measured.
    static readonly string[] s_untimed = ["mpjpeg", "mjpeg", "h264", "hevc", "vvc", "m4v", "mpegvideo", "obu", "av1", "vc1"];

    static readonly string[] s_matrices = ["bt709", "bt470bg", "smpte170m", "smpte240m", "fcc", "bt2020nc", "bt2020c", "gbr"];

    readonly MediaStream _video = new() { CodecType = "video" };
    readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    bool _ofOutput;

    /// <summary>Completes when all is said.</summary>
    public Task Known => _known.Task;

    /// <summary>It has a length: a file on a server, not something that happens now.</summary>
    public bool HasEnd { get; private set; }

    /// <summary>Its frames carry the time at which they are shown.</summary>
    public bool HasTimes { get; private set; } = true;

    /// <summary>There is sound beside the picture.</summary>
    public bool HasSound { get; private set; }

    /// <summary>It names further addresses or files, and was not opened for that.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Its pictures lie where this server would not go, or are missing.</summary>
    public bool IsOutOfReach { get; private set; }

    /// <summary>The frames as they come out of the decoder; size and pixel shape stand in their own header.</summary>
    public MediaStream Video => _video with { };

    /// <summary>Takes one line of ffmpeg's.</summary>
    /// <returns>The line when it is an error, without its level; else null.</returns>
    public string? Listen(string line)
    {
        if (ErrorLine().Match(line) is { Success: true } error)
        {
            IsRefused |= line.Contains("not on whitelist", StringComparison.Ordinal) || line.Contains("Not detecting m3u8", StringComparison.Ordinal);
            // Of mp4 and mov: what stands at the end says where the pictures are, and the connection is past them by then.
            IsOutOfReach |= line.Contains("partial file", StringComparison.Ordinal);
            return line[error.Length..];
        }

        if (InputLine().Match(line) is { Success: true } input)
        {
            HasTimes = !s_untimed.Contains(input.Groups[1].Value);
        }

        _ofOutput |= line.Contains("Output #0", StringComparison.Ordinal);
        HasEnd |= !_ofOutput && DurationLine().IsMatch(line);
        HasSound |= !_ofOutput && line.Contains(": Audio: ", StringComparison.Ordinal);
        if (PictureLine().Match(line) is { Success: true } picture)
        {
            Describe(picture);
        }

        return null;
    }

    // The output has the samples as they come; its tags are those of the input, but not in every version.
    void Describe(Match picture)
    {
        _video.PixelFormat = picture.Groups["samples"].Value;
        foreach (var tag in picture.Groups["tags"].Value.Split(", "))
        {
            if (tag is "tv" or "pc")
            {
                _video.ColorRange = tag;
            }
            else if (tag.Split('/') is [var matrix, var primaries, var transfer])
            {
                (_video.ColorSpace, _video.ColorPrimaries, _video.ColorTransfer) = (matrix, primaries, transfer);
            }
            else if (s_matrices.Contains(tag))
            {
                (_video.ColorSpace, _video.ColorPrimaries, _video.ColorTransfer) = (tag, tag, tag);
            }
        }

        if (double.TryParse(picture.Groups["rate"].Value, CultureInfo.InvariantCulture, out var rate) && rate > 0)
        {
            _video.AvgFrameRate = Fraction(rate);
        }

        if (_ofOutput)
        {
            _known.TrySetResult();
        }
    }

    // 29.97 stands for 30000/1001.
    static string Fraction(double rate)
    {
        var whole = Math.Round(rate);
        var isBroadcast = Math.Abs(rate - whole) > 0.001 && Math.Abs(rate - whole / 1.001) < 0.006;
        return string.Create(CultureInfo.InvariantCulture, $"{(isBroadcast ? whole * 1000 : Math.Round(rate * 1000)):0}/{(isBroadcast ? 1001 : 1000)}");
    }

    [GeneratedRegex(@"^\[(?:error|fatal|panic)\] ")]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@"^\[info\] Input #0, (\S+), from ")]
    private static partial Regex InputLine();

    [GeneratedRegex(@"^\[info\] +Duration: \d")]
    private static partial Regex DurationLine();

    [GeneratedRegex(@"^\[info\] +Stream #0:.*?: Video: .*?, (?<samples>[a-z0-9]+)(?:\((?<tags>.*?)\))?, \d+x\d+.*?(?:, (?<rate>[\d.]+) fps)?(?:,|$)")]
    private static partial Regex PictureLine();
}
