using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>Looks for a block of 16 x 16 pixels of a frame in a neighbour.</summary>
static class BlockSearch
{
    /// <summary>Side of a block.</summary>
    public const int Block = 16;

    /// <summary>Searches every shift around one, and between pixels by the parabola through the least difference and those beside it.</summary>
    /// <param name="frame">Has the block.</param>
    /// <param name="neighbour">Is searched.</param>
    /// <param name="level">Of the pyramid; everything is in its pixels.</param>
    /// <param name="x">First column of the block.</param>
    /// <param name="y">First row.</param>
    /// <param name="around">Middle of the shifts.</param>
    /// <param name="reach">Farthest from it, each way.</param>
    /// <param name="leastContrast">Of the mean difference to the least, as a share of the mean.</param>
    /// <param name="found">The shift, and that contrast.</param>
    /// <returns>False: the neighbour does not show all of it, or no shift stands out.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryMatch(
        GreenPyramid frame, GreenPyramid neighbour, int level, int x, int y, PixelShift around, int reach, double leastContrast, out (double X, double Y, double Weight) found)
    {
        found = default;
        var (left, top) = (x + around.X - reach, y + around.Y - reach);
        var (width, height) = frame.Size(level);
        var side = (2 * reach) + 1;
        if (x < 0 || y < 0 || x + Block > width || y + Block > height || left < 0 || top < 0 || left + side - 1 + Block > width || top + side - 1 + Block > height)
        {
            return false;
        }
        // All of it lies inside, as was just asked.
        ref var block = ref Unsafe.Add(ref MemoryMarshal.GetReference(frame.Level(level)), (y * width) + x);
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(neighbour.Level(level)), (top * width) + left);
        Span<int> differences = stackalloc int[side * side];
        var (best, sum) = (0, 0L);
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = TruncatedDifference.OfBlock(ref block, ref Unsafe.Add(ref first, (i / side * width) + (i % side)), width);
            sum += differences[i];
            best = differences[i] < differences[best] ? i : best;
        }
        var mean = (double)sum / differences.Length;
        var contrast = (mean - differences[best]) / Math.Max(mean, 1);
        if (contrast < leastContrast)
        {
            return false;
        }
        var (column, row) = (best % side, best / side);
        found = (around.X - reach + column + Between(differences, best, 1, column, side), around.Y - reach + row + Between(differences, best, side, row, side), contrast);
        return true;
    }

    // At the rim of what was searched there is no parabola.
    static double Between(ReadOnlySpan<int> differences, int best, int step, int at, int side)
    {
        if (at == 0 || at == side - 1)
        {
            return 0;
        }
        var (before, after) = (differences[best - step], differences[best + step]);
        var bend = before + after - (2.0 * differences[best]);
        return bend > 0 ? Math.Clamp((before - after) / (2 * bend), -0.5, 0.5) : 0;
    }
}
