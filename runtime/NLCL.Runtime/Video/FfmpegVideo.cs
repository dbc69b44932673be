using System.Diagnostics;
using System.Globalization;

namespace NLCL.Runtime;

/// <summary>Derains one file: decoder, network and encoder at work at the same time.</summary>
sealed class FfmpegVideo(FfmpegTool tool, FrameNetwork network, string model, VideoOptions options)
{
    /// <summary>Derains <paramref name="input"/> into the temporary file of <paramref name="folder"/>, or one shard of it into segments.</summary>
    /// <param name="input">The rainy clip.</param>
    /// <param name="output">The name that the file will have; for its extension and for messages.</param>
    /// <param name="folder">The files that may be written.</param>
    /// <param name="progress">Told after every frame, from another thread.</param>
    /// <param name="cancellationToken">Ends the child processes.</param>
    public VideoReport Derain(string input, string output, WorkFolder folder, IProgress<VideoProgress>? progress, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        List<string> losses = [];
        var plan = Prepare(input, output, folder, losses, cancellationToken);
        var delay = Delay(plan.Source);
        var work = new FrameWork(network, options.FramesInFlightFor(network), plan.Source.FrameEstimate, clock, progress);
        var report = new VideoReport
        {
            Input = input,
            Output = output,
            Engine = VideoEngine.Ffmpeg,
            Codec = plan.Codec,
            Width = plan.Layout.Format.Width,
            Height = plan.Layout.Format.Height,
            Shard = options.Shard,
            Frames = 0,
            Elapsed = default,
            Stages = [],
            Losses = losses,
        };
        if (options.SegmentLength != TimeSpan.Zero && CodecSettings.AllowsSegments(plan.Extension, plan.Codec))
        {
            var (manifest, resumed, stages) = new SegmentedVideo(plan, folder, input, output, delay, model).Run(work, cancellationToken);
            report = report with { Frames = manifest.End!.Frames, ResumedFrames = resumed, Stages = stages };
            losses.AddRange(manifest.End.Complaint is { } complaint ? [complaint] : []);
            if (options.Shard.IsWhole)
            {
                Join(plan, [.. manifest.Segments.Values], folder, input, output, losses, cancellationToken);
            }
        }
        else
        {
            RefuseParts(plan, output);
            folder.Clear([]);
            var (frames, stages, lastWords) = InOneGo(plan, input, output, folder.TemporaryPath, delay, work, losses, cancellationToken);
            report = report with { Frames = frames, Stages = stages };
            Complete(plan, folder.TemporaryPath, output, frames, lastWords, losses, cancellationToken);
        }

        return report with { Elapsed = clock.Elapsed };
    }

    /// <summary>Looks at the input and decides how the output is written.</summary>
    public EncoderPlan Prepare(string input, string output, WorkFolder folder, List<string> losses, CancellationToken cancellationToken)
    {
        var source = MediaProbe.Read(tool.Ffprobe, input, options.AllowPlaylists, options.MaxFramePixels, cancellationToken);
        var video = Check(input, source);
        var layout = FrameLayout.For(video);
        losses.AddRange(layout.Loss is null ? [] : [layout.Loss]);
        var extension = Path.GetExtension(output).ToLowerInvariant();
        var streams = StreamSelection.Choose(tool, input, source, output, folder, options, losses, cancellationToken);
        var hardware = HardwareVideo.Find(tool, options, cancellationToken);
        var codec = options.Codec ?? CodecSettings.Choose(tool, hardware, extension, video, layout, cancellationToken);
        return new EncoderPlan(tool, source, layout, streams, codec, extension, options, hardware);
    }

    /// <summary>Joins finished segments with everything else of the original, and checks the result.</summary>
    public void Join(EncoderPlan plan, IReadOnlyList<FinishedSegment> segments, WorkFolder folder, string input, string output, List<string> losses, CancellationToken cancellationToken)
    {
        var lastWords = SegmentJoin.Run(plan, segments, folder, input, output, Delay(plan.Source), cancellationToken);
        Complete(plan, folder.TemporaryPath, output, segments.Sum(segment => segment.Frames), lastWords, losses, cancellationToken);
    }

