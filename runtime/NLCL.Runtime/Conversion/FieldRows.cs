namespace NLCL.Runtime;

/// <summary>
/// The two fields of an interlaced frame, one above the other. They are of two moments, and what moves, rain first of all, is a comb of every second row where they lie
/// in each other: nothing that a network has learned.
/// </summary>
/// <param name="width">In pixels.</param>
/// <param name="height">In rows, of both fields together.</param>
sealed class FieldRows(int width, int height) : IFrameArrangement
{
    /// <inheritdoc/>
    public void Arrange(ReadOnlySpan<float> stored, Span<float> seen)
    {
        for (var row = 0; row < stored.Length / width; row++)
        {
            stored.Slice(row * width, width).CopyTo(seen[(Place(row) * width)..]);
        }
    }

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<float> seen, Span<float> stored)
    {
        for (var row = 0; row < seen.Length / width; row++)
        {
            seen.Slice(Place(row) * width, width).CopyTo(stored[(row * width)..]);
        }
    }

    int Place(int row)
    {
        var (plane, y) = Math.DivRem(row, height);
        return (plane * height) + (y / 2) + (y % 2 == 0 ? 0 : (height + 1) / 2);
    }
}
