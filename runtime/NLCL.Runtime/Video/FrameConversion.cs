namespace NLCL.Runtime;

/// <summary>How frames become planar RGB and back.</summary>
/// <param name="FrameBytes">Size of a frame as source and sink see it.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Back">Name of the part that turns RGB back.</param>
/// <param name="CreateConverter">Makes a converter; each thread needs its own.</param>
sealed record FrameConversion(int FrameBytes, int Width, int Height, string Back, Func<FrameConverter> CreateConverter)
{
    /// <summary>For YUV frames.</summary>
    public static FrameConversion Yuv(YuvFormat format) => new(format.FrameBytes, format.Width, format.Height, "yuv", () =>
    {
        var conversion = new YuvConversion(format);
        return new FrameConverter(
            (slot, planes) => conversion.ToPlanarRgb(slot.Samples, planes.Rainy),
            (slot, planes) => conversion.ApplyChange(slot.Samples, planes.Rainy, planes.Background, slot.Samples));
    });

    /// <summary>For packed 8-bit BGR, as OpenCV has it.</summary>
    public static FrameConversion Bgr(int width, int height) => new(checked(width * height * 3), width, height, "bgr", () => new FrameConverter(
        (slot, planes) => PixelConversion.ToPlanar(slot.Samples, width * 3, PackedLayout.Bgr, planes.Rainy, width, height),
        (slot, planes) => PixelConversion.ToPacked(planes.Background, slot.Samples, width * 3, PackedLayout.Bgr, width, height)));
}

/// <summary>Converts the frames of one thread.</summary>
/// <param name="ToRgb">Fills <see cref="IFramePlanes.Rainy"/>.</param>
/// <param name="FromRgb">Turns <see cref="FrameSlot.Samples"/> into the background.</param>
sealed record FrameConverter(Action<FrameSlot, IFramePlanes> ToRgb, Action<FrameSlot, IFramePlanes> FromRgb);
