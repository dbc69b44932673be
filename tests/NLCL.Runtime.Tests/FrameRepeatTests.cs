using System.Runtime.InteropServices;

namespace NLCL.Runtime.Tests;

public sealed class FrameRepeatTests
{
    [Theory]
    [InlineData(8, 1, 0)]
    [InlineData(8, 1000, 250)]
    [InlineData(8, 100_001, 25_000)]
    [InlineData(10, 1000, 1002)]
    [InlineData(10, 50_001, 50_148)]
    [InlineData(16, 77, 4947)]
    public void Up_to_a_quarter_of_a_level_on_average_frames_show_the_same(int bits, int samples, int most)
    {
        ushort[] values = [.. Enumerable.Range(0, samples).Select(i => (ushort)(i * 7919L % 100))];
        foreach (var (sum, same) in new[] { (most, true), (most + 1, false) })
        {
            var other = (ushort[])values.Clone();
            for (var left = sum; left > 0; left -= Math.Min(left, 100))
            {
                other[left * 31L % samples] += (ushort)Math.Min(left, 100);
            }
            Assert.Equal(sum, other.Zip(values, (a, b) => a - b).Sum());
            Assert.Equal(same, FrameRepeat.Shows(Bytes(values, bits), Bytes(other, bits), bits));
            Assert.Equal(same, FrameRepeat.Shows(Bytes(other, bits), Bytes(values, bits), bits));
        }
    }

    [Fact]
    public void Only_frames_of_one_format_are_compared()
    {
        Assert.Throws<ArgumentException>(() => FrameRepeat.Shows(new byte[4], new byte[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameRepeat.Shows(new byte[4], new byte[4], 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameRepeat.Shows(new byte[4], new byte[4], 17));
    }

    static byte[] Bytes(ushort[] values, int bits) => bits > 8 ? MemoryMarshal.AsBytes(values.AsSpan()).ToArray() : [.. values.Select(value => checked((byte)value))];
}
