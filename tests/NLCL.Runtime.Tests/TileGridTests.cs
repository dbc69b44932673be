namespace NLCL.Runtime.Tests;

public class TileGridTests
{
    public static TheoryData<int, int, int, int, long> Cases()
    {
        var cases = new TheoryData<int, int, int, int, long> { { 1, 1, 8, 20, 64 }, { 1921, 1081, 16, 40, 100_000 }, { 5000, 3, 2, 5, 900 }, { 64, 64, 1, 0, 1 } };
        var random = new Random(11);
        for (var i = 0; i < 200; i++)
        {
            cases.Add(1 + random.Next(700), 1 + random.Next(700), 1 << random.Next(5), random.Next(40), 200 + random.Next(90_000));
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Tiles_cover_every_pixel_once_far_enough_from_every_cut(int width, int height, int multiple, int halo, long maxPixels)
    {
        var grid = TileGrid.Plan(width, height, TinyOnnx.Contract(multiple, halo), maxPixels);
        foreach (var (axis, size) in new[] { (grid.Columns, width), (grid.Rows, height) })
        {
            Assert.Equal(0, axis.Frame % multiple);
            Assert.InRange(axis.Frame, size, size + multiple - 1);
            Assert.Equal(0, axis.CoreStart(0));
            Assert.Equal(axis.Frame, axis.CoreEnd(axis.Count - 1));
            for (var i = 0; i < axis.Count; i++)
            {
                var (start, end) = (axis.Start(i), axis.Start(i) + axis.Tile);
                Assert.Equal(0, start % multiple);
                Assert.InRange(end, start + multiple, axis.Frame);
                Assert.True(axis.CoreEnd(i) > axis.CoreStart(i));
                Assert.True(start == 0 || axis.CoreStart(i) - start >= halo);
                Assert.True(end == axis.Frame || end - axis.CoreEnd(i) >= halo);
                Assert.True(i == 0 || axis.CoreStart(i) == axis.CoreEnd(i - 1));
                Assert.True(end < size || start < size - (axis.Frame - size) - 1 || axis.Count == 1);
            }
        }
    }

    [Fact]
    public void A_frame_within_the_limit_is_one_tile()
    {
        var grid = TileGrid.Plan(1920, 1080, TinyOnnx.Contract(16, 40), new DerainerOptions().MaxTilePixelsOn(DeviceKind.Cpu));
        Assert.Equal((1, 1920, 1088), (grid.Count, grid.Columns.Tile, grid.Rows.Tile));
    }

    [Theory]
    [InlineData(2, 2, 1920, 1088)]
    [InlineData(4, 8, 2200, 2184)] // two tiles for a 4K frame
    [InlineData(1, 8, 3840, 2160)]
    [InlineData(2, 24, 3840, 2160)]
    public void Frames_of_a_clip_are_cut_less_the_more_memory_there_is(int sideBySide, int gigabytes, int width, int height)
    {
        var most = new DerainerOptions().MaxTilePixelsOfClips(sideBySide, gigabytes * 1_000_000_000L);
        Assert.InRange((long)width * height, 1, most);
        Assert.InRange(most, 1920 * 1088, 4096 * 2176);
        Assert.Equal(gigabytes * 1e9 / 2 >= sideBySide * 150.0 * 3840 * 2160, TileGrid.Plan(3840, 2160, TinyOnnx.Contract(8, 159), most).Count == 1);
        Assert.Equal(5000, new DerainerOptions { MaxTilePixels = 5000 }.MaxTilePixelsOfClips(sideBySide, gigabytes * 1_000_000_000L));
    }

    [Fact]
    public void Tiles_keep_to_the_limit_where_the_halo_lets_them()
    {
        var grid = TileGrid.Plan(4000, 3000, TinyOnnx.Contract(8, 30), 512 * 512);
        Assert.InRange((long)grid.Columns.Tile * grid.Rows.Tile, 1, 512 * 512);
        // Halo costs less than a third here.
        Assert.InRange((double)grid.Count * grid.Columns.Tile * grid.Rows.Tile / (4000 * 3000), 1.0, 1.33);
    }

    [Fact]
    public void A_network_with_whole_frame_statistics_is_never_cut()
    {
        var grid = TileGrid.Plan(4000, 3000, TinyOnnx.Contract(8, 30) with { Tileable = false }, 1000);
        Assert.Equal(1, grid.Count);
    }
}
