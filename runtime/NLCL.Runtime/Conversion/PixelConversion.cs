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
    public static void ToPlanar(ReadOnlySpan<byte> packed, int stride, PackedLayout layout, Span<float> planarRgb, int width, int height)
    {
        var order = Check(packed.Length, stride, layout, planarRgb.Length, width, height);
        for (var y = 0; y < height; y++)
        {
            var row = packed.Slice(y * stride, width * order.Channels);
            var planes = TargetRow.At(planarRgb, width, height, y);
            PackedRow.ToPlanar(row, order, 1f / 255f, planes, PackedBytes.ToPlanar(row, order, planes));
        }
    }

    /// <summary>16-bit pixels to planar RGB; 65535 becomes 1.</summary>
    /// <inheritdoc cref="ToPlanar(ReadOnlySpan{byte}, int, PackedLayout, Span{float}, int, int)"/>
    public static void ToPlanar(ReadOnlySpan<ushort> packed, int stride, PackedLayout layout, Span<float> planarRgb, int width, int height)
    {
        var order = Check(packed.Length, stride, layout, planarRgb.Length, width, height);
        for (var y = 0; y < height; y++)
        {
            var row = packed.Slice(y * stride, width * order.Channels);
            PackedRow.ToPlanar(row, order, 1f / 65535f, TargetRow.At(planarRgb, width, height, y), 0);
        }
    }

    /// <summary>Float pixels to planar RGB, values as they are.</summary>
    /// <inheritdoc cref="ToPlanar(ReadOnlySpan{byte}, int, PackedLayout, Span{float}, int, int)"/>
    public static void ToPlanar(ReadOnlySpan<float> packed, int stride, PackedLayout layout, Span<float> planarRgb, int width, int height)
    {
        var order = Check(packed.Length, stride, layout, planarRgb.Length, width, height);
        for (var y = 0; y < height; y++)
        {
            var row = packed.Slice(y * stride, width * order.Channels);
            PackedRow.ToPlanar(row, order, 1f, TargetRow.At(planarRgb, width, height, y), 0);
        }
    }

    /// <summary>Planar RGB to 8-bit pixels.</summary>
    /// <param name="planarRgb"><c>3 * width * height</c> values.</param>
    /// <param name="packed">Rows of <paramref name="stride"/> elements; alpha stays what it is there.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="layout">Order of the channels.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <exception cref="ArgumentException">A span is too short, or the stride.</exception>
    public static void FromPlanar(ReadOnlySpan<float> planarRgb, Span<byte> packed, int stride, PackedLayout layout, int width, int height)
    {
        var order = Check(packed.Length, stride, layout, planarRgb.Length, width, height);
        for (var y = 0; y < height; y++)
        {
            var row = packed.Slice(y * stride, width * order.Channels);
            var planes = SourceRow.At(planarRgb, width, height, y);
            PackedRow.FromPlanar(planes, order, 255f, row, PackedBytes.FromPlanar(planes, order, row));
        }
    }

    /// <summary>Planar RGB to 16-bit pixels.</summary>
    /// <inheritdoc cref="FromPlanar(ReadOnlySpan{float}, Span{byte}, int, PackedLayout, int, int)"/>
    public static void FromPlanar(ReadOnlySpan<float> planarRgb, Span<ushort> packed, int stride, PackedLayout layout, int width, int height)
    {
        var order = Check(packed.Length, stride, layout, planarRgb.Length, width, height);
        for (var y = 0; y < height; y++)
        {
            var row = packed.Slice(y * stride, width * order.Channels);
            PackedRow.FromPlanar(SourceRow.At(planarRgb, width, height, y), order, 65535f, row, 0);
        }
    }

    /// <summary>Planar RGB to float pixels; values keep what lies outside 0..1.</summary>
    /// <inheritdoc cref="FromPlanar(ReadOnlySpan{float}, Span{byte}, int, PackedLayout, int, int)"/>
    public static void FromPlanar(ReadOnlySpan<float> planarRgb, Span<float> packed, int stride, PackedLayout layout, int width, int height)
    {
        var order = Check(packed.Length, stride, layout, planarRgb.Length, width, height);
        for (var y = 0; y < height; y++)
        {
            var row = packed.Slice(y * stride, width * order.Channels);
            PackedRow.FromPlanar(SourceRow.At(planarRgb, width, height, y), order, row);
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
