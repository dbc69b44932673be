using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NLCL.Runtime;

/// <summary>Rows of 8-bit samples, or of wider little-endian ones, from and to float rows.</summary>
// Compiled for speed at once, as all loops over samples are here: tiered compilation leaves them slow for a hundred frames.
static class SampleRow
{
    /// <summary><c>target[i] = (samples[i] - offset) * scale</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(ReadOnlySpan<byte> samples, int bytesPerSample, float offset, float scale, Span<float> target)
    {
        var i = bytesPerSample == 1 ? LoadBytes(samples, offset, scale, target) : LoadWords(samples, offset, scale, target);
        for (; i < target.Length; i++)
        {
            target[i] = (Sample(samples, bytesPerSample, i) - offset) * scale;
        }
    }

    /// <summary><c>target[i] = clamp(round(original[i] + change[i]), 0, max)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<byte> original, int bytesPerSample, ReadOnlySpan<float> change, int max, Span<byte> target)
    {
        var i = bytesPerSample == 1 ? AddBytes(original, change, target) : AddWords(original, change, max, target);
        for (; i < change.Length; i++)
        {
            var value = (int)Math.Clamp(Sample(original, bytesPerSample, i) + change[i] + 0.5f, 0f, max);
            if (bytesPerSample == 1)
            {
                target[i] = (byte)value;
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(target[(2 * i)..], (ushort)value);
            }
        }
    }

    static int Sample(ReadOnlySpan<byte> samples, int bytesPerSample, int index) =>
        bytesPerSample == 1 ? samples[index] : BinaryPrimitives.ReadUInt16LittleEndian(samples[(2 * index)..]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int LoadBytes(ReadOnlySpan<byte> samples, float offset, float scale, Span<float> target)
    {
        ref var source = ref MemoryMarshal.GetReference(samples);
        ref var values = ref MemoryMarshal.GetReference(target);
        var step = Vector<byte>.Count;
        var i = 0;
        for (; Avx512F.IsSupported && i <= target.Length - 16; i += 16)
        {
            var codes = Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref source, (nuint)i)));
            ((codes - Vector512.Create(offset)) * scale).StoreUnsafe(ref values, (nuint)i);
        }
        for (; i <= target.Length - step; i += step)
        {
            Vector.Widen(Vector.LoadUnsafe(ref source, (nuint)i), out var low, out var high);
            Store(low, offset, scale, ref values, i);
            Store(high, offset, scale, ref values, i + (step / 2));
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int LoadWords(ReadOnlySpan<byte> samples, float offset, float scale, Span<float> target)
    {
        if (!BitConverter.IsLittleEndian)
        {
            return 0;
        }
        ref var source = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, ushort>(samples));
        ref var values = ref MemoryMarshal.GetReference(target);
        var i = 0;
        for (; i <= target.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Store(Vector.LoadUnsafe(ref source, (nuint)i), offset, scale, ref values, i);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(Vector<ushort> words, float offset, float scale, ref float target, int at)
    {
        Vector.Widen(words, out var low, out var high);
        var shift = new Vector<float>(offset);
        ((Vector.ConvertToSingle(Vector.AsVectorInt32(low)) - shift) * scale).StoreUnsafe(ref target, (nuint)at);
        ((Vector.ConvertToSingle(Vector.AsVectorInt32(high)) - shift) * scale).StoreUnsafe(ref target, (nuint)(at + Vector<float>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int AddBytes(ReadOnlySpan<byte> original, ReadOnlySpan<float> change, Span<byte> target)
    {
        ref var source = ref MemoryMarshal.GetReference(original);
        ref var difference = ref MemoryMarshal.GetReference(change);
        ref var codes = ref MemoryMarshal.GetReference(target);
        var step = Vector<byte>.Count;
        var i = 0;
        for (; Avx512F.IsSupported && i <= change.Length - 16; i += 16)
        {
            var sum = Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref source, (nuint)i)))
                + Vector512.LoadUnsafe(ref difference, (nuint)i) + Vector512.Create(0.5f);
            Avx512F.ConvertToVector128Byte(Codes(sum, 255)).StoreUnsafe(ref codes, (nuint)i);
        }
        for (; i <= change.Length - step; i += step)
        {
            Vector.Widen(Vector.LoadUnsafe(ref source, (nuint)i), out var low, out var high);
            Vector.Narrow(Added(low, ref difference, i, 255), Added(high, ref difference, i + (step / 2), 255)).StoreUnsafe(ref codes, (nuint)i);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int AddWords(ReadOnlySpan<byte> original, ReadOnlySpan<float> change, int max, Span<byte> target)
    {
        if (!BitConverter.IsLittleEndian)
        {
            return 0;
        }
        ref var source = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, ushort>(original));
        ref var difference = ref MemoryMarshal.GetReference(change);
        ref var codes = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, ushort>(target));
        var i = 0;
        for (; Avx512F.IsSupported && i <= change.Length - 16; i += 16)
        {
            var sum = Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector256.LoadUnsafe(ref source, (nuint)i)))
                + Vector512.LoadUnsafe(ref difference, (nuint)i) + Vector512.Create(0.5f);
            Avx512F.ConvertToVector256UInt16(Codes(sum, max)).StoreUnsafe(ref codes, (nuint)i);
        }
        for (; i <= change.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Added(Vector.LoadUnsafe(ref source, (nuint)i), ref difference, i, max).StoreUnsafe(ref codes, (nuint)i);
        }
        return i;
    }

    /// <summary>Clamped before, so that the conversion need not saturate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<int> Codes(Vector512<float> sum, int max) =>
        Vector512.ConvertToInt32Native(Vector512.MinNative(Vector512.MaxNative(sum, Vector512<float>.Zero), Vector512.Create((float)max)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector<ushort> Added(Vector<ushort> words, ref float change, int at, int max)
    {
        Vector.Widen(words, out var low, out var high);
        return Vector.Narrow(
            Added(low, Vector.LoadUnsafe(ref change, (nuint)at), max),
            Added(high, Vector.LoadUnsafe(ref change, (nuint)(at + Vector<float>.Count)), max));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector<uint> Added(Vector<uint> words, Vector<float> change, int max)
    {
        var sum = Vector.ConvertToSingle(Vector.AsVectorInt32(words)) + change + new Vector<float>(0.5f);
        // Clamped before, so that the conversion need not saturate.
        return Vector.AsVectorUInt32(Vector.ConvertToInt32Native(Vector.MinNative(Vector.MaxNative(sum, Vector<float>.Zero), new Vector<float>(max))));
    }
}
