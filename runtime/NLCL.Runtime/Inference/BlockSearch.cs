using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
    public static bool TryMatch(
        GreenPyramid frame, GreenPyramid neighbour, int level, int x, int y, PixelShift around, int reach, double leastContrast, out (double X, double Y, double Weight) found)
    {
        found = default;
        var (left, top) = (x + around.X - reach, y + around.Y - reach);
        var (width, height) = frame.Size(level);
        var side = (2 * reach) + 1;
        if (left < 0 || top < 0 || left + side - 1 + Block > width || top + side - 1 + Block > height)
        {
            return false;
        }
        Span<int> differences = stackalloc int[side * side];
        var (best, sum) = (0, 0L);
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = Difference(frame, neighbour, level, x, y, left + (i % side), top + (i / side));
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Difference(GreenPyramid frame, GreenPyramid neighbour, int level, int x, int y, int otherX, int otherY)
    {
        var sum = Vector128<ushort>.Zero;
        for (var i = 0; i < Block; i++)
        {
            sum += TruncatedDifference.OfSixteen(frame.Row(level, y + i).Slice(x, Block), neighbour.Row(level, otherY + i).Slice(otherX, Block));
        }
        return (int)Vector128.Sum(Vector128.WidenLower(sum) + Vector128.WidenUpper(sum));
    }
}
