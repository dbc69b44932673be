using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NLCL.Runtime;

/// <summary>Rows of U and V in turn, from and to a row each.</summary>
static class InterleavedRow
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Split(ReadOnlySpan<byte> pairs, Span<byte> u, Span<byte> v)
    {
        ref var source = ref MemoryMarshal.GetReference(pairs);
        ref var first = ref MemoryMarshal.GetReference(u);
        ref var second = ref MemoryMarshal.GetReference(v);
        var low = Vector256.Create((ushort)0xFF);
        var i = 0;
        for (; i <= u.Length - 32; i += 32)
        {
            var one = Vector256.LoadUnsafe(ref source, (nuint)(2 * i)).AsUInt16();
            var two = Vector256.LoadUnsafe(ref source, (nuint)((2 * i) + 32)).AsUInt16();
            Vector256.Narrow(one & low, two & low).StoreUnsafe(ref first, (nuint)i);
            Vector256.Narrow(one >>> 8, two >>> 8).StoreUnsafe(ref second, (nuint)i);
        }
        for (; i < u.Length; i++)
        {
            (u[i], v[i]) = (pairs[2 * i], pairs[(2 * i) + 1]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Join(ReadOnlySpan<byte> u, ReadOnlySpan<byte> v, Span<byte> pairs)
    {
        ref var target = ref MemoryMarshal.GetReference(pairs);
        ref var first = ref MemoryMarshal.GetReference(u);
        ref var second = ref MemoryMarshal.GetReference(v);
        var i = 0;
        for (; i <= u.Length - 32; i += 32)
        {
            var (oneU, twoU) = Vector256.Widen(Vector256.LoadUnsafe(ref first, (nuint)i));
            var (oneV, twoV) = Vector256.Widen(Vector256.LoadUnsafe(ref second, (nuint)i));
            (oneU | (oneV << 8)).AsByte().StoreUnsafe(ref target, (nuint)(2 * i));
            (twoU | (twoV << 8)).AsByte().StoreUnsafe(ref target, (nuint)((2 * i) + 32));
        }
        for (; i < u.Length; i++)
        {
            (pairs[2 * i], pairs[(2 * i) + 1]) = (u[i], v[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Split(ReadOnlySpan<ushort> pairs, Span<ushort> u, Span<ushort> v, int shift)
    {
        for (var i = 0; i < u.Length; i++)
        {
            (u[i], v[i]) = ((ushort)(pairs[2 * i] >> shift), (ushort)(pairs[(2 * i) + 1] >> shift));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Join(ReadOnlySpan<ushort> u, ReadOnlySpan<ushort> v, Span<ushort> pairs, int shift)
    {
        for (var i = 0; i < u.Length; i++)
        {
            (pairs[2 * i], pairs[(2 * i) + 1]) = ((ushort)(u[i] << shift), (ushort)(v[i] << shift));
        }
    }
}
