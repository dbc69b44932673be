namespace NLCL.Runtime;

/// <summary>A block of the frame and where a neighbour shows it.</summary>
/// <param name="X">Column of its middle from the frame's middle, in pixels.</param>
/// <param name="Y">Row of its middle, likewise.</param>
/// <param name="Right">Pixels to the right in the neighbour.</param>
/// <param name="Down">Pixels down in the neighbour.</param>
/// <param name="Weight">How much it has to say; 0: nothing.</param>
readonly record struct BlockMatch(double X, double Y, double Right, double Down, double Weight);

/// <summary>
/// The turn, growth and roll that most blocks agree on: least squares, over and over, each time with blocks that disagree weighted down (Cauchy's weights,
/// squared; P. W. Holland and R. E. Welsch, "Robust regression using iteratively reweighted least-squares", 1977).
/// </summary>
static class SimilarityFit
{
    const int Rounds = 8;

    /// <param name="blocks">Two or more, in different places.</param>
    /// <param name="farthest">Disagreement that is forgiven at first, in pixels.</param>
    /// <param name="nearest">And in the end.</param>
    /// <param name="motion">Its middle is the frame's and stays; else where the blocks were searched around.</param>
    /// <returns>False: the blocks do not tell.</returns>
    public static bool TryFit(ReadOnlySpan<BlockMatch> blocks, double farthest, double nearest, ref CameraMotion motion)
    {
        var fitted = motion;
        for (var round = 0; round < Rounds; round++)
        {
            if (!TryFit(blocks, Math.Max(nearest, farthest * Math.Pow(0.5, round)), ref fitted))
            {
                return false;
            }
        }
        motion = fitted;
        return true;
    }

    static bool TryFit(ReadOnlySpan<BlockMatch> blocks, double forgiven, ref CameraMotion motion)
    {
        // Weighted sums: x, y and the shift; their products.
        double n = 0, x = 0, y = 0, right = 0, down = 0, spread = 0, along = 0, across = 0;
        foreach (var block in blocks)
        {
            var weight = block.Weight * Trust(motion, block, forgiven);
            (n, x, y, right, down) = (n + weight, x + (weight * block.X), y + (weight * block.Y), right + (weight * block.Right), down + (weight * block.Down));
            spread += weight * ((block.X * block.X) + (block.Y * block.Y));
            along += weight * ((block.X * block.Right) + (block.Y * block.Down));
            across += weight * ((block.X * block.Down) - (block.Y * block.Right));
        }
        // About the weighted middle of the blocks.
        spread -= ((x * x) + (y * y)) / n;
        if (!(spread > n))
        {
            return false;
        }
        var growth = (along - (((x * right) + (y * down)) / n)) / spread;
        var roll = (across - (((x * down) - (y * right)) / n)) / spread;
        motion = motion with
        {
            X = (right - (growth * x) + (roll * y)) / n,
            Y = (down - (roll * x) - (growth * y)) / n,
            Growth = growth,
            Roll = roll,
        };
        return true;
    }

    static double Trust(CameraMotion motion, BlockMatch block, double forgiven)
    {
        var (right, down) = motion.At(block.X + motion.MiddleX, block.Y + motion.MiddleY);
        var apart = ((right - block.Right) * (right - block.Right)) + ((down - block.Down) * (down - block.Down));
        var trust = 1 / (1 + (apart / (forgiven * forgiven)));
        return trust * trust;
    }
}
