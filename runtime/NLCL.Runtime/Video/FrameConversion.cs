using System.Numerics;

namespace NLCL.Runtime;

/// <summary>How frames become planar RGB and back.</summary>
/// <param name="FrameBytes">Size of a frame as source and sink see it.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Back">Name of the part that turns RGB back.</param>
/// <param name="Samples">What the frames are, for a network that takes them as they are.</param>
/// <param name="CreateConverter">Makes a converter for a network that sees so many frames; each thread needs its own.</param>
/// <param name="InPlanes">A network that takes samples must not have these: they say something else than theirs.</param>
sealed record FrameConversion(int FrameBytes, int Width, int Height, string Back, SampleFormat Samples, Func<int, FrameConverter> CreateConverter, bool InPlanes = false)
{
    /// <summary>For the frames of a layout.</summary>
    public static FrameConversion Of(FrameLayout layout) => layout.IsPq ? Pq(layout.Format) : Yuv(layout.Format);

    /// <summary>For YUV frames.</summary>
    public static FrameConversion Yuv(YuvFormat format) => new(format.FrameBytes, format.Width, format.Height, "yuv", SampleFormat.Of(format), window =>
    {
        var conversion = new YuvConversion(format);
        return new FrameConverter(
            window,
            format.Width,
            format.Height,
            conversion.ToPlanarRgb,
            (rainy, background, samples) => conversion.ApplyChange(samples, rainy, background, samples),
            (_, rain, samples) => conversion.SubtractRain(samples, rain, samples));
    });

    /// <summary>For YUV frames along PQ: the network sees them along another curve, and along that its rain is taken off.</summary>
    static FrameConversion Pq(YuvFormat format) => Yuv(format) with
    {
        InPlanes = true,
        CreateConverter = window =>
        {
            var conversion = new YuvConversion(format);
            var background = new float[3 * format.Width * format.Height];
            return new FrameConverter(
                window,
                format.Width,
                format.Height,
                (samples, planes) =>
                {
                    conversion.ToPlanarRgb(samples, planes);
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
                    Subtract(background, rain);
                    PqCurve.FromSeen(background, background);
                    Change(rainy, samples);
                });

            // Where the network changed nothing both are the same to the last bit, and so stay the samples.
            void Change(Span<float> rainy, Span<byte> samples)
            {
                PqCurve.FromSeen(rainy, rainy);
                conversion.ApplyChange(samples, rainy, background, samples);
            }
        },
    };

    /// <summary>For packed 8-bit BGR, as OpenCV has it.</summary>
    public static FrameConversion Bgr(int width, int height) => new(checked(width * height * 3), width, height, "bgr", SampleFormat.Bgr, window => new FrameConverter(
        window,
        width,
        height,
        (samples, planes) => PixelConversion.ToPlanar(samples, width * 3, PackedLayout.Bgr, planes, width, height),
        (_, background, samples) => PixelConversion.ToPacked(background, samples, width * 3, PackedLayout.Bgr, width, height),
        (rainy, rain, samples) =>
        {
            Subtract(rainy, rain);
            PixelConversion.ToPacked(rainy, samples, width * 3, PackedLayout.Bgr, width, height);
        }));

    /// <summary>One plane off each of three.</summary>
    static void Subtract(Span<float> planes, ReadOnlySpan<float> rain)
    {
        for (var start = 0; start < planes.Length; start += rain.Length)
        {
            SubtractPlane(planes.Slice(start, rain.Length), rain);
        }
    }

    static void SubtractPlane(Span<float> colour, ReadOnlySpan<float> rain)
    {
        var i = 0;
        for (; i <= colour.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (new Vector<float>(colour[i..]) - new Vector<float>(rain[i..])).CopyTo(colour[i..]);
        }
        for (; i < colour.Length; i++)
        {
            colour[i] -= rain[i];
        }
    }
}

/// <summary>A frame's samples as planar RGB.</summary>
delegate void SamplesToRgb(ReadOnlySpan<byte> samples, Span<float> planarRgb);

/// <summary>Turns the samples of the rainy frame into those of its background.</summary>
/// <param name="rainy">Planar RGB; may be written to.</param>
/// <param name="given">See <see cref="IFramePlanes.Given"/>.</param>
/// <param name="samples">Of the frame.</param>
delegate void GivenToSamples(Span<float> rainy, ReadOnlySpan<float> given, Span<byte> samples);

/// <summary>Converts the frames of one thread.</summary>
/// <param name="window">Frames that the network sees to make one.</param>
/// <param name="width">In pixels.</param>
/// <param name="height">In pixels.</param>
/// <param name="toRgb">Of one frame.</param>
/// <param name="fromRgb">Of one frame's background.</param>
/// <param name="fromRain">Of one frame's rain layer.</param>
sealed class FrameConverter(int window, int width, int height, SamplesToRgb toRgb, GivenToSamples fromRgb, GivenToSamples fromRain)
{
    /// <summary>Fills <see cref="IFramePlanes.Seen"/> with what shows the same place. The frame stands for a neighbour that it does not have.</summary>
    public void ToRgb(FrameSlot slot, IFramePlanes planes)
    {
        var rainy = WindowPlanes.Middle(planes.Seen, window);
        toRgb(slot.Samples, rainy);
        if (window > 1)
        {
            Neighbour(slot.HasPrevious ? slot.Previous : [], rainy, WindowPlanes.Part(planes.Seen, window, 0));
            Neighbour(slot.HasNext ? slot.Next : [], rainy, WindowPlanes.Part(planes.Seen, window, 2));
            WindowPlanes.Align(planes.Seen, width, height);
        }
    }

    /// <summary>Turns <see cref="FrameSlot.Samples"/> into the background.</summary>
    public void FromRgb(FrameSlot slot, IFramePlanes planes) =>
        (planes.GivesRain ? fromRain : fromRgb)(WindowPlanes.Middle(planes.Seen, window), planes.Given, slot.Samples);

    void Neighbour(ReadOnlySpan<byte> samples, ReadOnlySpan<float> rainy, Span<float> planes)
    {
        if (samples.IsEmpty)
        {
            rainy.CopyTo(planes);
        }
        else
        {
            toRgb(samples, planes);
        }
    }
}
