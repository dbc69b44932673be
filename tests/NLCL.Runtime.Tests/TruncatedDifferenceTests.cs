namespace NLCL.Runtime.Tests;

/// <summary>Against sums pixel by pixel.</summary>
public sealed class TruncatedDifferenceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(701)]
    public void Of_two_rows(int length)
    {
        byte[] one = Bytes(length, 1), other = Bytes(length, 2);

        Assert.Equal(one.Zip(other, Truncated).Sum(), TruncatedDifference.Sum(one, other));
    }

    [Fact]
    public void Of_two_blocks()
    {
        const int stride = 37;
        byte[] one = Bytes(stride * 20, 3), other = Bytes(stride * 20, 4);
        // As far apart as can be: no lane may overflow.
        Array.Fill(one, byte.MaxValue, 0, 8 * stride);
        Array.Fill(other, byte.MinValue, 0, 8 * stride);
        var expected = 0L;
        for (var y = 0; y < 16; y++)
        {
            for (var x = 0; x < 16; x++)
            {
                expected += Truncated(one[(y * stride) + 5 + x], other[((y + 2) * stride) + 11 + x]);
            }
        }

        Assert.Equal(expected, TruncatedDifference.OfBlock(ref one[5], ref other[(2 * stride) + 11], stride));
    }

    static long Truncated(byte one, byte other) => Math.Min(TruncatedDifference.Most, Math.Abs(one - other));

    static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
