using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
        var max = (1 << Format.Bits) - 1;
        var lumaRow = Format.Width * Format.BytesPerSample;
        var chromaRow = Format.ChromaWidth * Format.BytesPerSample;
        var lumaRows = Format.Sampling == ChromaSampling.Yuv420 ? 2 : 1;
        for (var j = 0; j < Format.ChromaHeight; j++)
        {
            var last = Math.Min((j + 1) * lumaRows, Format.Height);
            for (var y = j * lumaRows; y < last; y++)
            {
                ChangeRow(rainyPlanarRgb, backgroundPlanarRgb, y, y == j * lumaRows, 1f / (last - (j * lumaRows)));
                SampleRow.Add(frame.Slice(y * lumaRow, lumaRow), Format.BytesPerSample, _luma, max, derained.Slice(y * lumaRow, lumaRow));
            }
            var at = Format.LumaBytes + (j * chromaRow);
            AddChroma(frame.Slice(at, chromaRow), _u, max, derained.Slice(at, chromaRow));
            at += Format.ChromaBytes;
            AddChroma(frame.Slice(at, chromaRow), _v, max, derained.Slice(at, chromaRow));
        }
    }

    /// <summary>Change of one luma row in codes; its share in the chroma rows is stored or added.</summary>
    void ChangeRow(ReadOnlySpan<float> rainy, ReadOnlySpan<float> background, int y, bool first, float share)
    {
        var width = Format.Width;
        var from = SourceRow.At(rainy, width, Format.Height, y);
        var to = SourceRow.At(background, width, Format.Height, y);
        var uOfBlue = _chromaScale * share / (2f * (1f - _kb));
        var vOfRed = _chromaScale * share / (2f * (1f - _kr));
        var keep = first ? 0f : 1f;
        ref var luma = ref MemoryMarshal.GetArrayDataReference(_luma);
        ref var u = ref MemoryMarshal.GetArrayDataReference(_u);
        ref var v = ref MemoryMarshal.GetArrayDataReference(_v);
        var x = 0;
        for (; x <= width - Vector<float>.Count; x += Vector<float>.Count)
        {
            var i = (nuint)x;
            var (red, green, blue) = (Change(from.Red, to.Red, x), Change(from.Green, to.Green, x), Change(from.Blue, to.Blue, x));
            var change = (red * _kr) + (green * _kg) + (blue * _kb);
            (change * _lumaScale).StoreUnsafe(ref luma, i);
            ((Vector.LoadUnsafe(ref u, i) * keep) + ((blue - change) * uOfBlue)).StoreUnsafe(ref u, i);
            ((Vector.LoadUnsafe(ref v, i) * keep) + ((red - change) * vOfRed)).StoreUnsafe(ref v, i);
        }
        for (; x < width; x++)
        {
            var (red, green, blue) = (Change(from.Red[x], to.Red[x]), Change(from.Green[x], to.Green[x]), Change(from.Blue[x], to.Blue[x]));
            var change = (red * _kr) + (green * _kg) + (blue * _kb);
            _luma[x] = change * _lumaScale;
            _u[x] = (_u[x] * keep) + ((blue - change) * uOfBlue);
            _v[x] = (_v[x] * keep) + ((red - change) * vOfRed);
        }
    }

    void AddChroma(ReadOnlySpan<byte> original, Span<float> wide, int max, Span<byte> target)
    {
        var chroma = wide[..Format.Width];
        if (Format.Sampling != ChromaSampling.Yuv444)
        {
            var narrow = _blend.AsSpan(0, Format.ChromaWidth);
            ChromaRows.Narrow(chroma, narrow);
            chroma = narrow;
        }
        SampleRow.Add(original, Format.BytesPerSample, chroma, max, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector<float> Change(ReadOnlySpan<float> rainy, ReadOnlySpan<float> background, int x)
    {
        var from = Vector.LoadUnsafe(ref MemoryMarshal.GetReference(rainy), (nuint)x);
        var to = Vector.LoadUnsafe(ref MemoryMarshal.GetReference(background), (nuint)x);
        return Unit(Vector.ConditionalSelect(Vector.Equals(to, to), to, from)) - from;
    }

    static float Change(float rainy, float background) =>
        float.IsNaN(background) ? 0f : Math.Clamp(background, 0f, 1f) - rainy;
}
