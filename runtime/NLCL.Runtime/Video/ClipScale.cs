using OpenCvSharp;

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
            return source.Video is { PixelFormat: not null } video && Math.Min(video.Width, video.Height) >= WorkingScale.SmallestSide && (long)video.Width * video.Height <= options.MaxFramePixels
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
        List<Mat> seen = [];
        try
        {
            for (var frame = 0; frame < Frames && decoder.TryRead(slot); frame++)
            {
                if (frame % Step == 0)
                {
                    seen.Add(Brightness(slot.Samples, plan.Layout.Format));
                }
            }
            cancellationToken.ThrowIfCancellationRequested();
            return seen.Count > 0 ? WorkingScale.Of(seen) : 1;
        }
        finally
        {
            seen.ForEach(frame => frame.Dispose());
            decoder.Kill();
        }
    }

    static Mat Brightness(Span<byte> samples, YuvFormat format)
    {
        var luma = new Mat(format.Height, format.Width, format.Bits > 8 ? MatType.CV_16UC1 : MatType.CV_8UC1);
        unsafe
        {
            samples[..format.LumaBytes].CopyTo(new Span<byte>(luma.DataPointer, format.LumaBytes));
        }
        if (format.Bits > 8)
        {
            // Levels of 16 bits, as of a picture.
            luma.ConvertTo(luma, MatType.CV_16UC1, 1 << (16 - format.Bits));
        }
        return luma;
    }
}
