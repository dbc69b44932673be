using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>
/// Planar YUV frames of one format as planar RGB, and a network's change of that RGB back into the frame. Keeps row buffers,
/// so that a frame costs no allocation: one object per thread.
/// </summary>
public sealed partial class YuvConversion
{
    readonly float _kr;
    readonly float _kg;
    readonly float _kb;
    readonly float _lumaOffset;
    readonly float _lumaScale;
    readonly float _chromaOffset;
    readonly float _chromaScale;
    readonly float _redOfV;
    readonly float _greenOfU;
    readonly float _greenOfV;
    readonly float _blueOfU;
    readonly float[] _luma;
    readonly float[] _secondLuma;
    readonly float[] _u;
    readonly float[] _v;
    readonly float[] _blend;
    readonly ChromaPlane _uPlane;
    readonly ChromaPlane _vPlane;
    readonly ChromaShares[] _shares;

    /// <summary>Prepares the row buffers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The format is out of range.</exception>
    public YuvConversion(YuvFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        format.Validate();
        Format = format;
        var coefficients = YuvCoefficients.Of(format.Matrix, format.Range, format.Bits);
        (_kr, _kg, _kb) = (coefficients.Kr, coefficients.Kg, coefficients.Kb);
        (_lumaOffset, _lumaScale) = (coefficients.LumaOffset, coefficients.LumaScale);
        (_chromaOffset, _chromaScale) = (coefficients.ChromaOffset, coefficients.ChromaScale);
        (_redOfV, _greenOfU, _greenOfV, _blueOfU) = (coefficients.RedOfV, coefficients.GreenOfU, coefficients.GreenOfV, coefficients.BlueOfU);
        _luma = new float[format.Width];
        _secondLuma = new float[format.Width];
        _u = new float[2 * format.ChromaWidth];
        _v = new float[2 * format.ChromaWidth];
        // One sample more, so that the last one has a right neighbour.
        _blend = new float[format.ChromaWidth + 1];
        _uPlane = new ChromaPlane(format, _chromaOffset, _chromaScale);
        _vPlane = new ChromaPlane(format, _chromaOffset, _chromaScale);
        // Two neighbouring rows are wanted together, so parity keeps them apart.
        _shares = [new ChromaShares(format.ChromaWidth), new ChromaShares(format.ChromaWidth)];
    }

    /// <summary>The format of all frames.</summary>
    public YuvFormat Format { get; }

    /// <summary>The frame as RGB. Chroma is interpolated linearly between its sample positions.</summary>
    /// <param name="frame"><see cref="YuvFormat.FrameBytes"/> bytes.</param>
    /// <param name="planarRgb"><c>3 * Width * Height</c> values, 0..1; colours that RGB cannot hold are clamped.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public void ToPlanarRgb(ReadOnlySpan<byte> frame, Span<float> planarRgb)
    {
        CheckLength(frame.Length, Format.FrameBytes, nameof(frame));
        CheckLength(planarRgb.Length, 3 * Format.Width * Format.Height, nameof(planarRgb));
        var width = Format.Width;
        var plane = width * Format.Height;
        var uPlane = frame.Slice(Format.LumaBytes, Format.ChromaBytes);
        var vPlane = frame.Slice(Format.LumaBytes + Format.ChromaBytes, Format.ChromaBytes);
        var rowBytes = width * Format.BytesPerSample;
        _uPlane.Forget();
        _vPlane.Forget();
        _shares[0].Forget();
        _shares[1].Forget();
        for (var y = 0; y < Format.Height; y++)
        {
            SampleRow.Load(frame.Slice(y * rowBytes, rowBytes), Format.BytesPerSample, _lumaOffset, 1f / _lumaScale, _luma);
            if (Format.Sampling == ChromaSampling.Yuv420)
            {
                // Chroma row j sits half-way between luma rows 2j and 2j + 1.
                var far = Math.Clamp((y / 2) + ((y & 1) == 0 ? -1 : 1), 0, Format.ChromaHeight - 1);
                Yuv420Row.Mix(_luma, Shares(uPlane, vPlane, y / 2), Shares(uPlane, vPlane, far), TargetRow.At(planarRgb, width, Format.Height, y));
                continue;
            }
            ChromaRow(_uPlane, uPlane, y, _u);
            ChromaRow(_vPlane, vPlane, y, _v);
            var at = y * width;
            Mix(planarRgb.Slice(at, width), planarRgb.Slice(plane + at, width), planarRgb.Slice((2 * plane) + at, width));
        }
    }

    SourceRow Shares(ReadOnlySpan<byte> uPlane, ReadOnlySpan<byte> vPlane, int row)
    {
        var shares = _shares[row & 1];
        if (shares.Row != row)
        {
            shares.Make(row, _uPlane.Row(uPlane, row), _vPlane.Row(vPlane, row), _redOfV, _greenOfU, _greenOfV, _blueOfU);
        }
        return shares.Values;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Mix(Span<float> red, Span<float> green, Span<float> blue)
    {
        var (redOfV, greenOfU, greenOfV, blueOfU) = (_redOfV, _greenOfU, _greenOfV, _blueOfU);
        ref var luma = ref MemoryMarshal.GetArrayDataReference(_luma);
        ref var u = ref MemoryMarshal.GetArrayDataReference(_u);
        ref var v = ref MemoryMarshal.GetArrayDataReference(_v);
        ref var r = ref MemoryMarshal.GetReference(red);
        ref var g = ref MemoryMarshal.GetReference(green);
        ref var b = ref MemoryMarshal.GetReference(blue);
        var x = 0;
        for (; x <= red.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            var at = (nuint)x;
            var (l, cu, cv) = (Vector.LoadUnsafe(ref luma, at), Vector.LoadUnsafe(ref u, at), Vector.LoadUnsafe(ref v, at));
            Unit(l + (cv * redOfV)).StoreUnsafe(ref r, at);
            Unit(l + (cu * greenOfU) + (cv * greenOfV)).StoreUnsafe(ref g, at);
            Unit(l + (cu * blueOfU)).StoreUnsafe(ref b, at);
        }
        for (; x < red.Length; x++)
        {
            red[x] = Math.Clamp(_luma[x] + (_v[x] * redOfV), 0f, 1f);
            green[x] = Math.Clamp(_luma[x] + (_u[x] * greenOfU) + (_v[x] * greenOfV), 0f, 1f);
            blue[x] = Math.Clamp(_luma[x] + (_u[x] * blueOfU), 0f, 1f);
        }
    }

    /// <summary>One chroma plane as it is seen at luma row <paramref name="y"/>, at luma resolution.</summary>
    void ChromaRow(ChromaPlane rows, ReadOnlySpan<byte> plane, int y, Span<float> target)
    {
        var row = rows.Row(plane, y).AsSpan(0, Format.ChromaWidth);
        if (Format.Sampling == ChromaSampling.Yuv444)
        {
            row.CopyTo(target);
            return;
        }
        row.CopyTo(_blend);
        _blend[Format.ChromaWidth] = _blend[Format.ChromaWidth - 1];
        ChromaRows.Widen(_blend, target);
    }

    static Vector<float> Unit(Vector<float> value) => Vector.MinNative(Vector.MaxNative(value, Vector<float>.Zero), Vector<float>.One);

    static void CheckLength(int length, int expected, string name)
    {
        if (length != expected)
        {
            throw new ArgumentException($"Expected {expected} values, found {length}.", name);
        }
    }
}
