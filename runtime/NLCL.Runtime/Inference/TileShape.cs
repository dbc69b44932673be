namespace NLCL.Runtime;

/// <summary>What one run takes: so many tiles of one size, each alone or with the same tile of the frames around it.</summary>
/// <param name="Frames">Tiles of a run.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Window">Frames that the network sees to make one, see <see cref="ModelContract.Frames"/>.</param>
readonly record struct TileShape(int Frames, int Width, int Height, int Window = 1)
{
    /// <summary>Float values of the output: planar RGB.</summary>
    public int Length => checked(3 * Frames * Width * Height);

    /// <summary>Float values of the input: planar RGB of each frame of each window.</summary>
    public int InputLength => checked(Window * Length);

    /// <summary>Of the output.</summary>
    public long[] Dimensions => [Frames, 3, Height, Width];

    /// <summary>Of the input.</summary>
    public long[] InputDimensions => [Frames, 3 * Window, Height, Width];
}
