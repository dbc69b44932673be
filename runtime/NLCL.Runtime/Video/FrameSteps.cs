namespace NLCL.Runtime;

/// <summary>A frame's samples as planar RGB.</summary>
delegate void SamplesToRgb(ReadOnlySpan<byte> samples, Span<float> planarRgb);

/// <summary>Turns the samples of the rainy frame into those of its background.</summary>
/// <param name="rainy">Planar RGB; may be written to.</param>
/// <param name="given">See <see cref="IFramePlanes.Given"/>.</param>
/// <param name="samples">Of the frame.</param>
delegate void GivenToSamples(Span<float> rainy, ReadOnlySpan<float> given, Span<byte> samples);

/// <summary>From a frame's samples to what a network sees, and back from what it gives. They hold memory: each thread needs its own.</summary>
/// <param name="ToRgb">Of one frame.</param>
/// <param name="FromRgb">Of one frame's background.</param>
/// <param name="FromRain">Of one frame's rain layer.</param>
/// <param name="RainNeedsRgb"><paramref name="FromRain"/> looks at the rainy frame's planes.</param>
sealed record FrameSteps(SamplesToRgb ToRgb, GivenToSamples FromRgb, GivenToSamples FromRain, bool RainNeedsRgb = true)
{
    /// <summary>For YUV frames.</summary>
    public static FrameSteps Yuv(YuvFormat format)
    {
        var conversion = new YuvConversion(format);
        return new(
            conversion.ToPlanarRgb,
            (rainy, background, samples) => conversion.ApplyChange(samples, rainy, background, samples),
            (_, rain, samples) => conversion.SubtractRain(samples, rain, samples),
            RainNeedsRgb: false);
    }

    /// <summary>For YUV frames along PQ: the network sees them along another curve (<see cref="PqCurve"/>), and along that its rain is taken off.</summary>
    public static FrameSteps Pq(YuvFormat format)
    {
        var plain = Yuv(format);
        var background = new float[3 * format.Width * format.Height];
        return new(
            (samples, planes) =>
            {
                plain.ToRgb(samples, planes);
                PqCurve.ToSeen(planes);
            },
            (rainy, given, samples) =>
            {
                PqCurve.FromSeen(given, background);
                Change(rainy, samples);
            },
            (rainy, rain, samples) =>
            {
                rainy.CopyTo(background);
                RainPlane.Subtract(background, rain);
                PqCurve.FromSeen(background, background);
                Change(rainy, samples);
            });

        // Where the network changed nothing both are the same to the last bit, and so stay the samples.
        void Change(Span<float> rainy, Span<byte> samples)
        {
            PqCurve.FromSeen(rainy, rainy);
            plain.FromRgb(rainy, background, samples);
        }
    }

    /// <summary>For packed 8-bit BGR, as OpenCV has it.</summary>
    public static FrameSteps Bgr(int width, int height) => new(
        (samples, planes) => PixelConversion.ToPlanar(samples, width * 3, PackedLayout.Bgr, planes, width, height),
        (_, background, samples) => PixelConversion.ToPacked(background, samples, width * 3, PackedLayout.Bgr, width, height),
        (rainy, rain, samples) =>
        {
            RainPlane.Subtract(rainy, rain);
            PixelConversion.ToPacked(rainy, samples, width * 3, PackedLayout.Bgr, width, height);
        });

    /// <summary>The same for a network that sees the pixels elsewhere.</summary>
    /// <param name="arrangement">Where.</param>
    /// <param name="pixels">Of a frame.</param>
    public FrameSteps Arranged(IFrameArrangement arrangement, int pixels)
    {
        var stored = new float[3 * pixels];
        var given = new float[3 * pixels];
        return new(
            (samples, planes) =>
            {
                ToRgb(samples, stored);
                arrangement.Arrange(stored, planes);
            },
            (_, background, samples) => Back(FromRgb, needsRgb: true, background, samples),
            (_, rain, samples) => Back(FromRain, RainNeedsRgb, rain, samples),
            RainNeedsRgb: false);

        void Back(GivenToSamples step, bool needsRgb, ReadOnlySpan<float> seen, Span<byte> samples)
        {
            var back = given.AsSpan(0, seen.Length);
            arrangement.Restore(seen, back);
            // Neighbours were converted in the same memory since.
            if (needsRgb)
            {
                ToRgb(samples, stored);
            }

            step(stored, back, samples);
        }
    }
}
