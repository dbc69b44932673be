namespace NLCL.Runtime;

/// <summary>At which scale a clip is seen, by some frames of its first second.</summary>
static class ClipScale
{
    // A clip may fade in, so more than one; decoding them takes as long as all up to the last.
    const int Frames = 25, Step = 8;

    /// <param name="input">The clip.</param>
    /// <param name="open">Opens the derainer of a scale, for large clips that are as fine as their size; null: they are seen at 1.</param>
    /// <param name="options">Of the clip.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>See <see cref="WorkingScale"/>; 1 without ffmpeg, and where nothing can be read: whoever derains the clip says why.</returns>
    public static int Of(string input, Func<int, Derainer>? open, VideoOptions options, CancellationToken cancellationToken)
    {
        if (FfmpegTool.Locate(options.FfmpegPath) is not var (ffmpeg, ffprobe))
        {
            return 1;
        }
        // Each program takes a fifth of a second to start, so both are asked at once.
        var probing = Task.Run(() => MediaProbe.Read(ffprobe, input, options.AllowPlaylists, options.MaxFramePixels, cancellationToken), CancellationToken.None);
        FfmpegTool tool;
        try
        {
            tool = FfmpegTool.Of(ffmpeg, ffprobe, cancellationToken);
        }
        finally
        {
            Task.WaitAny([probing], CancellationToken.None); // unlike Wait, without its exception
        }
        try
        {
            return Of(tool, probing.GetAwaiter().GetResult(), input, open, options, cancellationToken);
        }
        catch (Exception e) when (e is VideoException or IOException or UnauthorizedAccessException)
        {
            return 1;
        }
    }

    static int Of(FfmpegTool tool, MediaInfo source, string input, Func<int, Derainer>? open, VideoOptions options, CancellationToken cancellationToken)
    {
        if (source.Video is not { PixelFormat: not null } video || WorkingScale.IsSmall(video.Width, video.Height) || (long)video.Width * video.Height > options.MaxFramePixels)
        {
            return 1;
        }
        var plan = new EncoderPlan(tool, source, FrameLayout.For(video), [], "rawvideo", "", options, HardwareVideo.None);
        var coarse = Looked(plan, input, ByFineness, cancellationToken);
        return coarse > 1 || open is null || !StreakScale.IsLarge(video.Width, video.Height) ? coarse : ByRain(plan, input, open, cancellationToken);
    }

    static int ByFineness(FfmpegDecoder decoder, YuvFormat format)
    {
        using var slot = new FrameSlot(format.FrameBytes);
        return WorkingScale.Finest(Scales(decoder, slot, format));
    }

    static IEnumerable<int?> Scales(FfmpegDecoder decoder, FrameSlot slot, YuvFormat format)
    {
        for (var frame = 0; frame < Frames && decoder.TryRead(slot); frame++)
        {
            if (frame % Step == 0)
            {
                yield return WorkingScale.Of(BrightnessPlane.Of(slot.Samples, format));
            }
        }
    }

    static int ByRain(EncoderPlan plan, string input, Func<int, Derainer> open, CancellationToken cancellationToken)
    {
        RainyFrames? rainy = null;
        try
        {
            return StreakScale.Of(Found);
        }
        finally
        {
            rainy?.Dispose();
        }

        // Each is closed before the next: together they would take a third more memory than the clip itself will.
        double Found(int scale)
        {
            using var derainer = open(scale);
            rainy ??= Looked(plan, input, (decoder, format) => new RainyFrames(decoder, FrameConversion.Of(plan.Layout), format, derainer.Contract.Frames), cancellationToken);
            return rainy.Found(derainer.ForClips(), cancellationToken);
        }
    }

    static T Looked<T>(EncoderPlan plan, string input, Func<FfmpegDecoder, YuvFormat, T> look, CancellationToken cancellationToken)
    {
        using var decoder = FfmpegDecoder.Start(plan, input, FfmpegVideo.Delay(plan.Source));
        using var stop = cancellationToken.Register(decoder.Kill);
        try
        {
            var seen = look(decoder, plan.Layout.Format);
            cancellationToken.ThrowIfCancellationRequested();
            return seen;
        }
        finally
        {
            decoder.Kill();
        }
    }
}
