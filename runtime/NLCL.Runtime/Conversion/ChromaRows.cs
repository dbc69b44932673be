using System.Runtime.Intrinsics;

namespace NLCL.Runtime;

/// <summary>Chroma across: sample i sits on luma column 2i, in both directions.</summary>
static class ChromaRows
{
    /// <summary>Linear interpolation: even columns take a sample, odd ones the mean of two.</summary>
    /// <param name="chroma">The samples, and one more on the right.</param>
    /// <param name="target">At least twice as many values as there are samples, less the extra one.</param>
    public static void Widen(ReadOnlySpan<float> chroma, Span<float> target)
    {
        var i = 0;
        var own = Vector256.Create(1f, 0.5f, 1f, 0.5f, 1f, 0.5f, 1f, 0.5f);
        var next = Vector256.Create(0f, 0.5f, 0f, 0.5f, 0f, 0.5f, 0f, 0.5f);
        for (; i < chroma.Length - 4; i += 4)
        {
            ((Twice(chroma[i..]) * own) + (Twice(chroma[(i + 1)..]) * next)).CopyTo(target[(2 * i)..]);
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
    public static void Narrow(ReadOnlySpan<float> wide, Span<float> chroma)
    {
        chroma[0] = ((wide[0] * 3f) + wide[Math.Min(1, wide.Length - 1)]) * 0.25f;
        var i = 1;
        for (; (2 * i) + 8 < wide.Length; i += 4)
        {
            // Even and odd columns of eight, then the odd ones moved by one pair.
            var (low, high) = (Vector128.Create(wide[(2 * i)..]), Vector128.Create(wide[((2 * i) + 4)..]));
            var (lowBefore, highBefore) = (Vector128.Create(wide[((2 * i) - 1)..]), Vector128.Create(wide[((2 * i) + 3)..]));
            var even = Evens(low, high);
            var odd = Odds(low, high);
            var oddBefore = Evens(lowBefore, highBefore);
            ((even * 0.5f) + ((odd + oddBefore) * 0.25f)).CopyTo(chroma[i..]);
        }
        for (; i < chroma.Length; i++)
        {
            chroma[i] = (wide[2 * i] * 0.5f) + ((wide[(2 * i) - 1] + wide[Math.Min((2 * i) + 1, wide.Length - 1)]) * 0.25f);
        }
    }

    static Vector256<float> Twice(ReadOnlySpan<float> four)
    {
        var v = Vector128.Create(four);
        return Vector256.Create(Vector128.Shuffle(v, Vector128.Create(0, 0, 1, 1)), Vector128.Shuffle(v, Vector128.Create(2, 2, 3, 3)));
    }

    static Vector128<float> Evens(Vector128<float> low, Vector128<float> high) =>
        Vector128.Create(Vector128.Shuffle(low, Vector128.Create(0, 2, 0, 2)).GetLower(), Vector128.Shuffle(high, Vector128.Create(0, 2, 0, 2)).GetLower());

    static Vector128<float> Odds(Vector128<float> low, Vector128<float> high) =>
        Vector128.Create(Vector128.Shuffle(low, Vector128.Create(1, 3, 1, 3)).GetLower(), Vector128.Shuffle(high, Vector128.Create(1, 3, 1, 3)).GetLower());
}
