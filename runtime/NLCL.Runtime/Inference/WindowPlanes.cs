using System.Buffers;

namespace NLCL.Runtime;

/// <summary>
/// Planar RGB as a network sees it, see <see cref="ModelContract.Frames"/>: a frame alone, or the frame before, the frame itself and
/// the frame after, one behind the other.
/// </summary>
static class WindowPlanes
{
    /// <summary>One of the frames.</summary>
    /// <param name="planes">Of the whole window.</param>
    /// <param name="window">Frames in it.</param>
    /// <param name="index">0: the first one.</param>
    public static Span<float> Part(Span<float> planes, int window, int index)
    {
        var length = planes.Length / window;
        return planes.Slice(index * length, length);
    }

    /// <summary>The frame itself, in the middle.</summary>
    public static Span<float> Middle(Span<float> planes, int window) => Part(planes, window, window / 2);

    /// <summary>Shifts both neighbours in place, so that they show what the frame shows, as <see cref="AlignedWindow{T}"/> would.</summary>
    public static void Align(Span<float> planes, int width, int height)
    {
        Span<float> before = Part(planes, 3, 0), frame = Part(planes, 3, 1), after = Part(planes, 3, 2);
        var (first, last) = CameraMotionSearch.Of(before, frame, after, width, height);
        using (first)
        using (last)
        {
            Shift(before, frame, width, height, first);
            Shift(after, frame, width, height, last);
        }
    }

    static void Shift(Span<float> neighbour, ReadOnlySpan<float> frame, int width, int height, SceneMotion motion)
    {
        if (motion.IsTurn)
        {
            Turn(neighbour, frame, width, height, motion.CellAt(0, 0));
            return;
        }
        // Cells would be overwritten before others have read them.
        var plane = ArrayPool<float>.Shared.Rent(width * height);
        for (var start = 0; start < neighbour.Length; start += width * height)
        {
            neighbour.Slice(start, width * height).CopyTo(plane);
            Gather(plane.AsSpan(0, width * height), frame.Slice(start, width * height), neighbour.Slice(start, width * height), width, motion);
        }
        ArrayPool<float>.Shared.Return(plane);
    }

    static void Gather(ReadOnlySpan<float> plane, ReadOnlySpan<float> frame, Span<float> target, int width, SceneMotion motion)
    {
        for (var y = 0; y * width < target.Length; y++)
        {
            for (var x = 0; x < width;)
            {
                var end = motion.Until(x, y, width, out var shift);
                var own = frame[((y * width) + x)..((y * width) + end)];
                var row = target[((y * width) + x)..((y * width) + end)];
                var (from, to) = shift.Inside(x, row.Length, width);
                if (y + shift.Y < 0 || (y + shift.Y) * width >= plane.Length || from >= to)
                {
                    own.CopyTo(row);
                }
                else
                {
                    plane.Slice(((y + shift.Y) * width) + x + shift.X + from, to - from).CopyTo(row[from..]);
                    own[..from].CopyTo(row);
                    own[to..].CopyTo(row[to..]);
                }
                x = end;
            }
        }
    }

    // Rows are read ahead of where they are written.
    static void Turn(Span<float> neighbour, ReadOnlySpan<float> frame, int width, int height, PixelShift shift)
    {
        if (shift == default)
        {
            return;
        }
        var (left, right) = shift.Inside(0, width, width);
        for (var start = 0; start < neighbour.Length; start += width * height)
        {
            for (var i = 0; i < height; i++)
            {
                var y = shift.Y < 0 ? height - 1 - i : i;
                var from = y + shift.Y;
                var row = neighbour.Slice(start + (y * width), width);
                var own = frame.Slice(start + (y * width), width);
                if (from < 0 || from >= height)
                {
                    own.CopyTo(row);
                    continue;
                }
                neighbour.Slice(start + (from * width) + left + shift.X, right - left).CopyTo(row[left..]);
                own[..left].CopyTo(row);
                own[right..].CopyTo(row[right..]);
            }
        }
    }

    /// <summary>The frame stands for its neighbours.</summary>
    public static void Repeat(Span<float> planes, int window)
    {
        var middle = Middle(planes, window);
        for (var i = 0; i < window; i++)
        {
            if (i != window / 2)
            {
                middle.CopyTo(Part(planes, window, i));
            }
        }
    }
}
