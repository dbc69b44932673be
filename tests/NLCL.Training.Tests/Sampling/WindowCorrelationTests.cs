namespace NLCL.Training.Tests;

public sealed class WindowCorrelationTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(16)]
    public unsafe void Both_widths_of_registers_give_the_same_bits_and_the_sum_of_products(int side)
    {
        var random = new Random(side);
        const int Margin = WindowCorrelation.BlockHeight - 1, Sums = WindowCorrelation.BlockHeight * WindowCorrelation.BlockWidth;
        var stride = WindowCorrelation.BlockWidth + side;
        float[] window = [.. Enumerable.Range(0, (side + Margin) * stride).Select(_ => random.NextSingle() - 0.5f)];
        var patch = new float[(side + (2 * Margin)) * side];
        for (var index = 0; index < side * side; index++) { patch[(Margin * side) + index] = random.NextSingle() - 0.5f; }
        float[] narrow = [.. Enumerable.Range(0, Sums)], wide = [.. narrow];
        fixed (float* w = window, p = patch, n = narrow, v = wide)
        {
            WindowCorrelation.AddBlock<BlockRow>(w, stride, p, side, n);
            WindowCorrelation.AddBlock<WideBlockRow>(w, stride, p, side, v);
        }

        Assert.Equal(narrow, wide);
        for (var place = 0; place < Sums; place++)
        {
            var first = (place / WindowCorrelation.BlockWidth * stride) + (place % WindowCorrelation.BlockWidth);
            double expected = place;
            for (var index = 0; index < side * side; index++)
            {
                expected += window[first + (index / side * stride) + (index % side)] * (double)patch[(Margin * side) + index];
            }

            Assert.Equal(expected, narrow[place], 1e-4);
        }
    }
}
