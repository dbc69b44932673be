using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>
/// Turns planes of frames that were stored on their side, as telephones store what they film upright: rain falls in what a network learned from, and of rain that flies from left to right it
/// finds nothing. What comes out stands, and where the turn is to the right it is also seen in a mirror, which is as good and one walk less.
/// </summary>
/// <param name="width">Of a stored plane, in pixels.</param>
/// <param name="height">Of a stored plane.</param>
/// <param name="left">A player turns the frame to the left (counter-clockwise); else to the right.</param>
sealed class QuarterTurn(int width, int height, bool left) : IFrameArrangement
{
    // Rows of one side are columns of the other: in squares, both stay in the first cache.
    const int Square = 32;

    /// <summary>Planes as they stand: <c>height</c> wide and <c>width</c> high.</summary>
    public void Arrange(ReadOnlySpan<float> stored, Span<float> seen) => Walk(ref MemoryMarshal.GetReference(stored), ref MemoryMarshal.GetReference(seen), Planes(stored, seen), back: false);

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<float> seen, Span<float> stored) => Walk(ref MemoryMarshal.GetReference(stored), ref MemoryMarshal.GetReference(seen), Planes(seen, stored), back: true);

    int Planes(ReadOnlySpan<float> source, ReadOnlySpan<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, source.Length, nameof(target));
        return source.Length / (width * height);
    }

    void Walk(ref float stored, ref float upright, int planes, bool back)
    {
        for (var plane = 0; plane < planes; plane++)
        {
            for (var top = 0; top < height; top += Square)
            {
                for (var start = 0; start < width; start += Square)
                {
                    WalkSquare(ref stored, ref upright, start, top, back);
                }
            }
            stored = ref Unsafe.Add(ref stored, width * height);
            upright = ref Unsafe.Add(ref upright, width * height);
        }
    }

    void WalkSquare(ref float stored, ref float upright, int start, int top, bool back)
    {
        int end = Math.Min(start + Square, width), bottom = Math.Min(top + Square, height);
        for (var x = start; x < end; x++)
        {
            ref var row = ref Unsafe.Add(ref upright, (left ? width - 1 - x : x) * height);
            ref var column = ref Unsafe.Add(ref stored, x);
            for (var y = top; y < bottom; y++)
            {
                if (back)
                {
                    Unsafe.Add(ref column, y * width) = Unsafe.Add(ref row, y);
                }
                else
                {
                    Unsafe.Add(ref row, y) = Unsafe.Add(ref column, y * width);
                }
            }
        }
    }
}
