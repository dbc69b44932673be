namespace NLCL.Runtime;

/// <summary>Moves pixels between a planar frame and a tile's buffer, making up what lies beyond the frame's edge.</summary>
static class TileCopy
{
    /// <summary>
    /// Fills the tile from the frame. Beyond the right and lower edge the frame is reflected without repeating the edge;
    /// where it is too small for that, its last pixel is repeated.
    /// </summary>
    public static void Fill(ReadOnlySpan<float> frame, TileGrid grid, int column, int row, Span<float> tile)
    {
        var (width, height) = (grid.Width, grid.Height);
        var (tileWidth, tileHeight) = (grid.Columns.Tile, grid.Rows.Tile);
        var (x0, y0) = (grid.Columns.Start(column), grid.Rows.Start(row));
        var inside = Math.Clamp(width - x0, 0, tileWidth);
        for (var channel = 0; channel < 3; channel++)
        {
            for (var y = 0; y < tileHeight; y++)
            {
                var source = frame.Slice(((channel * height) + Mirror(y0 + y, height, grid.Rows.Frame)) * width, width);
                var target = tile.Slice(((channel * tileHeight) + y) * tileWidth, tileWidth);
                source.Slice(Math.Min(x0, width), inside).CopyTo(target);
                for (var x = inside; x < tileWidth; x++)
                {
                    target[x] = source[Mirror(x0 + x, width, grid.Columns.Frame)];
                }
            }
        }
    }

    /// <summary>Takes the tile's core over into the frame.</summary>
    public static void Take(ReadOnlySpan<float> tile, TileGrid grid, int column, int row, Span<float> frame)
    {
        var (tileWidth, tileHeight) = (grid.Columns.Tile, grid.Rows.Tile);
        var (x0, y0) = (grid.Columns.Start(column), grid.Rows.Start(row));
        var (left, top) = (grid.Columns.CoreStart(column), grid.Rows.CoreStart(row));
        var right = Math.Min(grid.Columns.CoreEnd(column), grid.Width);
        var bottom = Math.Min(grid.Rows.CoreEnd(row), grid.Height);
        if (left >= right)
        {
            return;
        }
        for (var channel = 0; channel < 3; channel++)
        {
            for (var y = top; y < bottom; y++)
            {
                tile.Slice((((channel * tileHeight) + y - y0) * tileWidth) + left - x0, right - left)
                    .CopyTo(frame.Slice((((channel * grid.Height) + y) * grid.Width) + left, right - left));
            }
        }
    }

    static int Mirror(int index, int length, int padded) =>
        index < length ? index : padded - length < length ? (2 * (length - 1)) - index : length - 1;
}
