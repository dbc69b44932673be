using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NLCL.Training;

/// <summary>
/// One patch held against every patch of a window: the sum of products at each place. What most of the sampler's time
/// goes into, so it is written for vector units.
/// </summary>
/// <remarks>
/// A block of 4 rows and 40 columns of the result stays in registers while one channel passes: 20 of 8 floats, or 8 of 16 and 4 of 8
/// where the processor has those; each load of the window feeds four fused multiply-adds. Channels are summed one by one, so that
/// few digits are lost. The order of all sums is fixed and the same in either width: equal input gives equal bits.
/// </remarks>
static unsafe class WindowCorrelation
{
    /// <summary>Columns of a block; rows of windows must be readable to a multiple of it, plus a patch.</summary>
    public const int BlockWidth = BlockRow.Width;

    /// <summary>Rows of a block; windows must have a multiple of it, plus <c>patch + 2</c>.</summary>
    public const int BlockHeight = 4;

    /// <summary>Adds one channel's products to the sums of one block.</summary>
    /// <param name="window">First element of the window's channel that the block's first place covers.</param>
    /// <param name="stride">Elements from one row of the window to the next.</param>
    /// <param name="patch">The patch's channel, P rows of P between <c>BlockHeight - 1</c> rows of 0 above and below.</param>
    /// <param name="side">P.</param>
    /// <param name="sums">4 rows of 40, one behind the other.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddBlock(float* window, int stride, float* patch, int side, float* sums)
    {
        if (Vector512.IsHardwareAccelerated) { AddBlock<WideBlockRow>(window, stride, patch, side, sums); }
        else { AddBlock<BlockRow>(window, stride, patch, side, sums); }
    }

    // The block's row r meets the window's row y with the patch's row y - r. Two rows of the window at either end meet only half of
    // the block; where a patch's row is still missing there, a row of 0 stands for it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void AddBlock<TRow>(float* window, int stride, float* patch, int side, float* sums) where TRow : struct, IBlockRow<TRow>
    {
        TRow a = default, b = default, c = default, d = default;
        float* forA = patch + (3 * side), forB = forA - side, forC = forB - side, forD = patch;
        int y = 0;
        for (; y < BlockHeight / 2; y++, window += stride, forA += side, forB += side)
        {
            for (int x = 0; x < side; x++)
            {
                TRow pixels = TRow.Load(window + x);
                a.Add(pixels, forA[x]);
                b.Add(pixels, forB[x]);
            }
        }

        forC += y * side;
        forD += y * side;
        for (; y <= side; y++, window += stride, forA += side, forB += side, forC += side, forD += side)
        {
            for (int x = 0; x < side; x++)
            {
                TRow pixels = TRow.Load(window + x);
                a.Add(pixels, forA[x]);
                b.Add(pixels, forB[x]);
                c.Add(pixels, forC[x]);
                d.Add(pixels, forD[x]);
            }
        }

        for (; y < side + BlockHeight - 1; y++, window += stride, forC += side, forD += side)
        {
            for (int x = 0; x < side; x++)
            {
                TRow pixels = TRow.Load(window + x);
                c.Add(pixels, forC[x]);
                d.Add(pixels, forD[x]);
            }
        }

        AddTo(sums, a);
        AddTo(sums + BlockWidth, b);
        AddTo(sums + (2 * BlockWidth), c);
        AddTo(sums + (3 * BlockWidth), d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void AddTo<TRow>(float* sums, TRow products) where TRow : struct, IBlockRow<TRow>
    {
        TRow sum = TRow.Load(sums);
        sum.Add(products);
        sum.Store(sums);
    }
}
