namespace NLCL.Runtime;

/// <summary>What one run takes: so many tiles of one size.</summary>
readonly record struct TileShape(int Frames, int Width, int Height)
{
    /// <summary>Float values of planar RGB.</summary>
    public int Length => checked(3 * Frames * Width * Height);
}
