namespace NLCL.Runtime;

/// <summary>How frames become planar RGB and back.</summary>
/// <param name="FrameBytes">Size of a frame as source and sink see it.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Back">Name of the stage that turns RGB back.</param>
/// <param name="ToRgb">Fills <see cref="FrameSlot.Rainy"/>.</param>
/// <param name="FromRgb">Turns <see cref="FrameSlot.Samples"/> into the background.</param>
sealed record FrameConversion(int FrameBytes, int Width, int Height, string Back, Action<FrameSlot> ToRgb, Action<FrameSlot> FromRgb)
{
    /// <summary>For YUV frames.</summary>
    public static FrameConversion Yuv(YuvFormat format)
    {
        // Each works on a thread of its own.
        var reading = new YuvConversion(format);
        var writing = new YuvConversion(format);
        return new FrameConversion(
            format.FrameBytes,
            format.Width,
            format.Height,
            "yuv",
            slot => reading.ToPlanarRgb(slot.Samples, slot.Rainy),
            slot => writing.ApplyChange(slot.Samples, slot.Rainy, slot.Background, slot.Samples));
    }

    /// <summary>For packed 8-bit BGR, as OpenCV has it.</summary>
    public static FrameConversion Bgr(int width, int height) => new(
        checked(width * height * 3),
        width,
        height,
        "bgr",
        slot => PixelConversion.ToPlanar(slot.Samples, width * 3, PackedLayout.Bgr, slot.Rainy, width, height),
        slot => PixelConversion.ToPacked(slot.Background, slot.Samples, width * 3, PackedLayout.Bgr, width, height));
}
