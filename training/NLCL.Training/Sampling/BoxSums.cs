using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NLCL.Training;

/// <summary>Sums over all squares of one size.</summary>
static unsafe class BoxSums
{
    /// <summary>Replaces each value by the sum of the square whose upper left corner it is; row by row, then column by column.</summary>
    /// <param name="values">Rows readable to a multiple of <see cref="BlockRow.Width"/> beyond the last whole square, plus a side.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="height">Rows.</param>
    /// <param name="columns">Squares side by side; what lies to the right of their corners is lost.</param>
    /// <param name="side">Of the squares.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InPlace(float* values, int stride, int height, int columns, int side)
    {
        if (Vector512.IsHardwareAccelerated) { InPlace<WideBlockRow>(values, stride, height, columns, side); }
        else { InPlace<BlockRow>(values, stride, height, columns, side); }
    }

    // Each sum covers what lies to the right of it or below, none of which was overwritten yet.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void InPlace<TRow>(float* values, int stride, int height, int columns, int side) where TRow : struct, IBlockRow<TRow>
    {
        for (int column = 0; column < columns; column += BlockRow.Width)
        {
            for (int row = 0; row < height; row++) { Sum<TRow>(values + (row * stride) + column, 1, side); }
            for (int row = 0; row <= height - side; row++) { Sum<TRow>(values + (row * stride) + column, stride, side); }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Sum<TRow>(float* first, int step, int terms) where TRow : struct, IBlockRow<TRow>
    {
        TRow sum = TRow.Load(first);
        for (int term = 1; term < terms; term++) { sum.Add(TRow.Load(first + (term * step))); }
        sum.Store(first);
    }
}
