using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NLCL.Runtime;

/// <summary>
/// By how many whole pixels the scene has moved between a frame and its neighbours: block matching over the whole frame, coarse to fine, on green, for
/// that is most of the brightness. A camera that turns then stands still for a network that sees neighbours.
/// </summary>
static class CameraShift
{
    /// <summary>Smaller frames are left alone: too few pixels to tell a shift from rain.</summary>
    public const int SmallestSide = 128;

    // Per level, full resolution first, an eighth of it last: together 45 pixels each way.
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

    /// <summary>The same for planes of red, green and blue, 0..1.</summary>
    public static (PixelShift Before, PixelShift After) Of(ReadOnlySpan<float> previous, ReadOnlySpan<float> rainy, ReadOnlySpan<float> next, int width, int height)
    {
        if (Math.Min(width, height) < SmallestSide)
        {
            return default;
        }
        var pixels = width * height;
        using var frame = GreenPyramid.Of(rainy.Slice(pixels, pixels), width, height);
        using var before = GreenPyramid.Of(previous.Slice(pixels, pixels), width, height);
        using var after = GreenPyramid.Of(next.Slice(pixels, pixels), width, height);
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
        return Error(frame, neighbour, best, margin) < Better * Error(frame, neighbour, default, margin) ? best : default;
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

    /// <summary>Sum of the differences, each up to <see cref="Most"/>, over what lies at least a margin inside; every second row.</summary>
    static long Error(GreenPyramid frame, GreenPyramid neighbour, PixelShift shift, int margin)
    {
        var sum = 0L;
        for (var y = margin; y < frame.Size(0).Height - margin; y += 2)
        {
            sum += RowError(frame, neighbour, 0, y, shift, margin);
        }
        return sum;
    }

    static long RowError(GreenPyramid frame, GreenPyramid neighbour, int level, int y, PixelShift shift, int margin)
    {
        var length = frame.Size(level).Width - (2 * margin);
        return length <= 0 ? 0 : Error(frame.Row(level, y).Slice(margin, length), neighbour.Row(level, y + shift.Y).Slice(margin + shift.X, length));
    }

    static long Error(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        ref byte first = ref MemoryMarshal.GetReference(one), second = ref MemoryMarshal.GetReference(other[..one.Length]);
        var (at, sum, most) = (0, Vector256<uint>.Zero, Vector256.Create(Most));
        while (at + Vector256<byte>.Count <= one.Length)
        {
            // So often that no lane overflows: 10 * 24 < 256.
            var lanes = Vector256<byte>.Zero;
            for (var i = 0; i < 10 && at + Vector256<byte>.Count <= one.Length; i++, at += Vector256<byte>.Count)
            {
                var (a, b) = (Vector256.LoadUnsafe(ref first, (nuint)at), Vector256.LoadUnsafe(ref second, (nuint)at));
                lanes += Vector256.Min(Vector256.Max(a, b) - Vector256.Min(a, b), most);
            }
            var pairs = Vector256.WidenLower(lanes) + Vector256.WidenUpper(lanes);
            sum += Vector256.WidenLower(pairs) + Vector256.WidenUpper(pairs);
        }
        var total = (long)Vector256.Sum(sum);
        for (; at < one.Length; at++)
        {
            total += Math.Min(Most, Math.Abs(one[at] - other[at]));
        }
        return total;
    }
}

/// <summary>Whole pixels to the right and down.</summary>
readonly record struct PixelShift(int X, int Y);
