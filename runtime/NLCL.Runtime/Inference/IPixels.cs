namespace NLCL.Runtime;

/// <summary>A picture that can be read as planar rows: a tile takes what it needs, no planar copy of the frame is made.</summary>
interface IPixelSource
{
    /// <summary>Reads as many pixels as the row is long, from column <paramref name="x"/> of row <paramref name="y"/>.</summary>
    void Read(int x, int y, TargetRow row);
}

/// <summary>A picture that can be written from planar rows.</summary>
interface IPixelTarget
{
    /// <summary>Writes the row to column <paramref name="x"/> and following of row <paramref name="y"/>.</summary>
    void Write(int x, int y, SourceRow row);
}
