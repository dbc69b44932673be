using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NLCL.Runtime;

/// <summary>Chroma across: sample i sits on luma column 2i, in both directions.</summary>
static class ChromaRows
{
    /// <summary>Linear interpolation: even columns take a sample, odd ones the mean of two.</summary>
    /// <param name="chroma">The samples, and one more on the right.</param>
    /// <param name="target">At least twice as many values as there are samples, less the extra one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<float> chroma, Span<float> target)
    {
        var i = 0;
        var own = Vector256.Create(1f, 0.5f, 1f, 0.5f, 1f, 0.5f, 1f, 0.5f);
        var next = Vector256.Create(0f, 0.5f, 0f, 0.5f, 0f, 0.5f, 0f, 0.5f);
        ref var c = ref MemoryMarshal.GetReference(chroma);
        ref var t = ref MemoryMarshal.GetReference(target);
        for (; i < chroma.Length - 4; i += 4)
        {
            ((Twice(ref c, i) * own) + (Twice(ref c, i + 1) * next)).StoreUnsafe(ref t, (nuint)(2 * i));
        }
        for (; i < chroma.Length - 1; i++)
        {
            target[2 * i] = chroma[i];
            target[(2 * i) + 1] = (chroma[i] + chroma[i + 1]) * 0.5f;
        }
    }

    /// <summary>Weights 1, 2, 1 around every even column: the mirror image of <see cref="Widen"/>.</summary>
    /// <param name="wide">One value per luma column.</param>
    /// <param name="chroma">Half as many, rounded up.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow(ReadOnlySpan<float> wide, Span<float> chroma)
    {
        chroma[0] = ((wide[0] * 3f) + wide[Math.Min(1, wide.Length - 1)]) * 0.25f;
        ref var w = ref MemoryMarshal.GetReference(wide);
        ref var c = ref MemoryMarshal.GetReference(chroma);
        var i = Avx512F.IsSupported ? NarrowWide(wide, chroma) : 1;
        for (; (2 * i) + 8 < wide.Length; i += 4)
        {
            // Even and odd columns of eight, then the odd ones moved by one pair.
            var at = (nuint)(2 * i);
            var (low, high) = (Vector128.LoadUnsafe(ref w, at), Vector128.LoadUnsafe(ref w, at + 4));
            var (lowBefore, highBefore) = (Vector128.LoadUnsafe(ref w, at - 1), Vector128.LoadUnsafe(ref w, at + 3));
            var even = Evens(low, high);
            var odd = Odds(low, high);
            var oddBefore = Evens(lowBefore, highBefore);
            ((even * 0.5f) + ((odd + oddBefore) * 0.25f)).StoreUnsafe(ref c, (nuint)i);
        }
        for (; i < chroma.Length; i++)
        {
            chroma[i] = (wide[2 * i] * 0.5f) + ((wide[(2 * i) - 1] + wide[Math.Min((2 * i) + 1, wide.Length - 1)]) * 0.25f);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int NarrowWide(ReadOnlySpan<float> wide, Span<float> chroma)
    {
        var evens = Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
        var odds = evens + Vector512<int>.One;
        ref var w = ref MemoryMarshal.GetReference(wide);
        ref var c = ref MemoryMarshal.GetReference(chroma);
        var i = 1;
        for (; (2 * i) + 32 <= wide.Length; i += 16)
        {
            var at = (nuint)(2 * i);
            var (low, high) = (Vector512.LoadUnsafe(ref w, at), Vector512.LoadUnsafe(ref w, at + 16));
            // The odd columns before: the same ones, moved by a pair.
            var before = Avx512F.PermuteVar16x32x2(Vector512.LoadUnsafe(ref w, at - 1), evens, Vector512.LoadUnsafe(ref w, at + 15));
            var even = Avx512F.PermuteVar16x32x2(low, evens, high);
            var odd = Avx512F.PermuteVar16x32x2(low, odds, high);
            ((even * 0.5f) + ((odd + before) * 0.25f)).StoreUnsafe(ref c, (nuint)i);
        }
        return i;
    }

    static Vector256<float> Twice(ref float from, int at)
    {
        var v = Vector128.LoadUnsafe(ref from, (nuint)at);
        return Vector256.Create(Vector128.Shuffle(v, Vector128.Create(0, 0, 1, 1)), Vector128.Shuffle(v, Vector128.Create(2, 2, 3, 3)));
    }

    static Vector128<float> Evens(Vector128<float> low, Vector128<float> high) =>
        Vector128.Create(Vector128.Shuffle(low, Vector128.Create(0, 2, 0, 2)).GetLower(), Vector128.Shuffle(high, Vector128.Create(0, 2, 0, 2)).GetLower());

    static Vector128<float> Odds(Vector128<float> low, Vector128<float> high) =>
        Vector128.Create(Vector128.Shuffle(low, Vector128.Create(1, 3, 1, 3)).GetLower(), Vector128.Shuffle(high, Vector128.Create(1, 3, 1, 3)).GetLower());
}
