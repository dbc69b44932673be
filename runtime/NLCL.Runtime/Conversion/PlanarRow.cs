namespace NLCL.Runtime;

/// <summary>One row of each plane, to read.</summary>
readonly ref struct SourceRow(ReadOnlySpan<float> red, ReadOnlySpan<float> green, ReadOnlySpan<float> blue)
{
    public ReadOnlySpan<float> Red { get; } = red;

    public ReadOnlySpan<float> Green { get; } = green;

    public ReadOnlySpan<float> Blue { get; } = blue;

    public int Length => Red.Length;

    public SourceRow this[Range range] => new(Red[range], Green[range], Blue[range]);

    /// <summary>Of a plane that stands for all three.</summary>
    public static SourceRow Grey(ReadOnlySpan<float> plane, int width, int y) => plane.Slice(y * width, width) is var row ? new(row, row, row) : default;

    public static SourceRow At(ReadOnlySpan<float> planar, int width, int height, int y)
    {
        var (at, plane) = (y * width, width * height);
        return new SourceRow(planar.Slice(at, width), planar.Slice(plane + at, width), planar.Slice((2 * plane) + at, width));
    }
}

/// <summary>One row of each plane, to write.</summary>
readonly ref struct TargetRow(Span<float> red, Span<float> green, Span<float> blue)
{
    public Span<float> Red { get; } = red;

    public Span<float> Green { get; } = green;

    public Span<float> Blue { get; } = blue;

    public int Length => Red.Length;

    public TargetRow this[Range range] => new(Red[range], Green[range], Blue[range]);

    public static TargetRow At(Span<float> planar, int width, int height, int y)
    {
        var (at, plane) = (y * width, width * height);
        return new TargetRow(planar.Slice(at, width), planar.Slice(plane + at, width), planar.Slice((2 * plane) + at, width));
    }
}
