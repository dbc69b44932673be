namespace NLCL.Runtime;

/// <summary>
/// Takes rain out of video files and leaves the rest alone: timestamps, sound, subtitles, chapters, tags, colour, rotation.
/// The derainer stays the caller's. One clip after the other; use one object per clip to work on several at once.
/// </summary>
public sealed class VideoDerainer
{
    readonly FrameDerainer _derain;
    readonly VideoOptions _options;

    /// <summary>Prepares to derain clips with one model.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public VideoDerainer(Derainer derainer, VideoOptions? options = null)
        : this((derainer ?? throw new ArgumentNullException(nameof(derainer))).Derain, options)
    {
    }

    internal VideoDerainer(FrameDerainer derain, VideoOptions? options)
    {
        _derain = derain;
        _options = options ?? new VideoOptions();
        _options.Validate();
    }

    /// <summary>Derains a file. The output appears under its name when it is complete and checked, and not before.</summary>
    /// <param name="input">A local video file.</param>
    /// <param name="output">The file to write; its extension chooses the container.</param>
    /// <param name="progress">Told after every frame, from another thread.</param>
    /// <param name="cancellationToken">Ends the work within two seconds, a frame on a slow device permitting.</param>
    /// <exception cref="VideoException">The input cannot be read, or the output cannot be written.</exception>
    /// <exception cref="FileNotFoundException">There is no such input, or <see cref="VideoOptions.FfmpegPath"/> leads nowhere.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; no file is left behind.</exception>
    public VideoReport Derain(string input, string output, IProgress<VideoProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        ArgumentException.ThrowIfNullOrEmpty(output);
        cancellationToken.ThrowIfCancellationRequested();
        input = Path.GetFullPath(input);
        output = Path.GetFullPath(output);
        using var target = VideoTarget.Create(input, output, _options.Overwrite);
        var report = Tool(cancellationToken) is { } tool
            ? new FfmpegVideo(tool, _derain, _options).Derain(input, output, target, progress, cancellationToken)
            : new OpenCvVideo(_derain, _options).Derain(input, output, target, progress, cancellationToken);
        target.Publish();
        return report;
    }

    FfmpegTool? Tool(CancellationToken cancellationToken)
    {
        if (_options.Engine == VideoEngine.OpenCv)
        {
            return null;
        }

        var tool = FfmpegTool.Find(_options.FfmpegPath, cancellationToken);
        return tool is not null || _options.Engine == VideoEngine.Auto ? tool : throw new FileNotFoundException("ffmpeg is not installed, or not on the search path", "ffmpeg");
    }
}
