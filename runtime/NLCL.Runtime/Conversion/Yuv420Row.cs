using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NLCL.Runtime;

/// <summary>
/// A luma row and the two chroma rows around it to a row of RGB, in one pass: chroma is blended down (three parts of the nearer
/// row, one of the farther), widened across (even columns a sample, odd ones the mean of two) and added to luma.
/// </summary>
static class Yuv420Row
{
    public static void Mix(ReadOnlySpan<float> luma, SourceRow near, SourceRow far, TargetRow target)
    {
        Mix(luma, near.Red, far.Red, target.Red);
        Mix(luma, near.Green, far.Green, target.Green);
        Mix(luma, near.Blue, far.Blue, target.Blue);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Mix(ReadOnlySpan<float> luma, ReadOnlySpan<float> near, ReadOnlySpan<float> far, Span<float> target)
    {
        var i = Avx512F.IsSupported ? Wide(luma, near, far, target) : Avx.IsSupported ? Middle(luma, near, far, target) : 0;
        for (; 2 * i < target.Length; i++)
        {
            var own = (near[i] * 0.75f) + (far[i] * 0.25f);
            target[2 * i] = Math.Clamp(luma[2 * i] + own, 0f, 1f);
            if ((2 * i) + 1 < target.Length)
            {
                var next = (near[i + 1] * 0.75f) + (far[i + 1] * 0.25f);
                target[(2 * i) + 1] = Math.Clamp(luma[(2 * i) + 1] + ((own + next) * 0.5f), 0f, 1f);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Wide(ReadOnlySpan<float> luma, ReadOnlySpan<float> near, ReadOnlySpan<float> far, Span<float> target)
    {
        var low = Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        var high = low + Vector512.Create(8);
        ref var n = ref MemoryMarshal.GetReference(near);
        ref var f = ref MemoryMarshal.GetReference(far);
        ref var l = ref MemoryMarshal.GetReference(luma);
        ref var t = ref MemoryMarshal.GetReference(target);
        var i = 0;
        if (near.Length >= 32)
        {
            // Each sample is blended once: the right neighbours are this block's own, moved by one, and the first of the next block.
            var neighbours = Vector512.Create(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
            var here = (Vector512.LoadUnsafe(ref n) * 0.75f) + (Vector512.LoadUnsafe(ref f) * 0.25f);
            for (; i + 32 <= near.Length && (2 * i) + 32 <= target.Length; i += 16)
            {
                var at = (nuint)i;
                var ahead = (Vector512.LoadUnsafe(ref n, at + 16) * 0.75f) + (Vector512.LoadUnsafe(ref f, at + 16) * 0.25f);
                var mean = (here + Avx512F.PermuteVar16x32x2(here, neighbours, ahead)) * 0.5f;
                Unit(Vector512.LoadUnsafe(ref l, 2 * at) + Avx512F.PermuteVar16x32x2(here, low, mean)).StoreUnsafe(ref t, 2 * at);
                Unit(Vector512.LoadUnsafe(ref l, (2 * at) + 16) + Avx512F.PermuteVar16x32x2(here, high, mean)).StoreUnsafe(ref t, (2 * at) + 16);
                here = ahead;
            }
        }
        for (; (2 * i) + 32 <= target.Length; i += 16)
        {
            var at = (nuint)i;
            var own = (Vector512.LoadUnsafe(ref n, at) * 0.75f) + (Vector512.LoadUnsafe(ref f, at) * 0.25f);
            var next = (Vector512.LoadUnsafe(ref n, at + 1) * 0.75f) + (Vector512.LoadUnsafe(ref f, at + 1) * 0.25f);
            var mean = (own + next) * 0.5f;
            Unit(Vector512.LoadUnsafe(ref l, 2 * at) + Avx512F.PermuteVar16x32x2(own, low, mean)).StoreUnsafe(ref t, 2 * at);
            Unit(Vector512.LoadUnsafe(ref l, (2 * at) + 16) + Avx512F.PermuteVar16x32x2(own, high, mean)).StoreUnsafe(ref t, (2 * at) + 16);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Middle(ReadOnlySpan<float> luma, ReadOnlySpan<float> near, ReadOnlySpan<float> far, Span<float> target)
    {
        ref var n = ref MemoryMarshal.GetReference(near);
        ref var f = ref MemoryMarshal.GetReference(far);
        ref var l = ref MemoryMarshal.GetReference(luma);
        ref var t = ref MemoryMarshal.GetReference(target);
        var i = 0;
        for (; (2 * i) + 16 <= target.Length; i += 8)
        {
            var at = (nuint)i;
            var own = (Vector256.LoadUnsafe(ref n, at) * 0.75f) + (Vector256.LoadUnsafe(ref f, at) * 0.25f);
            var next = (Vector256.LoadUnsafe(ref n, at + 1) * 0.75f) + (Vector256.LoadUnsafe(ref f, at + 1) * 0.25f);
            var mean = (own + next) * 0.5f;
            // Unpacking works within each half, so the halves are put in order afterwards.
            var (even, odd) = (Avx.UnpackLow(own, mean), Avx.UnpackHigh(own, mean));
            Unit(Vector256.LoadUnsafe(ref l, 2 * at) + Avx.Permute2x128(even, odd, 0x20)).StoreUnsafe(ref t, 2 * at);
            Unit(Vector256.LoadUnsafe(ref l, (2 * at) + 8) + Avx.Permute2x128(even, odd, 0x31)).StoreUnsafe(ref t, (2 * at) + 8);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Unit(Vector512<float> value) => Vector512.MinNative(Vector512.MaxNative(value, Vector512<float>.Zero), Vector512<float>.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Unit(Vector256<float> value) => Vector256.MinNative(Vector256.MaxNative(value, Vector256<float>.Zero), Vector256<float>.One);
}
