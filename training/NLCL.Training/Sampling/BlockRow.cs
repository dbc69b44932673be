using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NLCL.Training;

/// <summary>One row of a block of <see cref="WindowCorrelation"/>, in registers of one width or another: <see cref="BlockRow.Width"/> numbers.</summary>
unsafe interface IBlockRow<TRow> where TRow : struct
{
    static abstract TRow Load(float* source);

    void Store(float* target);

    void Add(TRow terms);

    /// <summary>Adds products, each rounded once with its sum.</summary>
    void Add(TRow factors, float factor);
}

/// <summary>In five registers of 8 numbers.</summary>
unsafe struct BlockRow : IBlockRow<BlockRow>
{
    public const int Width = 5 * Lanes;

    const int Lanes = 8;

    Vector256<float> _v0, _v1, _v2, _v3, _v4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockRow Load(float* source) => new()
    {
        _v0 = Vector256.Load(source),
        _v1 = Vector256.Load(source + Lanes),
        _v2 = Vector256.Load(source + (2 * Lanes)),
        _v3 = Vector256.Load(source + (3 * Lanes)),
        _v4 = Vector256.Load(source + (4 * Lanes)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* target)
    {
        _v0.Store(target);
        _v1.Store(target + Lanes);
        _v2.Store(target + (2 * Lanes));
        _v3.Store(target + (3 * Lanes));
        _v4.Store(target + (4 * Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(BlockRow terms)
    {
        _v0 += terms._v0;
        _v1 += terms._v1;
        _v2 += terms._v2;
        _v3 += terms._v3;
        _v4 += terms._v4;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(BlockRow factors, float factor)
    {
        Vector256<float> same = Vector256.Create(factor);
        _v0 = Vector256.FusedMultiplyAdd(same, factors._v0, _v0);
        _v1 = Vector256.FusedMultiplyAdd(same, factors._v1, _v1);
        _v2 = Vector256.FusedMultiplyAdd(same, factors._v2, _v2);
        _v3 = Vector256.FusedMultiplyAdd(same, factors._v3, _v3);
        _v4 = Vector256.FusedMultiplyAdd(same, factors._v4, _v4);
    }
}

/// <summary>In two registers of 16 numbers and one of 8, where the processor has those.</summary>
unsafe struct WideBlockRow : IBlockRow<WideBlockRow>
{
    const int Lanes = 16;

    Vector512<float> _v0, _v1;
    Vector256<float> _v2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideBlockRow Load(float* source) => new()
    {
        _v0 = Vector512.Load(source),
        _v1 = Vector512.Load(source + Lanes),
        _v2 = Vector256.Load(source + (2 * Lanes)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* target)
    {
        _v0.Store(target);
        _v1.Store(target + Lanes);
        _v2.Store(target + (2 * Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(WideBlockRow terms)
    {
        _v0 += terms._v0;
        _v1 += terms._v1;
        _v2 += terms._v2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(WideBlockRow factors, float factor)
    {
        Vector512<float> same = Vector512.Create(factor);
        _v0 = Vector512.FusedMultiplyAdd(same, factors._v0, _v0);
        _v1 = Vector512.FusedMultiplyAdd(same, factors._v1, _v1);
        _v2 = Vector256.FusedMultiplyAdd(same.GetLower(), factors._v2, _v2);
    }
}
