namespace NLCL.Runtime;

/// <summary>
/// Takes rain out of video files and leaves the rest alone: timestamps, sound, subtitles, chapters, tags, colour, rotation.
/// The derainer stays the caller's. One clip after the other; use one object per clip to work on several at once.
/// </summary>
public sealed class VideoDerainer
{
    const string StandardInput = "standard input";
    const string StandardOutput = "standard output";

    readonly FrameNetwork _network;
    readonly string _model;
    readonly VideoOptions _options;

    /// <summary>Prepares to derain clips with one model.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public VideoDerainer(Derainer derainer, VideoOptions? options = null)
        : this((derainer ?? throw new ArgumentNullException(nameof(derainer))).ForClips(), derainer.Model.Sha256, options)
    {
    }

    internal VideoDerainer(FrameDerainer derain, string model, VideoOptions? options)
        : this(new FrameNetwork(1, (width, height) => new LoosePlanes(derain, width, height)), model, options)
    {
    }

    VideoDerainer(FrameNetwork network, string model, VideoOptions? options)
    {
        _network = network;
        _model = model;
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
    /// <exception cref="OperationCanceledException">The token was cancelled. Finished segments are left in a hidden folder beside the
    /// output for <see cref="VideoOptions.Resume"/>, see <see cref="UnfinishedFolder"/>; nothing else is.</exception>
    public VideoReport Derain(string input, string output, IProgress<VideoProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        ArgumentException.ThrowIfNullOrEmpty(output);
        cancellationToken.ThrowIfCancellationRequested();
        input = Path.GetFullPath(input);
        output = Path.GetFullPath(output);
        using var folder = WorkFolder.Create(input, output, _options.Overwrite, _options.Shard);
        VideoReport report;
        if (Tool(cancellationToken) is { } tool)
        {
            report = new FfmpegVideo(tool, _network, _model, _options).Derain(input, output, folder, progress, cancellationToken);
        }
        else if (_options.Shard.IsWhole && !_options.Resume)
        {
            folder.Clear([]);
            report = new OpenCvVideo(_network, _options).Derain(input, output, folder, progress, cancellationToken);
        }
        else
        {
            throw VideoException.Output(output, "without ffmpeg a clip can be neither resumed nor made in shards; install ffmpeg");
        }

        if (_options.Shard.IsWhole)
        {
            folder.Publish();
        }

        return report;
    }

    /// <summary>Looks at the first second of a file: the <see cref="DerainerOptions.Scale"/> at which its derainer should be opened, by how fine its frames are.</summary>
    /// <param name="input">A local video file.</param>
    /// <param name="options">As it will be derained.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>See <see cref="WorkingScale"/>; 1 also where the file cannot be read, or without ffmpeg.</returns>
    public static int ScaleOf(string input, VideoOptions? options = null, CancellationToken cancellationToken = default) => LookedAt(input, null, options, cancellationToken);

    /// <summary>The same, and where frames are as fine as their size, and that a million pixels or more, the scale at which the network finds the most rain in two of them.</summary>
    /// <param name="input">A local video file.</param>
    /// <param name="open">Opens the derainer of a scale for the look, which closes it: asked for 2, 1 and 4, where it comes to that, one after the other.</param>
    /// <param name="options">As it will be derained.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>See <see cref="WorkingScale"/>; 1 also where the file cannot be read, or without ffmpeg.</returns>
    public static int ScaleOf(string input, Func<int, Derainer> open, VideoOptions? options = null, CancellationToken cancellationToken = default) =>
        LookedAt(input, open ?? throw new ArgumentNullException(nameof(open)), options, cancellationToken);

    static int LookedAt(string input, Func<int, Derainer>? open, VideoOptions? options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        options ??= new VideoOptions();
        options.Validate();
        return options.Engine == VideoEngine.OpenCv ? 1 : ClipScale.Of(Path.GetFullPath(input), open, options, cancellationToken);
    }

    /// <summary>Derains a YUV4MPEG2 stream, such as standard input, to another: 4:2:0, 4:2:2 or 4:4:4, 8 or 10 bits.</summary>
    /// <param name="input">Read to its end; stays the caller's.</param>
    /// <param name="output">Takes the same header and the derained frames; stays the caller's.</param>
    /// <param name="progress">Told after every frame, from another thread.</param>
    /// <param name="cancellationToken">Ends the work when the next frame arrives.</param>
    /// <exception cref="VideoException">The input is no such stream or ends within a frame, or nobody reads the output.</exception>
    public VideoReport Derain(Stream input, Stream output, IProgress<VideoProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        RefuseParts(StandardOutput);
        return new StreamedVideo(_network, _options, progress, cancellationToken).Run(input, StandardInput, output, StandardOutput);
    }

    /// <summary>Derains a YUV4MPEG2 stream into a file.</summary>
    /// <inheritdoc cref="Derain(Stream, Stream, IProgress{VideoProgress}?, CancellationToken)"/>
    /// <exception cref="FileNotFoundException">ffmpeg, which writes the file, is not installed.</exception>
    public VideoReport Derain(Stream input, string output, IProgress<VideoProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        RefuseParts(output);
        return ToFile(output, (tool, folder, path) => new StreamedVideo(_network, _options, progress, cancellationToken).Run(tool, input, StandardInput, folder, path), cancellationToken);
    }

    /// <summary>Derains a file into a YUV4MPEG2 stream: pictures alone, at a constant rate.</summary>
    /// <inheritdoc cref="Derain(Stream, Stream, IProgress{VideoProgress}?, CancellationToken)"/>
    /// <exception cref="FileNotFoundException">There is no such input, or ffmpeg, which reads it, is not installed.</exception>
    public VideoReport Derain(string input, Stream output, IProgress<VideoProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        ArgumentNullException.ThrowIfNull(output);
        RefuseParts(StandardOutput);
        var path = Path.GetFullPath(input);
        return File.Exists(path)
            ? new StreamedVideo(_network, _options, progress, cancellationToken).Run(Needed(cancellationToken), path, output, StandardOutput)
            : throw new FileNotFoundException($"{path.ReplaceLineEndings(" ")}: there is no such file", path);
    }

    /// <summary>
    /// Derains what a camera (through OpenCV) or a network stream (through ffmpeg) shows into a file. When deraining is slower than the
    /// camera, frames are passed over; the others keep their time. Of a file on a web server, which has a length, every frame is derained.
    /// A stream that breaks off ends the recording, and the report says so. Asking for an address opens the network: that address, and
    /// others only where its server or, with <see cref="VideoOptions.AllowPlaylists"/>, a playlist leads there.
    /// </summary>
    /// <param name="source">"camera:0", "camera:1", …, or an address such as rtsp://…</param>
    /// <param name="output">The file to write; a crash of the machine is survived best by .mkv.</param>
    /// <param name="progress">Told after every frame, from another thread.</param>
    /// <param name="cancellationToken">Ends the recording, and the file is finished: no exception.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before a network stream showed its first picture.</exception>
    /// <exception cref="VideoException">The camera shows nothing, or the output cannot be written.</exception>
    /// <exception cref="FileNotFoundException">ffmpeg, which writes the file, is not installed.</exception>
    public VideoReport Record(string source, string output, IProgress<VideoProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        if (!IsCamera(source))
        {
            throw new ArgumentException($"'{source}' is neither camera:N nor a network address", nameof(source));
        }

        RefuseParts(output);
        return ToFile(output, (tool, folder, path) =>
        {
            using ILiveSource live = NetworkAddress.Parse(source) is { } address ? new AddressSource(tool, address, _options, cancellationToken) : new CameraSource(source, cancellationToken);
            return new StreamedVideo(_network, _options, progress, cancellationToken).Run(tool, live, folder, path);
        }, cancellationToken);
    }

    /// <summary>Whether a text names a camera (camera:0) or a network stream (rtsp://…) for <see cref="Record"/>.</summary>
    public static bool IsCamera(string source) => CameraSource.IsCamera(source ?? throw new ArgumentNullException(nameof(source))) || NetworkAddress.Parse(source) is not null;

    /// <summary>The folder beside an output where a job that was stopped, or a shard, has left finished segments.</summary>
    /// <param name="output">The output's name.</param>
    /// <returns>Its full path; null when there is none.</returns>
    public static string? UnfinishedFolder(string output)
    {
        ArgumentException.ThrowIfNullOrEmpty(output);
        var path = WorkFolder.PathFor(Path.GetFullPath(output));
        return Directory.Exists(path) ? path : null;
    }

    VideoReport ToFile(string output, Func<FfmpegTool, WorkFolder, string, VideoReport> run, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(output);
        var path = Path.GetFullPath(output);
        using var folder = WorkFolder.Create(null, path, _options.Overwrite, ClipShard.Whole);
        var report = run(Needed(cancellationToken), folder, path);
        folder.Publish();
        return report;
    }

    void RefuseParts(string output)
    {
        if (_options.Resume || !_options.Shard.IsWhole)
        {
            throw VideoException.Output(output, "streams and cameras can be neither resumed nor made in shards");
        }
    }

    FfmpegTool Needed(CancellationToken cancellationToken) =>
        Tool(cancellationToken) ?? throw new FileNotFoundException("ffmpeg is not installed, or not on the search path", "ffmpeg");

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
