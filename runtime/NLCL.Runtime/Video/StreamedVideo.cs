using System.Diagnostics;
using System.Globalization;

namespace NLCL.Runtime;

/// <summary>Clips of which one end or both are a YUV4MPEG2 stream, such as standard input and output, and live cameras.</summary>
sealed class StreamedVideo(FrameNetwork network, VideoOptions options, IProgress<VideoProgress>? progress, CancellationToken cancellationToken)
{
    readonly Stopwatch _clock = Stopwatch.StartNew();
    readonly List<string> _losses = [];

    /// <summary>From stream to stream: the header is handed on as it is.</summary>
    public VideoReport Run(Stream input, string inputName, Stream output, string outputName)
    {
        using var source = new Y4mReader(input, inputName);
        CheckSize(source.Header.Video, inputName);
        using var sink = new Y4mWriter(output, outputName, source.Header.Line, source.Header.Video.FrameRate);
        var stages = Work(null).Run(source, sink, FrameConversion.Of(source.Header.Layout), outputName, cancellationToken);
        return Report(inputName, outputName, "rawvideo", source.Header.Video, sink, stages);
    }

    /// <summary>From a stream to a file.</summary>
    public VideoReport Run(FfmpegTool tool, Stream input, string inputName, WorkFolder folder, string output)
    {
        using var source = new Y4mReader(input, inputName);
        CheckSize(source.Header.Video, inputName);
        return Encode(tool, source, source.Header.Video, source.Header.Layout, FrameConversion.Of(source.Header.Layout), inputName, folder, output);
    }

    /// <summary>From a file to a stream.</summary>
    public VideoReport Run(FfmpegTool tool, string input, Stream output, string outputName)
    {
        var media = new FfmpegVideo(tool, network, "", options);
        var plan = media.PrepareDecoding(input, _losses, cancellationToken);
        var video = plan.Source.Video!;
        using var source = FfmpegDecoder.Start(plan, input, FfmpegVideo.Delay(plan.Source));
        using var sink = new Y4mWriter(output, outputName, Y4mHeader.LineFor(video, plan.Layout), video.FrameRate);
        var stages = Work(plan.Source.FrameEstimate).Run(source, sink, FrameConversion.Of(plan.Layout), outputName, cancellationToken);
        _losses.AddRange(source.Complaint is { } complaint ? [complaint] : []);
        _losses.AddRange(plan.Source.Streams.Count > 1 || plan.Source.Chapters.Count > 0 ? ["a YUV4MPEG2 stream carries pictures alone: no sound, subtitles, chapters or tags"] : []);
        return Report(input, outputName, "rawvideo", video, sink, stages);
    }

    /// <summary>From a camera or a network stream to a file, until it ends or the token is cancelled.</summary>
    public VideoReport Run(FfmpegTool tool, ILiveSource source, WorkFolder folder, string output)
    {
        CheckSize(source.Video, source.Name);
        var report = Encode(tool, source, source.Video, source.Layout, source.Conversion, source.Name, folder, output);
        _losses.AddRange(source.Losses);
        _losses.AddRange(source.Complaint is { } complaint ? [complaint] : []);
        _losses.AddRange(source.Dropped > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{source.Dropped} frames were passed over: deraining is slower than they come")] : []);
        return report;
    }

    VideoReport Encode(FfmpegTool tool, IFrameSource source, MediaStream video, FrameLayout layout, FrameConversion conversion, string inputName, WorkFolder folder, string output)
    {
        var extension = Path.GetExtension(output).ToLowerInvariant();
        var hardware = HardwareVideo.Find(tool, options, cancellationToken);
        var codec = options.Codec ?? CodecSettings.Choose(tool, hardware, extension, video, layout, cancellationToken);
        var media = new FfmpegVideo(tool, network, "", options);
        var plan = new EncoderPlan(tool, new MediaInfo { Streams = [video] }, layout, [], codec, extension, options, hardware);
        folder.Clear([]);
        using var sink = FfmpegEncoder.Start(tool, plan.Arguments(null, folder.TemporaryPath, 0), output, plan.Tick, video.FrameRate);
        var stages = Work(null).Run(source, sink, conversion, output, source is ILiveSource ? CancellationToken.None : cancellationToken);
        media.Complete(plan, folder.TemporaryPath, output, sink.Frames, sink.LastWords, _losses, CancellationToken.None);
        return Report(inputName, output, codec, video, sink, stages);
    }

    VideoReport Report(string input, string output, string codec, MediaStream video, IFrameSink sink, IReadOnlyList<VideoStage> stages)
    {
        _losses.AddRange(sink.LargestShift > TimeSpan.FromMilliseconds(1) ? [string.Create(CultureInfo.InvariantCulture, $"frames moved by up to {sink.LargestShift.TotalMilliseconds:0} ms: the output knows only a constant frame rate")] : []);
        return new VideoReport
        {
            Input = input,
            Output = output,
            Engine = VideoEngine.Ffmpeg,
            Codec = codec,
            Width = video.Width,
            Height = video.Height,
            Frames = sink.Frames,
            Elapsed = _clock.Elapsed,
            Stages = stages,
            Losses = _losses,
        };
    }

    FrameWork Work(long? total) => new(network, options.FramesInFlightFor(network), total, _clock, progress);

    void CheckSize(MediaStream video, string name)
    {
        if ((long)video.Width * video.Height > options.MaxFramePixels)
        {
            throw new VideoException(name, string.Create(CultureInfo.InvariantCulture, $"frames of {video.Width}x{video.Height} exceed the limit of {options.MaxFramePixels} pixels; raise MaxFramePixels if you trust it"));
        }
    }
}
