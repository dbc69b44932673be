namespace NLCL.Runtime.Tests;

public sealed class FrameArrangementTests
{
    [Theory]
    [InlineData(3, 5)]
    [InlineData(4, 6)]
    [InlineData(2, 1)]
    public void Fields_lie_one_above_the_other_and_go_back(int width, int height)
    {
        float[] stored = [.. Enumerable.Range(0, 3 * width * height).Select(i => (float)i)];
        var seen = new float[stored.Length];
        FieldRows fields = new(width, height);
        fields.Arrange(stored, seen);
        for (var plane = 0; plane < 3; plane++)
        {
            int[] order = [.. Enumerable.Range(0, height).Where(y => y % 2 == 0), .. Enumerable.Range(0, height).Where(y => y % 2 == 1)];
            for (var row = 0; row < height; row++)
            {
                Assert.Equal(
                    stored.AsSpan(((plane * height) + order[row]) * width, width),
                    seen.AsSpan(((plane * height) + row) * width, width));
            }
        }
        var back = new float[stored.Length];
        fields.Restore(seen, back);
        Assert.Equal(stored, back);
        fields.Restore(seen.AsSpan(0, width * height), back.AsSpan(0, width * height));
        Assert.Equal(stored, back);
    }

    [Theory]
    [InlineData(5, 3, true)]
    [InlineData(5, 3, false)]
    [InlineData(70, 33, true)]
    [InlineData(33, 70, false)]
    [InlineData(1, 40, true)]
    public void Every_pixel_goes_where_it_stands_and_back(int width, int height, bool left)
    {
        float[] stored = [.. Enumerable.Range(0, 3 * width * height).Select(i => (float)i)];
        var upright = new float[stored.Length];
        QuarterTurn turn = new(width, height, left);
        turn.Arrange(stored, upright);
        for (var plane = 0; plane < 3; plane++)
        {
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    // To the left: the right edge is on top. To the right, in a mirror: the left edge is.
                    var (row, column) = (left ? width - 1 - x : x, y);
                    Assert.Equal(stored[(((plane * height) + y) * width) + x], upright[(((plane * width) + row) * height) + column]);
                }
            }
        }
        var back = new float[stored.Length];
        turn.Restore(upright, back);
        Assert.Equal(stored, back);
        turn.Restore(upright.AsSpan(0, width * height), back.AsSpan(0, width * height));
        Assert.Equal(stored, back);
        Assert.Throws<ArgumentOutOfRangeException>(() => turn.Arrange(stored, upright.AsSpan(1)));
    }
}
