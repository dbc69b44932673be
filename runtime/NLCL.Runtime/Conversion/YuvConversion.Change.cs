namespace NLCL.Runtime;

public sealed partial class YuvConversion
{
    /// <summary>
    /// The frame with a network's change of its RGB added: <c>derained = frame + yuv(background - rainy)</c>. Where the
    /// network changes nothing, Y, U and V stay bit for bit what they were; codes that RGB cannot hold survive too.
    /// </summary>
    /// <param name="frame">The frame that <paramref name="rainyPlanarRgb"/> was made from by <see cref="ToPlanarRgb"/>.</param>
    /// <param name="rainyPlanarRgb">The network's input.</param>
    /// <param name="backgroundPlanarRgb">The network's output; clamped to 0..1 here, a value that is no number changes nothing.</param>
    /// <param name="derained"><see cref="YuvFormat.FrameBytes"/> bytes; may be the same memory as <paramref name="frame"/>.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public void ApplyChange(
        ReadOnlySpan<byte> frame,
        ReadOnlySpan<float> rainyPlanarRgb,
        ReadOnlySpan<float> backgroundPlanarRgb,
        Span<byte> derained)
    {
        var pixels = 3 * Format.Width * Format.Height;
        CheckLength(frame.Length, Format.FrameBytes, nameof(frame));
        CheckLength(derained.Length, Format.FrameBytes, nameof(derained));
        CheckLength(rainyPlanarRgb.Length, pixels, nameof(rainyPlanarRgb));
        CheckLength(backgroundPlanarRgb.Length, pixels, nameof(backgroundPlanarRgb));
        // The rows are what is added, in codes.
        var codes = new CodeRow(scale: -1, least: 0, most: MostCode, ceiling: MostCode);
        var lumaRow = Format.Width * Format.BytesPerSample;
        var chromaRow = Format.ChromaWidth * Format.BytesPerSample;
        var lumaRows = Format.Sampling == ChromaSampling.Yuv420 ? 2 : 1;
        for (var j = 0; j < Format.ChromaHeight; j++)
        {
            var last = Math.Min((j + 1) * lumaRows, Format.Height);
            var pair = last - (j * lumaRows) == 2;
            if (pair)
            {
                ChangeRows(rainyPlanarRgb, backgroundPlanarRgb, j * lumaRows);
            }
            else
            {
                ChangeRow(rainyPlanarRgb, backgroundPlanarRgb, j * lumaRows);
            }
            for (var y = j * lumaRows; y < last; y++)
            {
                var change = y == j * lumaRows ? _luma : _secondLuma;
                codes.Subtract(frame.Slice(y * lumaRow, lumaRow), Format.BytesPerSample, change, derained.Slice(y * lumaRow, lumaRow));
            }
            var at = Format.LumaBytes + (j * chromaRow);
            AddChroma(codes, frame.Slice(at, chromaRow), _u, derained.Slice(at, chromaRow));
            at += Format.ChromaBytes;
            AddChroma(codes, frame.Slice(at, chromaRow), _v, derained.Slice(at, chromaRow));
        }
    }

    /// <summary>
    /// The frame less a rain layer that is the same in red, green and blue: luma falls by it, chroma stays bit for bit. Luma does not leave the range from
    /// black to white, as RGB would not leave 0..1; codes that were beyond stay at the most what they were.
    /// </summary>
    /// <param name="frame"><see cref="YuvFormat.FrameBytes"/> bytes.</param>
    /// <param name="rain"><c>Width * Height</c> values, 1 for the way from black to white; may be negative, and a value that is no number changes nothing.</param>
    /// <param name="derained"><see cref="YuvFormat.FrameBytes"/> bytes; may be the same memory as <paramref name="frame"/>.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public void SubtractRain(ReadOnlySpan<byte> frame, ReadOnlySpan<float> rain, Span<byte> derained)
    {
        CheckLength(frame.Length, Format.FrameBytes, nameof(frame));
        CheckLength(rain.Length, Format.Width * Format.Height, nameof(rain));
        CheckLength(derained.Length, Format.FrameBytes, nameof(derained));
        var luma = Format.LumaBytes;
        new CodeRow(_lumaScale, _lumaOffset, _lumaOffset + _lumaScale, MostCode).Subtract(frame[..luma], Format.BytesPerSample, rain, derained[..luma]);
        if (frame != derained)
        {
            frame[luma..].CopyTo(derained[luma..]);
        }
    }

    int MostCode => (1 << Format.Bits) - 1;

    void AddChroma(CodeRow codes, ReadOnlySpan<byte> original, Span<float> wide, Span<byte> target)
    {
        var chroma = wide[..Format.Width];
        if (Format.Sampling != ChromaSampling.Yuv444)
        {
            var narrow = _blend.AsSpan(0, Format.ChromaWidth);
            ChromaRows.Narrow(chroma, narrow);
            chroma = narrow;
        }
        codes.Subtract(original, Format.BytesPerSample, chroma, target);
    }
}
