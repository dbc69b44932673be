using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NLCL.Runtime;

/// <summary>Rows of luma codes less their rain.</summary>
/// <param name="scale">Codes from black to white.</param>
/// <param name="black">Code of black: a code is taken no lower, unless it was.</param>
/// <param name="white">Code of white: a code is taken no higher, unless it was.</param>
readonly struct LumaRow(float scale, float black, float white)
{
    /// <summary><c>target[i] = round(clamp(luma[i] - scale * rain[i], min(luma[i], black), max(luma[i], white)))</c>; rain that is no number is none.</summary>
    /// <param name="luma">Codes of 8 bits, or of more in little-endian words.</param>
    /// <param name="bytesPerSample">1 or 2.</param>
    /// <param name="rain">As many values as there are codes.</param>
    /// <param name="target">Same layout as <paramref name="luma"/>; may be the same memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Subtract(ReadOnlySpan<byte> luma, int bytesPerSample, ReadOnlySpan<float> rain, Span<byte> target)
    {
        if (bytesPerSample == 1)
        {
            for (var i = Bytes(luma, rain, target); i < rain.Length; i++)
            {
                target[i] = (byte)Less(luma[i], rain[i]);
            }
            return;
        }
        for (var i = BitConverter.IsLittleEndian ? Words(luma, rain, target) : 0; i < rain.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(target[(2 * i)..], (ushort)Less(BinaryPrimitives.ReadUInt16LittleEndian(luma[(2 * i)..]), rain[i]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Bytes(ReadOnlySpan<byte> luma, ReadOnlySpan<float> rain, Span<byte> target)
    {
        ref var codes = ref MemoryMarshal.GetReference(luma);
        ref var layer = ref MemoryMarshal.GetReference(rain);
        ref var to = ref MemoryMarshal.GetReference(target);
        var i = 0;
        for (; Avx512F.IsSupported && i <= rain.Length - 16; i += 16)
        {
            var words = Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref codes, (nuint)i));
            Avx512F.ConvertToVector128Byte(Less(words, Vector512.LoadUnsafe(ref layer, (nuint)i))).StoreUnsafe(ref to, (nuint)i);
        }
        var half = Vector<ushort>.Count;
        for (; i <= rain.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref codes, (nuint)i), out var low, out var high);
            Vector.Narrow(Less(low, ref layer, i), Less(high, ref layer, i + half)).StoreUnsafe(ref to, (nuint)i);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Words(ReadOnlySpan<byte> luma, ReadOnlySpan<float> rain, Span<byte> target)
    {
        ref var codes = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, ushort>(luma));
        ref var layer = ref MemoryMarshal.GetReference(rain);
        ref var to = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, ushort>(target));
        var i = 0;
        for (; Avx512F.IsSupported && i <= rain.Length - 16; i += 16)
        {
            var words = Avx512F.ConvertToVector512Int32(Vector256.LoadUnsafe(ref codes, (nuint)i));
            Avx512F.ConvertToVector256UInt16(Less(words, Vector512.LoadUnsafe(ref layer, (nuint)i))).StoreUnsafe(ref to, (nuint)i);
        }
        for (; i <= rain.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Less(Vector.LoadUnsafe(ref codes, (nuint)i), ref layer, i).StoreUnsafe(ref to, (nuint)i);
        }
        return i;
    }

    int Less(int code, float rain)
    {
        var less = code - (float.IsNaN(rain) ? 0f : rain * scale);
        return (int)(Math.Min(Math.Max(less, Math.Min(code, black)), Math.Max(code, white)) + 0.5f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Vector512<int> Less(Vector512<int> words, Vector512<float> rain)
    {
        var codes = Vector512.ConvertToSingle(words);
        var less = codes - Vector512.ConditionalSelect(Vector512.Equals(rain, rain), rain * scale, Vector512<float>.Zero);
        var bounded = Vector512.MinNative(Vector512.MaxNative(less, Vector512.MinNative(codes, Vector512.Create(black))), Vector512.MaxNative(codes, Vector512.Create(white)));
        return Vector512.ConvertToInt32Native(bounded + Vector512.Create(0.5f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Vector<ushort> Less(Vector<ushort> words, ref float rain, int at)
    {
        Vector.Widen(words, out var low, out var high);
        return Vector.Narrow(
            Less(low, Vector.LoadUnsafe(ref rain, (nuint)at)),
            Less(high, Vector.LoadUnsafe(ref rain, (nuint)(at + Vector<float>.Count))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Vector<uint> Less(Vector<uint> words, Vector<float> rain)
    {
        var codes = Vector.ConvertToSingle(Vector.AsVectorInt32(words));
        var less = codes - Vector.ConditionalSelect(Vector.Equals(rain, rain), rain * scale, Vector<float>.Zero);
        var bounded = Vector.MinNative(Vector.MaxNative(less, Vector.MinNative(codes, new Vector<float>(black))), Vector.MaxNative(codes, new Vector<float>(white)));
        return Vector.AsVectorUInt32(Vector.ConvertToInt32Native(bounded + new Vector<float>(0.5f)));
    }
}
