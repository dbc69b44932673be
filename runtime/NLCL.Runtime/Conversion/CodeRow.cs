using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NLCL.Runtime;

/// <summary>Rows of 8-bit codes, or of wider little-endian ones, less a layer of floats.</summary>
/// <param name="scale">Codes for each unit of the layer.</param>
/// <param name="least">A code is taken no lower, unless it was.</param>
/// <param name="most">A code is taken no higher, unless it was.</param>
/// <param name="ceiling">The largest code of so many bits; none leaves above it.</param>
readonly struct CodeRow(float scale, float least, float most, float ceiling)
{
    /// <summary><c>target[i] = round(clamp(codes[i] - scale * layer[i], min(codes[i], least), min(max(codes[i], most), ceiling)))</c>; what is no number in the layer is 0.</summary>
    /// <param name="original">Codes of 8 bits, or of more in little-endian words.</param>
    /// <param name="bytesPerSample">1 or 2.</param>
    /// <param name="layer">As many values as there are codes.</param>
    /// <param name="target">Same layout as <paramref name="original"/>; may be the same memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Subtract(ReadOnlySpan<byte> original, int bytesPerSample, ReadOnlySpan<float> layer, Span<byte> target)
    {
        if (bytesPerSample == 1)
        {
            for (var i = Bytes(original, layer, target); i < layer.Length; i++)
            {
                target[i] = (byte)Less(original[i], layer[i]);
            }
            return;
        }
        for (var i = BitConverter.IsLittleEndian ? Words(original, layer, target) : 0; i < layer.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(target[(2 * i)..], (ushort)Less(BinaryPrimitives.ReadUInt16LittleEndian(original[(2 * i)..]), layer[i]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Bytes(ReadOnlySpan<byte> original, ReadOnlySpan<float> layer, Span<byte> target)
    {
        ref var codes = ref MemoryMarshal.GetReference(original);
        ref var values = ref MemoryMarshal.GetReference(layer);
        ref var to = ref MemoryMarshal.GetReference(target);
        var i = 0;
        for (; Avx512F.IsSupported && i <= layer.Length - 16; i += 16)
        {
            var words = Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref codes, (nuint)i));
            Avx512F.ConvertToVector128Byte(Less(words, Vector512.LoadUnsafe(ref values, (nuint)i))).StoreUnsafe(ref to, (nuint)i);
        }
        var half = Vector<ushort>.Count;
        for (; i <= layer.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref codes, (nuint)i), out var low, out var high);
            Vector.Narrow(Less(low, ref values, i), Less(high, ref values, i + half)).StoreUnsafe(ref to, (nuint)i);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Words(ReadOnlySpan<byte> original, ReadOnlySpan<float> layer, Span<byte> target)
    {
        ref var codes = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, ushort>(original));
        ref var values = ref MemoryMarshal.GetReference(layer);
        ref var to = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, ushort>(target));
        var i = 0;
        for (; Avx512F.IsSupported && i <= layer.Length - 16; i += 16)
        {
            var words = Avx512F.ConvertToVector512Int32(Vector256.LoadUnsafe(ref codes, (nuint)i));
            Avx512F.ConvertToVector256UInt16(Less(words, Vector512.LoadUnsafe(ref values, (nuint)i))).StoreUnsafe(ref to, (nuint)i);
        }
        for (; i <= layer.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Less(Vector.LoadUnsafe(ref codes, (nuint)i), ref values, i).StoreUnsafe(ref to, (nuint)i);
        }
        return i;
    }

    int Less(int code, float layer)
    {
        var less = code - (float.IsNaN(layer) ? 0f : layer * scale);
        return (int)(Math.Min(Math.Max(less, Math.Min(code, least)), Math.Min(Math.Max(code, most), ceiling)) + 0.5f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Vector512<int> Less(Vector512<int> words, Vector512<float> layer)
    {
        var codes = Vector512.ConvertToSingle(words);
        var less = codes - Vector512.ConditionalSelect(Vector512.Equals(layer, layer), layer * scale, Vector512<float>.Zero);
        var bounded = Vector512.MinNative(Vector512.MaxNative(less, Vector512.MinNative(codes, Vector512.Create(least))), Vector512.MinNative(Vector512.MaxNative(codes, Vector512.Create(most)), Vector512.Create(ceiling)));
        return Vector512.ConvertToInt32Native(bounded + Vector512.Create(0.5f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Vector<ushort> Less(Vector<ushort> words, ref float layer, int at)
    {
        Vector.Widen(words, out var low, out var high);
        return Vector.Narrow(
            Less(low, Vector.LoadUnsafe(ref layer, (nuint)at)),
            Less(high, Vector.LoadUnsafe(ref layer, (nuint)(at + Vector<float>.Count))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Vector<uint> Less(Vector<uint> words, Vector<float> layer)
    {
        var codes = Vector.ConvertToSingle(Vector.AsVectorInt32(words));
        var less = codes - Vector.ConditionalSelect(Vector.Equals(layer, layer), layer * scale, Vector<float>.Zero);
        var bounded = Vector.MinNative(Vector.MaxNative(less, Vector.MinNative(codes, new Vector<float>(least))), Vector.MinNative(Vector.MaxNative(codes, new Vector<float>(most)), new Vector<float>(ceiling)));
        return Vector.AsVectorUInt32(Vector.ConvertToInt32Native(bounded + new Vector<float>(0.5f)));
    }
}
