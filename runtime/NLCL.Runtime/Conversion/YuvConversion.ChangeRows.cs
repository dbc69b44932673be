using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NLCL.Runtime;

public sealed partial class YuvConversion
{
    /// <summary>Change of one luma row in codes, and of the chroma there at luma's resolution.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void ChangeRow(ReadOnlySpan<float> rainy, ReadOnlySpan<float> background, int y)
    {
        var from = SourceRow.At(rainy, Format.Width, Format.Height, y);
        var to = SourceRow.At(background, Format.Width, Format.Height, y);
        var (uOfBlue, vOfRed) = ChromaOfChange(rows: 1);
        ref var luma = ref MemoryMarshal.GetArrayDataReference(_luma);
        ref var u = ref MemoryMarshal.GetArrayDataReference(_u);
        ref var v = ref MemoryMarshal.GetArrayDataReference(_v);
        var x = 0;
        for (; x <= Format.Width - Vector<float>.Count; x += Vector<float>.Count)
        {
            var i = (nuint)x;
            var (red, green, blue) = (Change(from.Red, to.Red, x), Change(from.Green, to.Green, x), Change(from.Blue, to.Blue, x));
            var change = (red * _kr) + (green * _kg) + (blue * _kb);
            (change * _lumaScale).StoreUnsafe(ref luma, i);
            ((blue - change) * uOfBlue).StoreUnsafe(ref u, i);
            ((red - change) * vOfRed).StoreUnsafe(ref v, i);
        }
        for (; x < Format.Width; x++)
        {
            var (change, blue, red) = ChangeAt(from, to, x);
            (_luma[x], _u[x], _v[x]) = (change * _lumaScale, blue * uOfBlue, red * vOfRed);
        }
    }

    /// <summary>The same of two luma rows that share a chroma row, which gets the mean of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void ChangeRows(ReadOnlySpan<float> rainy, ReadOnlySpan<float> background, int y)
    {
        var (width, height) = (Format.Width, Format.Height);
        var (uOfBlue, vOfRed) = ChromaOfChange(rows: 2);
        SourceRow from = SourceRow.At(rainy, width, height, y), nextFrom = SourceRow.At(rainy, width, height, y + 1);
        SourceRow to = SourceRow.At(background, width, height, y), nextTo = SourceRow.At(background, width, height, y + 1);
        ref var first = ref MemoryMarshal.GetArrayDataReference(_luma);
        ref var second = ref MemoryMarshal.GetArrayDataReference(_secondLuma);
        ref var u = ref MemoryMarshal.GetArrayDataReference(_u);
        ref var v = ref MemoryMarshal.GetArrayDataReference(_v);
        var x = 0;
        for (; Vector512.IsHardwareAccelerated && x <= width - Vector512<float>.Count; x += Vector512<float>.Count)
        {
            var i = (nuint)x;
            var (red, green, blue) = (Change512(from.Red, to.Red, i), Change512(from.Green, to.Green, i), Change512(from.Blue, to.Blue, i));
            var (nextRed, nextGreen, nextBlue) = (Change512(nextFrom.Red, nextTo.Red, i), Change512(nextFrom.Green, nextTo.Green, i), Change512(nextFrom.Blue, nextTo.Blue, i));
            var change = (red * _kr) + (green * _kg) + (blue * _kb);
            var nextChange = (nextRed * _kr) + (nextGreen * _kg) + (nextBlue * _kb);
            (change * _lumaScale).StoreUnsafe(ref first, i);
            (nextChange * _lumaScale).StoreUnsafe(ref second, i);
            var both = change + nextChange;
            ((blue + nextBlue - both) * uOfBlue).StoreUnsafe(ref u, i);
            ((red + nextRed - both) * vOfRed).StoreUnsafe(ref v, i);
        }
        for (; x <= width - Vector<float>.Count; x += Vector<float>.Count)
        {
            var i = (nuint)x;
            var (red, green, blue) = (Change(from.Red, to.Red, x), Change(from.Green, to.Green, x), Change(from.Blue, to.Blue, x));
            var (nextRed, nextGreen, nextBlue) = (Change(nextFrom.Red, nextTo.Red, x), Change(nextFrom.Green, nextTo.Green, x), Change(nextFrom.Blue, nextTo.Blue, x));
            var change = (red * _kr) + (green * _kg) + (blue * _kb);
            var nextChange = (nextRed * _kr) + (nextGreen * _kg) + (nextBlue * _kb);
            (change * _lumaScale).StoreUnsafe(ref first, i);
            (nextChange * _lumaScale).StoreUnsafe(ref second, i);
            var both = change + nextChange;
            ((blue + nextBlue - both) * uOfBlue).StoreUnsafe(ref u, i);
            ((red + nextRed - both) * vOfRed).StoreUnsafe(ref v, i);
        }
        for (; x < width; x++)
        {
            var (change, blue, red) = ChangeAt(from, to, x);
            var (nextChange, nextBlue, nextRed) = ChangeAt(nextFrom, nextTo, x);
            (_luma[x], _secondLuma[x]) = (change * _lumaScale, nextChange * _lumaScale);
            (_u[x], _v[x]) = ((blue + nextBlue) * uOfBlue, (red + nextRed) * vOfRed);
        }
    }

    (float UOfBlue, float VOfRed) ChromaOfChange(int rows) =>
        (_chromaScale / (rows * 2f * (1f - _kb)), _chromaScale / (rows * 2f * (1f - _kr)));

    /// <summary>Luma's change, and how far blue's and red's differ from it.</summary>
    (float Luma, float Blue, float Red) ChangeAt(SourceRow from, SourceRow to, int x)
    {
        var (red, green, blue) = (Change(from.Red[x], to.Red[x]), Change(from.Green[x], to.Green[x]), Change(from.Blue[x], to.Blue[x]));
        var change = (red * _kr) + (green * _kg) + (blue * _kb);
        return (change, blue - change, red - change);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Change512(ReadOnlySpan<float> rainy, ReadOnlySpan<float> background, nuint x)
    {
        var from = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(rainy), x);
        var to = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(background), x);
        // What is no number changes nothing.
        var number = Vector512.ConditionalSelect(Vector512.Equals(to, to), to, from);
        return Vector512.MinNative(Vector512.MaxNative(number, Vector512<float>.Zero), Vector512<float>.One) - from;
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
