namespace NLCL.Runtime;

/// <summary>
/// How the camera has moved between a frame and its neighbours, so that it stands still for a network that sees them: first one shift for the whole frame
/// (<see cref="CameraShift"/>), then blocks of it, coarse to fine, and the turn, growth and roll that most of them agree on. On green, for that is most of the brightness.
/// </summary>
static class CameraMotionSearch
{
    /// <summary>Smaller frames are left alone: too few pixels to tell a motion from rain.</summary>
    public const int SmallestSide = 128;

    // Along the longer side.
    const int MostBlocks = 24;

    // The coarsest level has room for four rows of blocks; two finer ones follow.
    const int CoarsestSide = 4 * BlockSearch.Block, FinerLevels = 2;

    // At the coarsest level, in its pixels, around the shift of the whole frame; and at finer ones around what the coarser one said.
    const int Reach = 5, FinerReach = 2;

    // A block is heard if the mean of all its differences is so much above the least: others are flat, or all rain.
    const double LeastContrast = 0.1;

    // One shift for the whole frame is believed unless growth and roll fit better by this factor.
    const double Better = 0.98;

    // More than a camera comes nearer or rolls in a frame's time: a wrong match.
    const double Most = 0.15;

    /// <summary>For both neighbours.</summary>
    /// <param name="window">Frame before, frame, frame after.</param>
    /// <param name="first">Index of the frame before.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    public static (SceneMotion Before, SceneMotion After) Of<T>(T window, int first, int width, int height)
        where T : IPixelSource, allows ref struct
    {
        if (Math.Min(width, height) < SmallestSide)
        {
            return default;
        }
        using var frame = GreenPyramid.Read(window, first + 1, width, height);
        using var before = GreenPyramid.Read(window, first, width, height);
        using var after = GreenPyramid.Read(window, first + 2, width, height);
        return (Follow(frame, before), Follow(frame, after));
    }

    /// <summary>The same for planes of red, green and blue, 0..1.</summary>
    public static (SceneMotion Before, SceneMotion After) Of(ReadOnlySpan<float> previous, ReadOnlySpan<float> rainy, ReadOnlySpan<float> next, int width, int height)
    {
        if (Math.Min(width, height) < SmallestSide)
        {
            return default;
        }
        var pixels = width * height;
        using var frame = GreenPyramid.Of(rainy.Slice(pixels, pixels), width, height);
        using var before = GreenPyramid.Of(previous.Slice(pixels, pixels), width, height);
        using var after = GreenPyramid.Of(next.Slice(pixels, pixels), width, height);
        return (Follow(frame, before), Follow(frame, after));
    }

    static SceneMotion Follow(GreenPyramid frame, GreenPyramid neighbour) => ParallaxSearch.Of(frame, neighbour, Between(frame, neighbour));

    static CameraMotion Between(GreenPyramid frame, GreenPyramid neighbour)
    {
        var turn = CameraMotion.Turn(CameraShift.Between(frame, neighbour));
        var (width, height) = frame.Size(0);
        var motion = turn with { MiddleX = (width - 1) / 2.0, MiddleY = (height - 1) / 2.0 };
        var coarsest = Coarsest(frame);
        Span<BlockMatch> blocks = stackalloc BlockMatch[MostBlocks * MostBlocks];
        for (var level = coarsest; level >= Math.Max(0, coarsest - FinerLevels); level--)
        {
            var reach = level == coarsest ? Reach : FinerReach;
            var matched = Match(frame, neighbour, level, motion, reach, blocks);
            if (!SimilarityFit.TryFit(matched, reach << level, 1 << level, ref motion))
            {
                return turn;
            }
        }
        if (Math.Max(Math.Abs(motion.Growth), Math.Abs(motion.Roll)) > Most || IsSame(motion, turn, width, height))
        {
            return turn;
        }
        var margin = Math.Max(Farthest(turn, width, height), Farthest(motion, width, height));
        return motion.Error(frame, neighbour, margin) < Better * turn.Error(frame, neighbour, margin) ? motion : turn;
    }

    static int Coarsest(GreenPyramid frame)
    {
        var level = GreenPyramid.Levels - 1;
        while (level > 0 && Math.Min(frame.Size(level).Width, frame.Size(level).Height) < CoarsestSide)
        {
            level--;
        }
        return level;
    }

    static Span<BlockMatch> Match(GreenPyramid frame, GreenPyramid neighbour, int level, CameraMotion motion, int reach, Span<BlockMatch> blocks)
    {
        var (width, height) = frame.Size(level);
        var step = Math.Max(BlockSearch.Block / 2, (Math.Max(width, height) + MostBlocks - 1) / MostBlocks);
        var count = 0;
        for (var y = 0; y + BlockSearch.Block <= height; y += step)
        {
            for (var x = 0; x + BlockSearch.Block <= width; x += step)
            {
                // Of pixels that lie between those of a level, the middle.
                double middleX = ((x + (BlockSearch.Block / 2.0)) * (1 << level)) - 0.5, middleY = ((y + (BlockSearch.Block / 2.0)) * (1 << level)) - 0.5;
                var (right, down) = motion.At(middleX, middleY);
                var around = new PixelShift((int)Math.Round(right / (1 << level)), (int)Math.Round(down / (1 << level)));
                if (BlockSearch.TryMatch(frame, neighbour, level, x, y, around, reach, LeastContrast, out var found))
                {
                    blocks[count++] = new(middleX - motion.MiddleX, middleY - motion.MiddleY, found.X * (1 << level), found.Y * (1 << level), found.Weight);
                }
            }
        }
        return blocks[..count];
    }

    /// <summary>In every cell: a motion changes evenly, so the corners tell.</summary>
    static bool IsSame(CameraMotion motion, CameraMotion turn, int width, int height)
    {
        foreach (var (x, y) in (ReadOnlySpan<(int, int)>)[(0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)])
        {
            if (motion.CellAt(x, y) != turn.CellAt(x, y))
            {
                return false;
            }
        }
        return true;
    }

    static int Farthest(CameraMotion motion, int width, int height)
    {
        double most = 0;
        foreach (var (x, y) in (ReadOnlySpan<(int, int)>)[(0, 0), (width, 0), (0, height), (width, height)])
        {
            var (right, down) = motion.At(x, y);
            most = Math.Max(most, Math.Max(Math.Abs(right), Math.Abs(down)));
        }
        return (int)Math.Ceiling(most) + 1;
    }
}
