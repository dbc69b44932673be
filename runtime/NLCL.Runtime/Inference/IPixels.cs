namespace NLCL.Runtime;

/// <summary>Pictures of one size that can be read as planar rows: a tile takes what it needs, no planar copy of the frame is made.</summary>
interface IPixelSource
{
    /// <summary>Frames that make one: 1, or 3 where each comes behind its neighbour before and ahead of its neighbour after.</summary>
    int Window { get; }

    /// <summary>Neighbours show what the frame shows, or there are none; false: they are where the camera saw them, and may have to be shifted back.</summary>
    bool IsAligned { get; }

    /// <summary>Reads as many pixels as the row is long, from column <paramref name="x"/> of row <paramref name="y"/> of a frame.</summary>
    void Read(int frame, int x, int y, TargetRow row);
}

/// <summary>Pictures of one size that can be written from planar rows.</summary>
interface IPixelTarget
{
    /// <summary>Writes the row to column <paramref name="x"/> and following of row <paramref name="y"/> of a frame.</summary>
    void Write(int frame, int x, int y, SourceRow row);
}
