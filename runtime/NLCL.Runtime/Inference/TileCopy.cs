namespace NLCL.Runtime;

/// <summary>Moves pixels between a picture and a tile's buffer, making up what lies beyond the picture's edge.</summary>
static class TileCopy
{
    /// <summary>
    /// Fills the tile from the picture. Beyond the right and lower edge the picture is reflected without repeating the edge;
    /// where it is too small for that, its last pixel is repeated.
    /// </summary>
    public static void Fill<T>(T picture, int frame, TileGrid grid, int column, int row, Span<float> tile)
        where T : IPixelSource, allows ref struct
    {
        var (tileWidth, tileHeight) = (grid.Columns.Tile, grid.Rows.Tile);
        var (x0, y0) = (grid.Columns.Start(column), grid.Rows.Start(row));
        var inside = Math.Min(grid.Width - x0, tileWidth);
        for (var y = 0; y < tileHeight; y++)
        {
            var target = TargetRow.At(tile, tileWidth, tileHeight, y);
            picture.Read(frame, x0, Mirror(y0 + y, grid.Height, grid.Rows.Frame), target[..inside]);
            for (var x = inside; x < tileWidth; x++)
            {
                var from = Mirror(x0 + x, grid.Width, grid.Columns.Frame) - x0;
                target.Red[x] = target.Red[from];
                target.Green[x] = target.Green[from];
                target.Blue[x] = target.Blue[from];
            }
        }
    }

    /// <summary>Takes the tile's core over into the picture.</summary>
    /// <param name="tile">Planar RGB, or one plane.</param>
    /// <param name="grid">The tile's.</param>
    /// <param name="column">Of the grid.</param>
    /// <param name="row">Of the grid.</param>
    /// <param name="picture">Gets the tile's part.</param>
    /// <param name="frame">Of the picture.</param>
    public static void Take<T>(ReadOnlySpan<float> tile, TileGrid grid, int column, int row, T picture, int frame)
        where T : IPixelTarget, allows ref struct
    {
        var (x0, y0) = (grid.Columns.Start(column), grid.Rows.Start(row));
        var left = grid.Columns.CoreStart(column);
        var right = Math.Min(grid.Columns.CoreEnd(column), grid.Width);
        var bottom = Math.Min(grid.Rows.CoreEnd(row), grid.Height);
        if (left >= right)
        {
            return;
        }
        for (var y = grid.Rows.CoreStart(row); y < bottom; y++)
        {
            var source = tile.Length == grid.TilePixels
                ? SourceRow.Grey(tile, grid.Columns.Tile, y - y0)
                : SourceRow.At(tile, grid.Columns.Tile, grid.Rows.Tile, y - y0);
            picture.Write(frame, left, y, source[(left - x0)..(right - x0)]);
        }
    }

    static int Mirror(int index, int length, int padded) =>
        index < length ? index : padded - length < length ? (2 * (length - 1)) - index : length - 1;
}
