namespace NLCL.Runtime;

/// <summary>
/// Packed pixels, as OpenCV and cameras keep them, from and to planar RGB of floats 0..1, as networks want them. Strides count
/// elements, so rows may be wider than the picture. On the way back integers saturate and round to the nearest code, so that
/// every code survives both ways; what is no number becomes 0.
/// </summary>
public static class PixelConversion
{
    /// <summary>8-bit pixels to planar RGB; 255 becomes 1.</summary>
    /// <param name="packed">Rows of <paramref name="stride"/> elements; the last may end with its last pixel.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="layout">Order of the channels.</param>
    /// <param name="planarRgb"><c>3 * width * height</c> values.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <exception cref="ArgumentException">A span is too short, or the stride.</exception>
    public static void ToPlanar(ReadOnlySpan<byte> packed, int stride, PackedLayout layout, Span<float> planarRgb, int width, int height) =>
        Spread(packed, stride, layout, planarRgb, width, height);

    /// <summary>16-bit pixels to planar RGB; 65535 becomes 1.</summary>
    /// <inheritdoc cref="ToPlanar(ReadOnlySpan{byte}, int, PackedLayout, Span{float}, int, int)"/>
    public static void ToPlanar(ReadOnlySpan<ushort> packed, int stride, PackedLayout layout, Span<float> planarRgb, int width, int height) =>
        Spread(packed, stride, layout, planarRgb, width, height);

    /// <summary>Float pixels to planar RGB, values as they are.</summary>
    /// <inheritdoc cref="ToPlanar(ReadOnlySpan{byte}, int, PackedLayout, Span{float}, int, int)"/>
    public static void ToPlanar(ReadOnlySpan<float> packed, int stride, PackedLayout layout, Span<float> planarRgb, int width, int height) =>
        Spread(packed, stride, layout, planarRgb, width, height);

    /// <summary>Planar RGB to 8-bit pixels.</summary>
    /// <param name="planarRgb"><c>3 * width * height</c> values.</param>
    /// <param name="packed">Rows of <paramref name="stride"/> elements; alpha stays what it is there.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="layout">Order of the channels.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <exception cref="ArgumentException">A span is too short, or the stride.</exception>
    public static void ToPacked(ReadOnlySpan<float> planarRgb, Span<byte> packed, int stride, PackedLayout layout, int width, int height) =>
        Pack(planarRgb, packed, stride, layout, width, height);

    /// <summary>Planar RGB to 16-bit pixels.</summary>
    /// <inheritdoc cref="ToPacked(ReadOnlySpan{float}, Span{byte}, int, PackedLayout, int, int)"/>
    public static void ToPacked(ReadOnlySpan<float> planarRgb, Span<ushort> packed, int stride, PackedLayout layout, int width, int height) =>
        Pack(planarRgb, packed, stride, layout, width, height);

    /// <summary>Planar RGB to float pixels; values keep what lies outside 0..1.</summary>
    /// <inheritdoc cref="ToPacked(ReadOnlySpan{float}, Span{byte}, int, PackedLayout, int, int)"/>
    public static void ToPacked(ReadOnlySpan<float> planarRgb, Span<float> packed, int stride, PackedLayout layout, int width, int height) =>
        Pack(planarRgb, packed, stride, layout, width, height);

    static void Spread<T>(ReadOnlySpan<T> packed, int stride, PackedLayout layout, Span<float> planarRgb, int width, int height)
        where T : unmanaged
    {
        var order = Check(packed.Length, stride, layout, planarRgb.Length, width, height);
        for (var y = 0; y < height; y++)
        {
            PackedRow.ToPlanar(packed.Slice(y * stride, width * order.Channels), order, TargetRow.At(planarRgb, width, height, y));
        }
    }

    static void Pack<T>(ReadOnlySpan<float> planarRgb, Span<T> packed, int stride, PackedLayout layout, int width, int height)
        where T : unmanaged
    {
        var order = Check(packed.Length, stride, layout, planarRgb.Length, width, height);
        for (var y = 0; y < height; y++)
        {
            PackedRow.ToPacked(SourceRow.At(planarRgb, width, height, y), order, packed.Slice(y * stride, width * order.Channels));
        }
    }

    static ChannelOrder Check(int packedLength, int stride, PackedLayout layout, int planarLength, int width, int height)
    {
        var order = ChannelOrder.Of(layout);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var row = (long)width * order.Channels;
        if (stride < row || packedLength < ((height - 1L) * stride) + row)
        {
            throw new ArgumentException($"{width} x {height} pixels of {layout} at stride {stride} do not fit {packedLength} elements.");
        }
        if (planarLength != 3L * width * height)
        {
            throw new ArgumentException($"{width} x {height} pixels of planar RGB are {3L * width * height} values, not {planarLength}.");
        }
        return order;
    }
}
