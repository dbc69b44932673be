using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NLCL.Training;

/// <summary>
/// One patch held against every patch of a window: the sum of products at each place. What nearly all of the sampler's time
/// goes into, so it is written for vector units.
/// </summary>
/// <remarks>
/// A block of 4 rows and 40 columns of the result stays in 20 registers of 8 floats while one channel passes: 5 loads of the window
/// and 4 of the patch feed 20 fused multiply-adds. Channels are summed one by one, so that few digits are lost. The order of all
/// sums is fixed: equal input gives equal bits.
/// </remarks>
static unsafe class WindowCorrelation
{
    /// <summary>Columns of a block; rows of windows must be readable to a multiple of it, plus a patch.</summary>
    public const int BlockWidth = 5 * Lanes;

    /// <summary>Rows of a block; windows must have a multiple of it, plus <c>patch + 2</c>.</summary>
    public const int BlockHeight = 4;

    const int Lanes = 8;

    /// <summary>Adds one channel's products to the sums of one block.</summary>
    /// <param name="window">First element of the window's channel that the block's first place covers.</param>
    /// <param name="stride">Elements from one row of the window to the next.</param>
    /// <param name="patch">The patch's channel, P rows of P between <c>BlockHeight - 1</c> rows of 0 above and below.</param>
    /// <param name="side">P.</param>
    /// <param name="sums">4 rows of 40, one behind the other.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddBlock(float* window, int stride, float* patch, int side, float* sums)
    {
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default;
        Vector256<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default;
        Vector256<float> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default;
        Vector256<float> d0 = default, d1 = default, d2 = default, d3 = default, d4 = default;
        // The block's row r meets the window's row y with the patch's row y - r; rows of 0 stand for those that it has not.
        for (int y = 0; y < side + BlockHeight - 1; y++, window += stride, patch += side)
        {
            for (int x = 0; x < side; x++)
            {
                float* pixels = window + x;
                Vector256<float> w0 = Vector256.Load(pixels);
                Vector256<float> w1 = Vector256.Load(pixels + Lanes);
                Vector256<float> w2 = Vector256.Load(pixels + (2 * Lanes));
                Vector256<float> w3 = Vector256.Load(pixels + (3 * Lanes));
                Vector256<float> w4 = Vector256.Load(pixels + (4 * Lanes));
                float* weights = patch + x;
                Vector256<float> factor = Vector256.Create(weights[3 * side]);
                a0 = Vector256.FusedMultiplyAdd(factor, w0, a0);
                a1 = Vector256.FusedMultiplyAdd(factor, w1, a1);
                a2 = Vector256.FusedMultiplyAdd(factor, w2, a2);
                a3 = Vector256.FusedMultiplyAdd(factor, w3, a3);
                a4 = Vector256.FusedMultiplyAdd(factor, w4, a4);
                factor = Vector256.Create(weights[2 * side]);
                b0 = Vector256.FusedMultiplyAdd(factor, w0, b0);
                b1 = Vector256.FusedMultiplyAdd(factor, w1, b1);
                b2 = Vector256.FusedMultiplyAdd(factor, w2, b2);
                b3 = Vector256.FusedMultiplyAdd(factor, w3, b3);
                b4 = Vector256.FusedMultiplyAdd(factor, w4, b4);
                factor = Vector256.Create(weights[side]);
                c0 = Vector256.FusedMultiplyAdd(factor, w0, c0);
                c1 = Vector256.FusedMultiplyAdd(factor, w1, c1);
                c2 = Vector256.FusedMultiplyAdd(factor, w2, c2);
                c3 = Vector256.FusedMultiplyAdd(factor, w3, c3);
                c4 = Vector256.FusedMultiplyAdd(factor, w4, c4);
                factor = Vector256.Create(weights[0]);
                d0 = Vector256.FusedMultiplyAdd(factor, w0, d0);
                d1 = Vector256.FusedMultiplyAdd(factor, w1, d1);
                d2 = Vector256.FusedMultiplyAdd(factor, w2, d2);
                d3 = Vector256.FusedMultiplyAdd(factor, w3, d3);
                d4 = Vector256.FusedMultiplyAdd(factor, w4, d4);
            }
        }

        AddRow(sums, a0, a1, a2, a3, a4);
        AddRow(sums + BlockWidth, b0, b1, b2, b3, b4);
        AddRow(sums + (2 * BlockWidth), c0, c1, c2, c3, c4);
        AddRow(sums + (3 * BlockWidth), d0, d1, d2, d3, d4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void AddRow(float* sums, Vector256<float> v0, Vector256<float> v1, Vector256<float> v2, Vector256<float> v3, Vector256<float> v4)
    {
        (Vector256.Load(sums) + v0).Store(sums);
        (Vector256.Load(sums + Lanes) + v1).Store(sums + Lanes);
        (Vector256.Load(sums + (2 * Lanes)) + v2).Store(sums + (2 * Lanes));
        (Vector256.Load(sums + (3 * Lanes)) + v3).Store(sums + (3 * Lanes));
        (Vector256.Load(sums + (4 * Lanes)) + v4).Store(sums + (4 * Lanes));
    }
}
