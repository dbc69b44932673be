namespace NLCL.Runtime;

/// <summary>Frames of planar RGB, one after the other, to read.</summary>
readonly ref struct PlanarSource(ReadOnlySpan<float> planes, int width, int height) : IPixelSource
{
    readonly ReadOnlySpan<float> _planes = planes;

    public int Window => 1;

    public bool IsAligned => true;

    public void Read(int frame, int x, int y, TargetRow row)
    {
        var length = 3 * width * height;
        var whole = SourceRow.At(_planes.Slice(frame * length, length), width, height, y);
        whole.Red.Slice(x, row.Length).CopyTo(row.Red);
        whole.Green.Slice(x, row.Length).CopyTo(row.Green);
        whole.Blue.Slice(x, row.Length).CopyTo(row.Blue);
    }
}

/// <summary>One frame of planar RGB between its neighbours, to read.</summary>
readonly ref struct PlanarWindow(ReadOnlySpan<float> previous, ReadOnlySpan<float> rainy, ReadOnlySpan<float> next, int width, int height, bool isAligned = false) : IPixelSource
{
    readonly ReadOnlySpan<float> _previous = previous;
    readonly ReadOnlySpan<float> _rainy = rainy;
    readonly ReadOnlySpan<float> _next = next;

    /// <summary>Of planes as <see cref="WindowPlanes"/> has them, neighbours shifted back.</summary>
    public static PlanarWindow Aligned(ReadOnlySpan<float> planes, int width, int height)
    {
        var length = planes.Length / 3;
        return new(planes[..length], planes.Slice(length, length), planes[(2 * length)..], width, height, isAligned: true);
    }

    public int Window => 3;

    public bool IsAligned => isAligned;

    public void Read(int frame, int x, int y, TargetRow row) =>
        new PlanarSource(frame switch { 0 => _previous, 1 => _rainy, _ => _next }, width, height).Read(0, x, y, row);
}

/// <summary>Frames of planar RGB, one after the other, to write.</summary>
readonly ref struct PlanarTarget(Span<float> planes, int width, int height) : IPixelTarget
{
    readonly Span<float> _planes = planes;

    public void Write(int frame, int x, int y, SourceRow row)
    {
        var length = 3 * width * height;
        var whole = TargetRow.At(_planes.Slice(frame * length, length), width, height, y);
        row.Red.CopyTo(whole.Red[x..]);
        row.Green.CopyTo(whole.Green[x..]);
        row.Blue.CopyTo(whole.Blue[x..]);
    }
}

/// <summary>A frame's rain layer in one plane, to write.</summary>
readonly ref struct RainTarget(Span<float> plane, int width) : IPixelTarget
{
    readonly Span<float> _plane = plane;

    public void Write(int frame, int x, int y, SourceRow row) => row.Red.CopyTo(_plane[((y * width) + x)..]);
}
