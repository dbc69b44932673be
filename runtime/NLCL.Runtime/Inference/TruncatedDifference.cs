using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NLCL.Runtime;

/// <summary>How far pixels lie apart, each difference counted up to a bound: rain and what moves by itself shall not outvote the rest.</summary>
static class TruncatedDifference
{
    /// <summary>Levels of 255 beyond which a difference counts no more.</summary>
    public const byte Most = 24;

    /// <summary>Over two rows of one length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Sum(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        ref byte first = ref MemoryMarshal.GetReference(one), second = ref MemoryMarshal.GetReference(other[..one.Length]);
        var (at, sum, most) = (0, Vector256<uint>.Zero, Vector256.Create(Most));
        while (at + Vector256<byte>.Count <= one.Length)
        {
            // So often that no lane overflows: 10 * 24 < 256.
            var lanes = Vector256<byte>.Zero;
            for (var i = 0; i < 10 && at + Vector256<byte>.Count <= one.Length; i++, at += Vector256<byte>.Count)
            {
                var (a, b) = (Vector256.LoadUnsafe(ref first, (nuint)at), Vector256.LoadUnsafe(ref second, (nuint)at));
                lanes += Vector256.Min(Vector256.Max(a, b) - Vector256.Min(a, b), most);
            }
            var pairs = Vector256.WidenLower(lanes) + Vector256.WidenUpper(lanes);
            sum += Vector256.WidenLower(pairs) + Vector256.WidenUpper(pairs);
        }
        var total = (long)Vector256.Sum(sum);
        for (; at < one.Length; at++)
        {
            total += Math.Min(Most, Math.Abs(one[at] - other[at]));
        }
        return total;
    }

    /// <summary>Over 16 pixels, as 8 sums of two; the caller adds up at most 1365 of them.</summary>
    public static Vector128<ushort> OfSixteen(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var (a, b) = (Vector128.Create(one), Vector128.Create(other));
        var lanes = Vector128.Min(Vector128.Max(a, b) - Vector128.Min(a, b), Vector128.Create(Most));
        return Vector128.WidenLower(lanes) + Vector128.WidenUpper(lanes);
    }
}
