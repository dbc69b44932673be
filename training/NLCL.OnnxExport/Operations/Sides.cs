namespace NLCL.OnnxExport;

/// <summary>A setting along height and width; a single number stands for both.</summary>
/// <param name="Height">Along the third axis.</param>
/// <param name="Width">Along the fourth axis.</param>
public readonly record struct Sides(int Height, int Width)
{
    /// <summary>The same for both.</summary>
    public static implicit operator Sides(int both) => new(both, both);

    /// <summary>As TorchSharp's modules keep it: height first.</summary>
    public static implicit operator Sides((int Height, int Width) sides) => new(sides.Height, sides.Width);

    internal long[] ToArray() => [Height, Width];
}
