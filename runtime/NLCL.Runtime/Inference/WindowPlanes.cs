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
