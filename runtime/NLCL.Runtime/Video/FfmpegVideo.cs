using System.Diagnostics;
using System.Globalization;

namespace NLCL.Runtime;

/// <summary>Derains one file: decoder, conversion, network, conversion and encoder at work at the same time.</summary>
sealed class FfmpegVideo(FfmpegTool tool, FrameDerainer derain, VideoOptions options)
{
    /// <summary>Derains <paramref name="input"/> into the temporary file of <paramref name="target"/>.</summary>
    /// <param name="input">The rainy clip.</param>
    /// <param name="output">The name that the file will have; for its extension and for messages.</param>
    /// <param name="target">The files that may be written.</param>
    /// <param name="progress">Told after every frame, from another thread.</param>
    /// <param name="cancellationToken">Ends the child processes.</param>
    public VideoReport Derain(string input, string output, VideoTarget target, IProgress<VideoProgress>? progress, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var source = MediaProbe.Read(tool, input, options.AllowPlaylists, cancellationToken);
        var video = Check(input, source);
        var layout = FrameLayout.For(video);
        List<string> losses = layout.Loss is null ? [] : [layout.Loss];
        var extension = Path.GetExtension(output).ToLowerInvariant();
        var streams = StreamSelection.Choose(tool, input, source, output, target, options, losses, cancellationToken);
        var plan = new EncoderPlan(tool, source, layout, streams, options.Codec ?? CodecSettings.DefaultFor(extension), extension, options);
        var (frames, stages, lastWords) = Run(plan, input, output, target.TemporaryPath, clock, progress, losses, cancellationToken);
        if (plan.IsMov && video.DisplayMatrix is { } matrix)
        {
            Mp4Matrix.Write(target.TemporaryPath, streams.Count(stream => stream.Source.IsVideo && stream.Source.Index < video.Index), matrix);
        }

        OutputCheck.Run(plan, ReadBack(target.TemporaryPath, output, lastWords, cancellationToken), frames, lastWords, output, losses);
        return new VideoReport
        {
            Input = input,
            Output = output,
            Engine = VideoEngine.Ffmpeg,
            Codec = plan.Codec,
            Width = video.Width,
            Height = video.Height,
            Frames = frames,
            Elapsed = clock.Elapsed,
            Stages = stages,
            Losses = losses,
        };
    }

    (long Frames, IReadOnlyList<VideoStage> Stages, string LastWords) Run(
        EncoderPlan plan, string input, string output, string target, Stopwatch clock, IProgress<VideoProgress>? progress, List<string> losses, CancellationToken cancellationToken)
    {
        var delay = Delay(plan.Source);
        using var decoder = FfmpegDecoder.Start(tool, input, plan.Source, plan.Layout, options, delay);
        using var encoder = FfmpegEncoder.Start(tool, plan.Arguments(input, target, delay), output, plan.Tick);
        var total = plan.Source.FrameEstimate;
        var format = plan.Layout.Format;
        var reading = new YuvConversion(format);
        var writing = new YuvConversion(format);
        CancellationToken stopping = default;
        FrameStage[] stages =
        [
            new("decode", decoder.TryRead),
            new("rgb", slot => Always(() => reading.ToPlanarRgb(slot.Samples, slot.Rainy))),
            new("derain", slot => Always(() => derain(slot.Rainy, slot.Background, format.Width, format.Height, stopping))),
            new("yuv", slot => Always(() => writing.ApplyChange(slot.Samples, slot.Rainy, slot.Background, slot.Samples))),
            new("encode", slot => Always(() =>
            {
                encoder.Write(decoder.Format, plan.Source.Video!.FrameRate, slot);
                progress?.Report(new VideoProgress(encoder.Frames, total, clock.Elapsed));
            })),
        ];
        using var pipeline = new FramePipeline(stages, format.FrameBytes, format.Width * format.Height, options.FramesInFlight, cancellationToken);
        stopping = pipeline.Stopping;
        // A stage that waits in a pipe notices nothing else than the end of the process behind it.
        using var stop = stopping.Register(() =>
        {
            decoder.Kill();
            encoder.Kill();
        });
        var finishing = false;
        _ = encoder.Exited.ContinueWith(_ => FailUnlessFinishing(), TaskScheduler.Default);
        pipeline.Run(cancellationToken);
        Volatile.Write(ref finishing, true);
        encoder.Finish();
        pipeline.ThrowIfStopped(cancellationToken);
        if (encoder.Frames != decoder.Frames)
        {
            throw new VideoException(output, string.Create(CultureInfo.InvariantCulture, $"{encoder.Frames} of {decoder.Frames} frames reached the encoder; please report this"));
        }

        if (decoder.Complaint is { } complaint)
        {
            losses.Add(complaint);
        }

        if (encoder.LargestShift > TimeSpan.FromMilliseconds(1))
        {
            losses.Add(string.Create(CultureInfo.InvariantCulture, $"frames moved by up to {encoder.LargestShift.TotalMilliseconds:0} ms: {plan.Extension} with {plan.Codec} knows only a constant frame rate"));
        }

        return (encoder.Frames, pipeline.Times, encoder.LastWords);

        void FailUnlessFinishing()
        {
            if (!Volatile.Read(ref finishing) && !stopping.IsCancellationRequested)
            {
                pipeline.Fail(encoder.Ended(null));
            }
        }
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

        if (video.PixelFormat is null)
        {
            throw new VideoException(input, $"its video stream ({video.CodecName}) cannot be decoded: the file is damaged, or this ffmpeg does not know the codec");
        }

        if ((long)video.Width * video.Height > options.MaxFramePixels)
        {
            throw new VideoException(input, string.Create(CultureInfo.InvariantCulture, $"frames of {video.Width}x{video.Height} exceed the limit of {options.MaxFramePixels} pixels; raise MaxFramePixels if you trust the file"));
        }

        return video;
    }

    MediaInfo ReadBack(string target, string output, string lastWords, CancellationToken cancellationToken)
    {
        try
        {
            return MediaProbe.ReadAndCount(tool, target, cancellationToken);
        }
        catch (VideoException e)
        {
            throw new VideoException(output, "what the encoder wrote cannot be read back" + (lastWords.Length > 0 ? lastWords : $" ({e.Message}); choose another Codec or container"), e);
        }
    }

    // NUT holds no negative times: everything moves by whole seconds, which every time base can count.
    static long Delay(MediaInfo source) =>
        Math.Min(source.Format.StartTime ?? 0, source.Video?.StartTime ?? 0) is var start && start < 0 ? (long)Math.Ceiling(-start) : 0;

    static bool Always(Action work)
    {
        work();
        return true;
    }
}
