namespace NLCL.Runtime;

/// <summary>Planar RGB to read.</summary>
readonly ref struct PlanarSource(ReadOnlySpan<float> planes, int width, int height) : IPixelSource
{
    readonly ReadOnlySpan<float> _planes = planes;

    public void Read(int x, int y, TargetRow row)
    {
        var whole = SourceRow.At(_planes, width, height, y);
        whole.Red.Slice(x, row.Length).CopyTo(row.Red);
        whole.Green.Slice(x, row.Length).CopyTo(row.Green);
        whole.Blue.Slice(x, row.Length).CopyTo(row.Blue);
    }
}

/// <summary>Planar RGB to write.</summary>
readonly ref struct PlanarTarget(Span<float> planes, int width, int height) : IPixelTarget
{
    readonly Span<float> _planes = planes;

    public void Write(int x, int y, SourceRow row)
    {
        var whole = TargetRow.At(_planes, width, height, y);
        row.Red.CopyTo(whole.Red[x..]);
        row.Green.CopyTo(whole.Green[x..]);
        row.Blue.CopyTo(whole.Blue[x..]);
    }
}
