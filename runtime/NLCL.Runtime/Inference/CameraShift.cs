namespace NLCL.Runtime;

/// <summary>
/// By how many whole pixels the scene has moved between a frame and a neighbour: matching over the whole frame, coarse to fine.
/// </summary>
static class CameraShift
{
    // Per level, full resolution first, an eighth of it last: together 45 pixels each way.
    static readonly int[] s_reach = [1, 2, 2, 4];

    // Standing still is believed unless a shift fits better by this factor: falling rain makes some shifts fit a little better.
    const double Better = 0.85;

    /// <summary>Where the neighbour shows what the frame shows at a pixel: so far right and down of it.</summary>
    public static PixelShift Between(GreenPyramid frame, GreenPyramid neighbour)
    {
        var best = default(PixelShift);
        for (var level = GreenPyramid.Levels - 1; level >= 0; level--)
        {
            best = Search(frame, neighbour, level, new PixelShift(2 * best.X, 2 * best.Y), s_reach[level]);
        }
        if (best == default)
        {
            return best;
        }
        var margin = Math.Max(Math.Abs(best.X), Math.Abs(best.Y));
        return CameraMotion.Turn(best).Error(frame, neighbour, margin) < Better * CameraMotion.Turn(default).Error(frame, neighbour, margin) ? best : default;
    }

    static PixelShift Search(GreenPyramid frame, GreenPyramid neighbour, int level, PixelShift around, int reach)
    {
        // Every pixel is compared in every shift, or else the shifts would be judged on different pixels.
        var margin = Math.Max(Math.Abs(around.X), Math.Abs(around.Y)) + reach;
        var side = (2 * reach) + 1;
        Span<long> errors = stackalloc long[side * side];
        var (width, height) = frame.Size(level);
        // All shifts of a row before the next one: it is in the cache then.
        for (var y = margin; y < height - margin; y += 2)
        {
            for (var i = 0; i < errors.Length; i++)
            {
                errors[i] += RowError(frame, neighbour, level, y, Shift(i), margin);
            }
        }
        var best = 0;
        for (var i = 1; i < errors.Length; i++)
        {
            // Of equally good shifts the shortest: a frame without structure stands still.
            if (errors[i] < errors[best] || (errors[i] == errors[best] && Length(Shift(i)) < Length(Shift(best))))
            {
                best = i;
            }
        }
        return Shift(best);

        PixelShift Shift(int index) => new(around.X - reach + (index % side), around.Y - reach + (index / side));
        static int Length(PixelShift shift) => Math.Abs(shift.X) + Math.Abs(shift.Y);
    }

    static long RowError(GreenPyramid frame, GreenPyramid neighbour, int level, int y, PixelShift shift, int margin)
    {
        var length = frame.Size(level).Width - (2 * margin);
        return length <= 0 ? 0 : TruncatedDifference.Sum(frame.Row(level, y).Slice(margin, length), neighbour.Row(level, y + shift.Y).Slice(margin + shift.X, length));
    }
}
