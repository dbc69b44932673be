namespace NLCL.OnnxExport;

/// <summary>How many pixels go around a picture; a single number stands for all four edges.</summary>
public readonly record struct Border(int Left, int Right, int Top, int Bottom)
{
    /// <summary>The same on every edge.</summary>
    public static implicit operator Border(int all) => new(all, all, all, all);

    /// <summary>The same above and below, and the same on both sides.</summary>
    public static implicit operator Border(Sides sides) => new(sides.Width, sides.Width, sides.Height, sides.Height);

    /// <summary>Whether there is nothing to add.</summary>
    public bool IsNone => this == default;

    /// <summary>Whether opposite edges get as much.</summary>
    public bool IsEven => Left == Right && Top == Bottom;

    internal int Across => Left + Right;

    internal int Down => Top + Bottom;

    /// <summary>ONNX's order: begins of both axes, then ends.</summary>
    internal long[] ToArray() => [Top, Left, Bottom, Right];
}
