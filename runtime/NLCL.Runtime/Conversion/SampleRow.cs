using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NLCL.Runtime;

/// <summary>Rows of 8-bit samples, or of wider little-endian ones, to float rows.</summary>
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
}
