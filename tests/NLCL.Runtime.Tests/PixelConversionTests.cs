namespace NLCL.Runtime.Tests;

public class PixelConversionTests
{
    static readonly Dictionary<PackedLayout, (int Channels, int[] Rgb)> s_layouts = new()
    {
        [PackedLayout.Grey] = (1, [0, 0, 0]),
        [PackedLayout.Bgr] = (3, [2, 1, 0]),
        [PackedLayout.Bgra] = (4, [2, 1, 0]),
        [PackedLayout.Rgb] = (3, [0, 1, 2]),
        [PackedLayout.Rgba] = (4, [0, 1, 2]),
    };

    public static TheoryData<PackedLayout, int, int, int> Cases()
    {
        var cases = new TheoryData<PackedLayout, int, int, int>();
        foreach (var layout in Enum.GetValues<PackedLayout>())
        {
            foreach (var width in new[] { 1, 7, 15, 16, 17, 48, 67 })
            {
                cases.Add(layout, width, 3, 0);
                cases.Add(layout, width, 2, 5);
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Bytes_become_planes_as_pixel_by_pixel(PackedLayout layout, int width, int height, int gap)
    {
        var (channels, rgb) = s_layouts[layout];
        var stride = (width * channels) + gap;
        var packed = Noise.Bytes(stride * height);
        var planes = new float[3 * width * height];
        PixelConversion.ToPlanar(packed, stride, layout, planes, width, height);
        for (var i = 0; i < planes.Length; i++)
        {
            var (x, y, c) = (i % width, i / width % height, i / (width * height));
            Assert.Equal(packed[(y * stride) + (x * channels) + rgb[c]] * (1f / 255f), planes[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Planes_become_bytes_as_pixel_by_pixel(PackedLayout layout, int width, int height, int gap)
    {
        var (channels, rgb) = s_layouts[layout];
        var stride = (width * channels) + gap;
        var planes = Noise.Planes(width, height);
        for (var i = 0; i < planes.Length; i++)
        {
            planes[i] = (planes[i] * 1.4f) - 0.2f;
        }
        var packed = Noise.Bytes(stride * height, 5);
        var expected = (byte[])packed.Clone();
        for (var i = 0; i < width * height; i++)
        {
            var at = (i / width * stride) + (i % width * channels);
            for (var c = 0; c < 3; c++)
            {
                var value = channels == 1 ? (planes[i] + planes[(width * height) + i] + planes[(2 * width * height) + i]) / 3 : planes[(c * width * height) + i];
                expected[at + rgb[c]] = (byte)Math.Floor(Math.Clamp((value * 255f) + 0.5f, 0f, 255f));
            }
        }
        PixelConversion.ToPacked(planes, packed, stride, layout, width, height);
        Assert.Equal(expected, packed);
    }

    [Theory]
    [InlineData(PackedLayout.Grey)]
    [InlineData(PackedLayout.Bgr)]
    [InlineData(PackedLayout.Bgra)]
    public void Every_code_survives_both_ways(PackedLayout layout)
    {
        var (channels, _) = s_layouts[layout];
        var bytes = Enumerable.Range(0, 256).SelectMany(v => Enumerable.Repeat((byte)v, channels)).ToArray();
        var planes = new float[3 * 256];
        PixelConversion.ToPlanar(bytes, bytes.Length, layout, planes, 256, 1);
        var back = (byte[])bytes.Clone();
        PixelConversion.ToPacked(planes, back, back.Length, layout, 256, 1);
        Assert.Equal(bytes, back);

        var words = Enumerable.Range(0, 65536).SelectMany(v => Enumerable.Repeat((ushort)v, channels)).ToArray();
        planes = new float[3 * 65536];
        PixelConversion.ToPlanar(words, words.Length, layout, planes, 65536, 1);
        var wordsBack = (ushort[])words.Clone();
        PixelConversion.ToPacked(planes, wordsBack, wordsBack.Length, layout, 65536, 1);
        Assert.Equal(words, wordsBack);
    }

    [Fact]
    public void Floats_pass_as_they_are()
    {
        float[] packed = [0.25f, -3f, 7f, 0f, 1f, 0.5f];
        var planes = new float[6];
        PixelConversion.ToPlanar(packed, 6, PackedLayout.Bgr, planes, 2, 1);
        Assert.Equal([7f, 0.5f, -3f, 1f, 0.25f, 0f], planes);
        var back = new float[6];
        PixelConversion.ToPacked(planes, back, 6, PackedLayout.Bgr, 2, 1);
        Assert.Equal(packed, back);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(40)]
    public void Infinities_saturate_and_no_number_becomes_zero(int width)
    {
        foreach (var (value, code) in new[] { (float.NaN, 0), (float.NegativeInfinity, 0), (float.PositiveInfinity, 255), (-1e30f, 0), (1e30f, 255) })
        {
            var planes = Enumerable.Repeat(value, 3 * width).ToArray();
            foreach (var layout in Enum.GetValues<PackedLayout>())
            {
                var channels = s_layouts[layout].Channels;
                var bytes = Enumerable.Repeat((byte)code, width * channels).ToArray();
                PixelConversion.ToPacked(planes, bytes, bytes.Length, layout, width, 1);
                Assert.All(bytes, b => Assert.Equal(code, b));
                var words = Enumerable.Repeat((ushort)(code * 257), width * channels).ToArray();
                PixelConversion.ToPacked(planes, words, words.Length, layout, width, 1);
                Assert.All(words, w => Assert.Equal(code * 257, w));
            }
        }
    }

    [Fact]
    public void Spans_that_do_not_fit_are_the_callers_mistake()
    {
        Assert.Throws<ArgumentException>(() => PixelConversion.ToPlanar(new byte[11], 6, PackedLayout.Bgr, new float[12], 2, 2));
        Assert.Throws<ArgumentException>(() => PixelConversion.ToPlanar(new byte[12], 5, PackedLayout.Bgr, new float[12], 2, 2));
        Assert.Throws<ArgumentException>(() => PixelConversion.ToPlanar(new byte[12], 6, PackedLayout.Bgr, new float[13], 2, 2));
        Assert.Throws<ArgumentException>(() => PixelConversion.ToPacked(new float[12], new byte[11], 6, PackedLayout.Bgr, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => PixelConversion.ToPlanar(new byte[12], 6, (PackedLayout)77, new float[12], 2, 2));
    }
}