    void RefuseParts(EncoderPlan plan, string output)
    {
        var reason = $"{plan.Extension} with {plan.Codec} is written in one go; write to a .mkv or .mp4 file";
        if (!options.Shard.IsWhole)
        {
            throw VideoException.Output(output, $"cannot be made in shards: {reason}");
        }

        if (options.Resume && options.SegmentLength != TimeSpan.Zero)
        {
            throw VideoException.Output(output, $"cannot be resumed: {reason}, or run without Resume");
        }
    }

    static (long Frames, IReadOnlyList<VideoStage> Stages, string LastWords) InOneGo(
        EncoderPlan plan, string input, string output, string target, long delay, FrameWork work, List<string> losses, CancellationToken cancellationToken)
    {
        using var decoder = FfmpegDecoder.Start(plan, input, delay);
        using var encoder = FfmpegEncoder.Start(plan.Tool, plan.Arguments(input, target, delay), output, plan.Tick, plan.Source.Video!.FrameRate);
        var stages = work.Run(decoder, encoder, FrameConversion.Of(plan.Layout), output, cancellationToken);
        if (decoder.Complaint is { } complaint)
        {
            losses.Add(complaint);
        }

        if (encoder.LargestShift > TimeSpan.FromMilliseconds(1))
        {
            losses.Add(string.Create(CultureInfo.InvariantCulture, $"frames moved by up to {encoder.LargestShift.TotalMilliseconds:0} ms: {plan.Extension} with {plan.Codec} knows only a constant frame rate"));
        }

        return (encoder.Frames, stages, encoder.LastWords);
    }

    /// <summary>Reads back what was written, and names what is not as it was.</summary>
    public void Complete(EncoderPlan plan, string target, string output, long frames, string lastWords, List<string> losses, CancellationToken cancellationToken)
    {
        if (plan.IsMov && plan.Source.Video!.DisplayMatrix is { } matrix)
        {
            Mp4Matrix.Write(target, plan.Streams.Count(stream => stream.Source.IsVideo && stream.Source.Index < plan.Source.Video.Index), matrix);
        }

        OutputCheck.Run(plan, ReadBack(target, output, lastWords, cancellationToken), frames, lastWords, output, losses);
    }

    MediaStream Check(string input, MediaInfo source)
    {
        if (source.Video is not { } video)
        {
            throw new VideoException(input, "has no video stream");
        }

        if (video.Width < 1 || video.Height < 1)
        {
            throw new VideoException(input, "its header does not say how large a frame is; the file is damaged");
        }

        if ((long)video.Width * video.Height > options.MaxFramePixels)
        {
            throw new VideoException(input, string.Create(CultureInfo.InvariantCulture, $"frames of {video.Width}x{video.Height} exceed the limit of {options.MaxFramePixels} pixels; raise MaxFramePixels if you trust the file"));
        }

        if (video.PixelFormat is null)
        {
            throw new VideoException(input, $"its video stream ({video.CodecName}) cannot be decoded: the file is damaged, or this ffmpeg does not know the codec");
        }

        return video;
    }

    MediaInfo ReadBack(string target, string output, string lastWords, CancellationToken cancellationToken)
    {
        try
        {
            return MediaProbe.ReadAndCount(tool.Ffprobe, target, cancellationToken);
        }
        catch (VideoException e)
        {
            throw VideoException.Output(output, "what the encoder wrote cannot be read back" + (lastWords.Length > 0 ? lastWords : $" ({e.Message}); choose another Codec or container"), e);
        }
    }

    /// <summary>Looks at an input that is only decoded.</summary>
    public EncoderPlan PrepareDecoding(string input, List<string> losses, CancellationToken cancellationToken)
    {
        var source = MediaProbe.Read(tool.Ffprobe, input, options.AllowPlaylists, options.MaxFramePixels, cancellationToken);
        var layout = FrameLayout.For(Check(input, source));
        losses.AddRange(layout.Loss is null ? [] : [layout.Loss]);
        return new EncoderPlan(tool, source, layout, [], "rawvideo", ".y4m", options, HardwareVideo.Find(tool, options, cancellationToken));
    }

    /// <summary>Seconds to add to all times of a clip whose times begin below 0.</summary>
    // NUT holds no negative times: everything moves by whole seconds, which every time base can count.
    public static long Delay(MediaInfo source) =>
        Math.Min(source.Format.StartTime ?? 0, source.Video?.StartTime ?? 0) is var start && start < 0 ? (long)Math.Ceiling(-start) : 0;
}
