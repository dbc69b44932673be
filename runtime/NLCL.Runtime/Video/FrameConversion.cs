namespace NLCL.Runtime;

/// <summary>How frames become what a network sees and back.</summary>
/// <param name="FrameBytes">Size of a frame as source and sink see it.</param>
/// <param name="Width">Of what the network sees, in pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Back">Name of the part that turns RGB back.</param>
/// <param name="Samples">What the frames are, for a network that takes them as they are.</param>
/// <param name="CreateSteps">Makes the steps of one thread.</param>
/// <param name="InPlanes">The network must not see the samples as they are: they are of another curve, of two fields, or on their side.</param>
sealed record FrameConversion(int FrameBytes, int Width, int Height, string Back, SampleFormat Samples, Func<FrameSteps> CreateSteps, bool InPlanes = false)
{
    /// <summary>For the frames of a layout.</summary>
    public static FrameConversion Of(FrameLayout layout)
    {
        var (format, turned) = (layout.Format, layout.Turn != FrameTurn.None);
        return Yuv(format) with
        {
            Width = turned ? format.Height : format.Width,
            Height = turned ? format.Width : format.Height,
            CreateSteps = () => StepsOf(layout),
            InPlanes = layout.IsPq || layout.HasFields || turned,
        };
    }

    static FrameSteps StepsOf(FrameLayout layout)
    {
        var format = layout.Format;
        var pixels = format.Width * format.Height;
        var steps = layout.IsPq ? FrameSteps.Pq(format) : FrameSteps.Yuv(format);
        steps = layout.HasFields ? steps.Arranged(new FieldRows(format.Width, format.Height), pixels) : steps;
        return layout.Turn == FrameTurn.None ? steps : steps.Arranged(new QuarterTurn(format.Width, format.Height, layout.Turn == FrameTurn.Left), pixels);
    }

    /// <summary>For whole, upright YUV frames along an ordinary curve.</summary>
    public static FrameConversion Yuv(YuvFormat format) => new(format.FrameBytes, format.Width, format.Height, "yuv", SampleFormat.Of(format), () => FrameSteps.Yuv(format));

    /// <summary>For packed 8-bit BGR, as OpenCV has it.</summary>
    public static FrameConversion Bgr(int width, int height) => new(checked(width * height * 3), width, height, "bgr", SampleFormat.Bgr, () => FrameSteps.Bgr(width, height));

    /// <summary>Makes a converter for a network that sees so many frames; each thread needs its own.</summary>
    public FrameConverter CreateConverter(int window) => new(window, Width, Height, CreateSteps());
}

/// <summary>Converts the frames of one thread.</summary>
/// <param name="window">Frames that the network sees to make one.</param>
/// <param name="width">Of what the network sees, in pixels.</param>
/// <param name="height">In pixels.</param>
/// <param name="steps">Of one frame.</param>
sealed class FrameConverter(int window, int width, int height, FrameSteps steps)
{
    /// <summary>Fills <see cref="IFramePlanes.Seen"/> with what shows the same place. The frame stands for a neighbour that it does not have.</summary>
    public void ToRgb(FrameSlot slot, IFramePlanes planes)
    {
        var rainy = WindowPlanes.Middle(planes.Seen, window);
        steps.ToRgb(slot.Samples, rainy);
        if (window > 1)
        {
            Neighbour(slot.HasPrevious ? slot.Previous : [], rainy, WindowPlanes.Part(planes.Seen, window, 0));
            Neighbour(slot.HasNext ? slot.Next : [], rainy, WindowPlanes.Part(planes.Seen, window, 2));
            WindowPlanes.Align(planes.Seen, width, height);
        }
    }

    /// <summary>Turns <see cref="FrameSlot.Samples"/> into the background.</summary>
    public void FromRgb(FrameSlot slot, IFramePlanes planes) =>
        (planes.GivesRain ? steps.FromRain : steps.FromRgb)(WindowPlanes.Middle(planes.Seen, window), planes.Given, slot.Samples);

    void Neighbour(ReadOnlySpan<byte> samples, ReadOnlySpan<float> rainy, Span<float> planes)
    {
        if (samples.IsEmpty)
        {
            rainy.CopyTo(planes);
        }
        else
        {
            steps.ToRgb(samples, planes);
        }
    }
}
