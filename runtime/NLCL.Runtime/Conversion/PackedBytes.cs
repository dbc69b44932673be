using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NLCL.Runtime;

/// <summary>8-bit rows sixteen pixels at a time. Each call returns how many pixels of the row are done.</summary>
static class PackedBytes
{
    // Byte 3i + k of 48 belongs to channel k; index 255 leaves a zero for the other vectors to fill. [channel][vector]
    static readonly Vector128<byte> s_a0 = Split(0, 0), s_a1 = Split(0, 1), s_a2 = Split(0, 2);
    static readonly Vector128<byte> s_b0 = Split(1, 0), s_b1 = Split(1, 1), s_b2 = Split(1, 2);
    static readonly Vector128<byte> s_c0 = Split(2, 0), s_c1 = Split(2, 1), s_c2 = Split(2, 2);

    // The other way round. [vector][channel]
    static readonly Vector128<byte> s_d0 = Join(0, 0), s_d1 = Join(0, 1), s_d2 = Join(0, 2);
    static readonly Vector128<byte> s_e0 = Join(1, 0), s_e1 = Join(1, 1), s_e2 = Join(1, 2);
    static readonly Vector128<byte> s_f0 = Join(2, 0), s_f1 = Join(2, 1), s_f2 = Join(2, 2);

    public static int ToPlanar(ReadOnlySpan<byte> row, ChannelOrder order, TargetRow planes)
    {
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var red = ref MemoryMarshal.GetReference(planes.Red);
        ref var green = ref MemoryMarshal.GetReference(planes.Green);
        ref var blue = ref MemoryMarshal.GetReference(planes.Blue);
        return order.Channels switch
        {
            1 => Grey(ref source, planes.Length, ref red, ref green, ref blue),
            3 when order.Red == 0 => Triples(ref source, planes.Length, ref red, ref green, ref blue),
            3 => Triples(ref source, planes.Length, ref blue, ref green, ref red),
            _ when order.Red == 0 => Quads(ref source, planes.Length, ref red, ref green, ref blue),
            _ => Quads(ref source, planes.Length, ref blue, ref green, ref red),
        };
    }

