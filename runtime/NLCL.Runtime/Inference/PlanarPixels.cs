namespace NLCL.Runtime;

/// <summary>Frames of planar RGB, one after the other, to read.</summary>
readonly ref struct PlanarSource(ReadOnlySpan<float> planes, int width, int height) : IPixelSource
{
    readonly ReadOnlySpan<float> _planes = planes;

    public void Read(int frame, int x, int y, TargetRow row)
    {
        var length = 3 * width * height;
        var whole = SourceRow.At(_planes.Slice(frame * length, length), width, height, y);
        whole.Red.Slice(x, row.Length).CopyTo(row.Red);
        whole.Green.Slice(x, row.Length).CopyTo(row.Green);
        whole.Blue.Slice(x, row.Length).CopyTo(row.Blue);
    }
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
