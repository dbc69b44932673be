using System.Numerics;

namespace NLCL.Runtime;

/// <summary>
/// By how many whole pixels the scene has moved between a frame and its neighbours: block matching over the whole frame, coarse to fine, on green, for
/// that is most of the brightness. A camera that turns then stands still for a network that sees neighbours.
/// </summary>
static class CameraShift
{
    /// <summary>Smaller frames are left alone: too few pixels to tell a shift from rain.</summary>
    public const int SmallestSide = 128;

    // Per level, the eighth of the resolution first: together 45 pixels each way.
    static readonly int[] s_reach = [1, 2, 2, 4];

    // Standing still is believed unless a shift fits better by this factor: falling rain makes some shifts fit a little better.
    const double Better = 0.85;

    // Levels beyond which a difference counts no more: rain and what moves by itself shall not outvote the rest.
    const byte Most = 24;

    /// <summary>For both neighbours, where they show what the frame shows at a pixel: so far right and down of it.</summary>
    /// <param name="window">Frame before, frame, frame after.</param>
    /// <param name="first">Index of the frame before.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    public static (PixelShift Before, PixelShift After) Of<T>(T window, int first, int width, int height)
        where T : IPixelSource, allows ref struct
    {
        if (Math.Min(width, height) < SmallestSide)
        {
            return default;
        }
        using var frame = GreenPyramid.Read(window, first + 1, width, height);
        using var before = GreenPyramid.Read(window, first, width, height);
        using var after = GreenPyramid.Read(window, first + 2, width, height);
        return (Between(frame, before), Between(frame, after));
    }

    static PixelShift Between(GreenPyramid frame, GreenPyramid neighbour)
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
        return Error(frame, neighbour, 0, best, margin) < Better * Error(frame, neighbour, 0, default, margin) ? best : default;
    }

    static PixelShift Search(GreenPyramid frame, GreenPyramid neighbour, int level, PixelShift around, int reach)
    {
        // Every pixel is compared in every shift, or else the shifts would be judged on different pixels.
        var margin = Math.Max(Math.Abs(around.X), Math.Abs(around.Y)) + reach;
        (long Error, int Length, PixelShift Shift) best = (long.MaxValue, 0, default);
        for (var y = around.Y - reach; y <= around.Y + reach; y++)
        {
            for (var x = around.X - reach; x <= around.X + reach; x++)
            {
                var (error, length) = (Error(frame, neighbour, level, new PixelShift(x, y), margin), Math.Abs(x) + Math.Abs(y));
                // Of equally good shifts the shortest: a frame without structure stands still.
                if (error < best.Error || (error == best.Error && length < best.Length))
                {
                    best = (error, length, new PixelShift(x, y));
                }
            }
        }
        return best.Shift;
    }

    /// <summary>Sum of the differences, each up to <see cref="Most"/>, over what lies at least a margin inside; every second row.</summary>
    static long Error(GreenPyramid frame, GreenPyramid neighbour, int level, PixelShift shift, int margin)
    {
        var (width, height) = frame.Size(level);
        var sum = 0L;
        for (var y = margin; y < height - margin; y += 2)
        {
            sum += Error(frame.Row(level, y)[margin..(width - margin)], neighbour.Row(level, y + shift.Y).Slice(margin + shift.X, width - (2 * margin)));
        }
        return sum;
    }

    static long Error(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var (at, sum, most) = (0, 0L, new Vector<byte>(Most));
        while (at + Vector<byte>.Count <= one.Length)
        {
            // So often that no lane overflows: 2000 * 24 < 65536.
            var (low, high) = (Vector<ushort>.Zero, Vector<ushort>.Zero);
            for (var i = 0; i < 2000 && at + Vector<byte>.Count <= one.Length; i++, at += Vector<byte>.Count)
            {
                var (a, b) = (new Vector<byte>(one[at..]), new Vector<byte>(other[at..]));
                Vector.Widen(Vector.Min(Vector.Max(a, b) - Vector.Min(a, b), most), out var lower, out var upper);
                (low, high) = (low + lower, high + upper);
            }
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            sum += Vector.Sum(first + second + third + fourth);
        }
        for (; at < one.Length; at++)
        {
            sum += Math.Min(Most, Math.Abs(one[at] - other[at]));
        }
        return sum;
    }
}

/// <summary>Whole pixels to the right and down.</summary>
readonly record struct PixelShift(int X, int Y);
