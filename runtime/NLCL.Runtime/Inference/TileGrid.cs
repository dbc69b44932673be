namespace NLCL.Runtime;

/// <summary>A frame, padded to the size multiple, as a grid of tiles of one shape. One tile where the frame fits.</summary>
sealed class TileGrid
{
    /// <summary>Three float channels of it still fit one span.</summary>
    public const long MostPixels = 1L << 29;

    TileGrid(int width, int height, TileAxis columns, TileAxis rows, long plannedFor)
    {
        PlannedFor = plannedFor;
        Width = width;
        Height = height;
        Columns = columns;
        Rows = rows;
    }

    /// <summary>Of the frame before padding.</summary>
    public int Width { get; }

    /// <summary>Of the frame before padding.</summary>
    public int Height { get; }

    public TileAxis Columns { get; }

    public TileAxis Rows { get; }

    /// <summary>The bound that it was made for.</summary>
    public long PlannedFor { get; }

    public int Count => Columns.Count * Rows.Count;

    /// <summary>The grid of the least computed pixels with tiles of at most <paramref name="maxTilePixels"/>; failing that, the smallest tiles.</summary>
    public static TileGrid Plan(int width, int height, ModelContract contract, long maxTilePixels)
    {
        var frameWidth = TileAxis.RoundUp(width, contract.SizeMultiple);
        var frameHeight = TileAxis.RoundUp(height, contract.SizeMultiple);
        var whole = new TileGrid(width, height, Split(frameWidth, 1)!.Value, Split(frameHeight, 1)!.Value, maxTilePixels);
        if (!contract.Tileable || (long)frameWidth * frameHeight <= maxTilePixels)
        {
            return whole;
        }
        TileGrid? best = null;
        var smallest = whole;
        for (var across = 1; Split(frameWidth, across) is { } columns; across++)
        {
            for (var down = 1; Split(frameHeight, down) is { } rows; down++)
            {
                var grid = new TileGrid(width, height, columns, rows, maxTilePixels);
                smallest = grid.TilePixels < smallest.TilePixels ? grid : smallest;
                if (grid.TilePixels <= maxTilePixels)
                {
                    best = best is null || grid.Cost < best.Cost ? grid : best;
                    // More rows of tiles only repeat more halo.
                    break;
                }
                if (rows.Step == contract.SizeMultiple)
                {
                    break;
                }
            }
            if (columns.Step == contract.SizeMultiple)
            {
                break;
            }
        }
        return best ?? smallest;

        TileAxis? Split(int frame, int count) => TileAxis.Split(frame, count, contract.ReceptiveField, contract.SizeMultiple);
    }

    /// <summary>Pixels of one tile, halo included.</summary>
    public long TilePixels => (long)Columns.Tile * Rows.Tile;

    long Cost => TilePixels * Count;
}
