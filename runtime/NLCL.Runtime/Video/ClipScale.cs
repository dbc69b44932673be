namespace NLCL.Runtime;

/// <summary>How fine the pictures of a clip really are, by some frames of its first second.</summary>
static class ClipScale
{
    // A clip may fade in, so more than one; decoding them takes as long as all up to the last.
    const int Frames = 25, Step = 8;

    /// <returns>See <see cref="WorkingScale"/>; 1 where nothing can be read: whoever derains the clip says why.</returns>
    public static int Of(FfmpegTool tool, string input, VideoOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var source = MediaProbe.Read(tool, input, options.AllowPlaylists, options.MaxFramePixels, cancellationToken);
            return source.Video is { PixelFormat: not null } video && !WorkingScale.IsSmall(video.Width, video.Height) && (long)video.Width * video.Height <= options.MaxFramePixels
                ? Of(new EncoderPlan(tool, source, FrameLayout.For(video), [], "rawvideo", "", options, HardwareVideo.None), input, cancellationToken)
                : 1;
        }
        catch (Exception e) when (e is VideoException or IOException or UnauthorizedAccessException)
        {
            return 1;
        }
    }

    static int Of(EncoderPlan plan, string input, CancellationToken cancellationToken)
    {
        using var decoder = FfmpegDecoder.Start(plan, input, FfmpegVideo.Delay(plan.Source));
        using var stop = cancellationToken.Register(decoder.Kill);
        using var slot = new FrameSlot(plan.Layout.Format.FrameBytes);
        try
        {
            var finest = WorkingScale.Finest(Scales(decoder, slot, plan.Layout.Format));
            cancellationToken.ThrowIfCancellationRequested();
            return finest;
        }
        finally
        {
            decoder.Kill();
        }
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
}
