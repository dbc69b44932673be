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

    /// <summary>Over a block of 16 x 16 pixels.</summary>
    /// <param name="one">First pixel of the block.</param>
    /// <param name="other">First pixel of the other one.</param>
    /// <param name="stride">Pixels from one row to the next, of both.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int OfBlock(ref byte one, ref byte other, int stride)
    {
        // So often that no lane overflows: 8 * 24 < 256.
        var (upper, lower) = (OfEightRows(ref one, ref other, stride), OfEightRows(ref Unsafe.Add(ref one, 8 * stride), ref Unsafe.Add(ref other, 8 * stride), stride));
        return Vector128.Sum(Vector128.WidenLower(upper) + Vector128.WidenUpper(upper) + Vector128.WidenLower(lower) + Vector128.WidenUpper(lower));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<byte> OfEightRows(ref byte one, ref byte other, int stride)
    {
        var (lanes, most) = (Vector128<byte>.Zero, Vector128.Create(Most));
        for (var row = 0; row < 8; row++)
        {
            var (a, b) = (Vector128.LoadUnsafe(ref one, (nuint)(row * stride)), Vector128.LoadUnsafe(ref other, (nuint)(row * stride)));
            lanes += Vector128.Min(Vector128.Max(a, b) - Vector128.Min(a, b), most);
        }
        return lanes;
    }
}