    public static int ToPacked(SourceRow planes, ChannelOrder order, Span<byte> row)
    {
        ref var target = ref MemoryMarshal.GetReference(row);
        ref var red = ref MemoryMarshal.GetReference(planes.Red);
        ref var green = ref MemoryMarshal.GetReference(planes.Green);
        ref var blue = ref MemoryMarshal.GetReference(planes.Blue);
        return order.Channels switch
        {
            // The mean needs a division; grey video is rare enough for the plain loop.
            1 => 0,
            3 when order.Red == 0 => ToTriples(ref red, ref green, ref blue, planes.Length, ref target),
            3 => ToTriples(ref blue, ref green, ref red, planes.Length, ref target),
            _ when order.Red == 0 => ToQuads(ref red, ref green, ref blue, planes.Length, ref target),
            _ => ToQuads(ref blue, ref green, ref red, planes.Length, ref target),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Grey(ref byte source, int length, ref float red, ref float green, ref float blue)
    {
        var x = 0;
        for (; x <= length - 16; x += 16)
        {
            var grey = Vector128.LoadUnsafe(ref source, (nuint)x);
            SixteenBytes.Store(grey, ref red, x);
            SixteenBytes.Store(grey, ref green, x);
            SixteenBytes.Store(grey, ref blue, x);
        }
        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Triples(ref byte source, int length, ref float first, ref float second, ref float third)
    {
        // Into locals once: registers in the loop.
        var (a0, a1, a2) = (s_a0, s_a1, s_a2);
        var (b0, b1, b2) = (s_b0, s_b1, s_b2);
        var (c0, c1, c2) = (s_c0, s_c1, s_c2);
        var x = 0;
        for (; x <= length - 16; x += 16)
        {
            var v0 = Vector128.LoadUnsafe(ref source, (nuint)(3 * x));
            var v1 = Vector128.LoadUnsafe(ref source, (nuint)((3 * x) + 16));
            var v2 = Vector128.LoadUnsafe(ref source, (nuint)((3 * x) + 32));
            SixteenBytes.Store(Pick(v0, a0) | Pick(v1, a1) | Pick(v2, a2), ref first, x);
            SixteenBytes.Store(Pick(v0, b0) | Pick(v1, b1) | Pick(v2, b2), ref second, x);
            SixteenBytes.Store(Pick(v0, c0) | Pick(v1, c1) | Pick(v2, c2), ref third, x);
        }
        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int ToTriples(ref float first, ref float second, ref float third, int length, ref byte target)
    {
        var (a0, a1, a2) = (s_d0, s_d1, s_d2);
        var (b0, b1, b2) = (s_e0, s_e1, s_e2);
        var (c0, c1, c2) = (s_f0, s_f1, s_f2);
        var x = 0;
        for (; x <= length - 16; x += 16)
        {
            var v0 = SixteenBytes.Load(ref first, x);
            var v1 = SixteenBytes.Load(ref second, x);
            var v2 = SixteenBytes.Load(ref third, x);
            (Pick(v0, a0) | Pick(v1, a1) | Pick(v2, a2)).StoreUnsafe(ref target, (nuint)(3 * x));
            (Pick(v0, b0) | Pick(v1, b1) | Pick(v2, b2)).StoreUnsafe(ref target, (nuint)((3 * x) + 16));
            (Pick(v0, c0) | Pick(v1, c1) | Pick(v2, c2)).StoreUnsafe(ref target, (nuint)((3 * x) + 32));
        }
        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Quads(ref byte source, int length, ref float first, ref float second, ref float third)
    {
        var scale = Vector256.Create(1f / 255f);
        var mask = Vector256.Create(0xFF);
        var x = 0;
        for (; x <= length - 8; x += 8)
        {
            var pixels = Vector256.LoadUnsafe(ref source, (nuint)(4 * x)).AsInt32();
            (Vector256.ConvertToSingle(pixels & mask) * scale).StoreUnsafe(ref first, (nuint)x);
            (Vector256.ConvertToSingle((pixels >>> 8) & mask) * scale).StoreUnsafe(ref second, (nuint)x);
            (Vector256.ConvertToSingle((pixels >>> 16) & mask) * scale).StoreUnsafe(ref third, (nuint)x);
        }
        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int ToQuads(ref float first, ref float second, ref float third, int length, ref byte target)
    {
        var alpha = Vector256.Create(unchecked((int)0xFF000000));
        var x = 0;
        for (; x <= length - 8; x += 8)
        {
            var kept = Vector256.LoadUnsafe(ref target, (nuint)(4 * x)).AsInt32() & alpha;
            var colour = SixteenBytes.Code(Vector256.LoadUnsafe(ref first, (nuint)x))
                | (SixteenBytes.Code(Vector256.LoadUnsafe(ref second, (nuint)x)) << 8)
                | (SixteenBytes.Code(Vector256.LoadUnsafe(ref third, (nuint)x)) << 16);
            (kept | colour).AsByte().StoreUnsafe(ref target, (nuint)(4 * x));
        }
        return x;
    }

    static Vector128<byte> Pick(Vector128<byte> bytes, Vector128<byte> indices) => Vector128.ShuffleNative(bytes, indices);

    static Vector128<byte> Split(int channel, int vector)
    {
        Span<byte> indices = stackalloc byte[16];
        for (var i = 0; i < 16; i++)
        {
            var at = (3 * i) + channel - (16 * vector);
            indices[i] = at is >= 0 and < 16 ? (byte)at : (byte)255;
        }
        return Vector128.Create(indices);
    }

    static Vector128<byte> Join(int vector, int channel)
    {
        Span<byte> indices = stackalloc byte[16];
        for (var i = 0; i < 16; i++)
        {
            var at = (16 * vector) + i;
            indices[i] = at % 3 == channel ? (byte)(at / 3) : (byte)255;
        }
        return Vector128.Create(indices);
    }
}
