namespace NLCL.OnnxExport.Tests;

public sealed class DimensionTests
{
    static readonly Dimension s_height = Dimension.Open("h", 4);

    [Fact]
    public void An_open_axis_is_written_as_a_formula_of_its_name()
    {
        Assert.Equal("h", s_height.Text);
        Assert.Equal("2*h", (s_height * 2).Text);
        Assert.Equal("h/2", s_height.DividedBy(2).Text);
        Assert.Equal("3*h/2", (s_height * 3).DividedBy(2).Text);
        Assert.Equal("h+1", (s_height + 1).Text);
        Assert.Equal("h/2-1", (s_height + -2).DividedBy(2).Text);
    }

    [Fact]
    public void Down_and_up_again_is_the_axis_itself() =>
        Assert.Equal(s_height, (s_height.DividedBy(4) * 4));

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(2, -3)]
    [InlineData(4, -1)]
    public void Division_rounds_down_as_windows_do(int divisor, int offset)
    {
        var divided = (s_height + offset).DividedBy(divisor);
        for (var t = 1; t < 9; t++)
        {
            Assert.Equal((long)Math.Floor((4.0 * t + offset) / divisor), divided.Factor * t + divided.Offset);
        }
    }

    [Fact]
    public void What_depends_on_the_size_is_not_known()
    {
        Assert.False(s_height.DividedBy(8).Known);
        Assert.False((s_height.DividedBy(8) + 1).Known);
        Assert.Null(s_height.DividedBy(3).Text);
        Assert.False(Dimension.Product([s_height, s_height]).Known);
        Assert.False(Dimension.Sum([s_height, Dimension.Open("w", 4)]).Known);
    }

    [Fact]
    public void Sums_join_equal_names() =>
        Assert.Equal("2*h+3", Dimension.Sum([s_height, Dimension.Fixed(3), s_height]).Text);

    [Fact]
    public void One_gives_way_and_other_numbers_do_not()
    {
        Assert.Equal(s_height, Dimension.TryBroadcast(Dimension.Fixed(1), s_height));
        Assert.Equal(s_height, Dimension.TryBroadcast(s_height, s_height));
        Assert.Equal(7, Dimension.TryBroadcast(Dimension.Fixed(7), s_height)?.Length);
        Assert.Null(Dimension.TryBroadcast(Dimension.Fixed(7), Dimension.Fixed(8)));
    }
}
