namespace NLCL.Runtime.Tests;

public sealed class QuarterTurnTests
{
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
        turn.Upright(stored, upright);
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
        turn.Stored(upright, back);
        Assert.Equal(stored, back);
        turn.Stored(upright.AsSpan(0, width * height), back.AsSpan(0, width * height));
        Assert.Equal(stored, back);
        Assert.Throws<ArgumentOutOfRangeException>(() => turn.Upright(stored, upright.AsSpan(1)));
    }
}
