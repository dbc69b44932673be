using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NLCL.Runtime;

/// <summary>Sixteen codes as floats 0..1 and back, in the widest vectors that the processor has.</summary>
static class SixteenBytes
{
    const float Scale = 1f / 255f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<byte> codes, ref float target, int at)
    {
        if (Avx512F.IsSupported)
        {
            (Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(codes)) * Scale).StoreUnsafe(ref target, (nuint)at);
            return;
        }
        if (Avx2.IsSupported)
        {
            var upper = Vector128.Create(codes.GetUpper(), codes.GetUpper());
            (Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(codes)) * Scale).StoreUnsafe(ref target, (nuint)at);
            (Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(upper)) * Scale).StoreUnsafe(ref target, (nuint)(at + 8));
            return;
        }
        var (low, high) = Vector128.Widen(codes);
        StoreEight(low, ref target, at);
        StoreEight(high, ref target, at + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Load(ref float source, int at)
    {
        if (Avx512F.IsSupported)
        {
            var values = Vector512.LoadUnsafe(ref source, (nuint)at);
            var number = Vector512.ConditionalSelect(Vector512.Equals(values, values), values, Vector512<float>.Zero);
            var codes = Vector512.MinNative(Vector512.MaxNative((number * 255f) + Vector512.Create(0.5f), Vector512<float>.Zero), Vector512.Create(255f));
            return Avx512F.ConvertToVector128Byte(Vector512.ConvertToInt32Native(codes));
        }
        var low = Vector256.Narrow(Code(Vector256.LoadUnsafe(ref source, (nuint)at)), Code(Vector256.LoadUnsafe(ref source, (nuint)(at + 8))));
        return Vector128.Narrow(low.GetLower().AsUInt16(), low.GetUpper().AsUInt16());
    }

    /// <summary>Rounded, saturated; what is no number becomes 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Code(Vector256<float> values)
    {
        var number = Vector256.ConditionalSelect(Vector256.Equals(values, values), values, Vector256<float>.Zero);
        return Vector256.ConvertToInt32Native(
            Vector256.MinNative(Vector256.MaxNative((number * 255f) + Vector256.Create(0.5f), Vector256<float>.Zero), Vector256.Create(255f)));
    }

    static void StoreEight(Vector128<ushort> codes, ref float target, int at)
    {
        var (low, high) = Vector128.Widen(codes);
        (Vector128.ConvertToSingle(low.AsInt32()) * Scale).StoreUnsafe(ref target, (nuint)at);
        (Vector128.ConvertToSingle(high.AsInt32()) * Scale).StoreUnsafe(ref target, (nuint)(at + 4));
    }
}
