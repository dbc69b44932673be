using System.Buffers.Binary;

namespace NLCL.Runtime.Tests;

public class YuvConversionTests
{
    public static TheoryData<YuvFormat> Formats()
    {
        var formats = new TheoryData<YuvFormat>();
        foreach (var sampling in Enum.GetValues<ChromaSampling>())
        {
            foreach (var bits in new[] { 8, 10 })
            {
                foreach (var (width, height) in new[] { (1, 1), (2, 2), (3, 5), (64, 6), (67, 9), (130, 7) })
                {
                    var matrix = (YuvMatrix)((width + bits) % 3);
                    formats.Add(new YuvFormat(width, height, sampling, bits, matrix, (YuvRange)(height % 2)));
                }
            }
        }
        foreach (var matrix in Enum.GetValues<YuvMatrix>())
        {
            foreach (var range in Enum.GetValues<YuvRange>())
            {
                formats.Add(new YuvFormat(40, 4, ChromaSampling.Yuv420, 8, matrix, range));
                formats.Add(new YuvFormat(40, 4, ChromaSampling.Yuv420, 10, matrix, range));
            }
        }
        return formats;
    }

    static byte[] Frame(YuvFormat format, int seed = 1)
    {
        var frame = Noise.Bytes(format.FrameBytes, seed);
        for (var i = 1; format.Bits == 10 && i < frame.Length; i += 2)
        {
            frame[i] &= 3;
        }
        return frame;
    }

    static float[] ToRgb(YuvFormat format, byte[] frame)
    {
        var planes = new float[3 * format.Width * format.Height];
        new YuvConversion(format).ToPlanarRgb(frame, planes);
        return planes;
    }

    [Theory]
    [MemberData(nameof(Formats), DisableDiscoveryEnumeration = true)]
    public void Rgb_is_what_the_recommendations_say(YuvFormat format)
    {
        var frame = Frame(format);
        var planes = ToRgb(format, frame);
        for (var y = 0; y < format.Height; y++)
        {
            for (var x = 0; x < format.Width; x++)
            {
                var expected = YuvReference.Rgb(format, frame, x, y);
                for (var c = 0; c < 3; c++)
                {
                    Assert.Equal(expected[c], planes[(((c * format.Height) + y) * format.Width) + x], 2e-6);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats), DisableDiscoveryEnumeration = true)]
    public void Without_a_change_every_sample_stays(YuvFormat format)
    {
        var frame = Frame(format);
        var planes = ToRgb(format, frame);
        var derained = new byte[frame.Length];
        new YuvConversion(format).ApplyChange(frame, planes, planes, derained);
        Assert.Equal(frame, derained);
    }

    [Theory]
    [MemberData(nameof(Formats), DisableDiscoveryEnumeration = true)]
    public void No_number_changes_nothing(YuvFormat format)
    {
        var frame = Frame(format);
        var planes = ToRgb(format, frame);
        var broken = Enumerable.Repeat(float.NaN, planes.Length).ToArray();
        new YuvConversion(format).ApplyChange(frame, planes, broken, frame);
        Assert.Equal(Frame(format), frame);
    }

    [Theory]
    [MemberData(nameof(Formats), DisableDiscoveryEnumeration = true)]
    public void A_flat_colour_goes_from_black_to_its_codes(YuvFormat format)
    {
        var (kr, kb) = YuvReference.Weights(format.Matrix);
        var step = 1 << (format.Bits - 8);
        var (lumaLow, lumaSpan, chromaSpan) = format.Range == YuvRange.Full ? (0, (1 << format.Bits) - 1, (1 << format.Bits) - 1) : (16 * step, 219 * step, 224 * step);
        var black = Flat(format, lumaLow, 128 * step, 128 * step);
        foreach (var (r, g, b) in new[] { (1f, 1f, 1f), (0.9f, 0.1f, 0.2f), (0.1f, 0.8f, 0.3f), (0f, 0f, 1f), (0.5f, 0.5f, 0.5f) })
        {
            var luma = (kr * r) + ((1 - kr - kb) * g) + (kb * b);
            var expected = Flat(
                format,
                (int)Math.Clamp(Math.Round(lumaLow + (luma * lumaSpan)), 0, (1 << format.Bits) - 1),
                (int)Math.Clamp(Math.Round((128 * step) + ((b - luma) / (2 * (1 - kb)) * chromaSpan)), 0, (1 << format.Bits) - 1),
                (int)Math.Clamp(Math.Round((128 * step) + ((r - luma) / (2 * (1 - kr)) * chromaSpan)), 0, (1 << format.Bits) - 1));
            var pixels = format.Width * format.Height;
            float[] colour = [.. Enumerable.Repeat(r, pixels), .. Enumerable.Repeat(g, pixels), .. Enumerable.Repeat(b, pixels)];
            var actual = new byte[black.Length];
            new YuvConversion(format).ApplyChange(black, ToRgb(format, black), colour, actual);
            AssertWithinOneCode(format, expected, actual);
        }
    }

    [Theory]
    [MemberData(nameof(Formats), DisableDiscoveryEnumeration = true)]
    public void Rain_of_one_channel_is_taken_off_luma_within_its_range_and_chroma_stays(YuvFormat format)
    {
        var frame = Frame(format);
        var rain = Noise.Planes(format.Width, format.Height, 3)[..(format.Width * format.Height)];
        for (var i = 0; i < rain.Length; i++)
        {
            rain[i] = i % 11 == 5 ? float.NaN : rain[i] - 0.5f;
        }
        var derained = new byte[frame.Length];
        new YuvConversion(format).SubtractRain(frame, rain, derained);

        var full = format.Range == YuvRange.Full;
        var step = 1 << (format.Bits - 8);
        var (black, white) = full ? (0.0, (1 << format.Bits) - 1.0) : (16.0 * step, 235.0 * step);
        for (var i = 0; i < rain.Length; i++)
        {
            double code = YuvReference.Sample(format, frame, 0, i % format.Width, i / format.Width);
            var expected = Math.Clamp(code - (float.IsNaN(rain[i]) ? 0 : rain[i] * (white - black)), Math.Min(code, black), Math.Max(code, white));
            Assert.Equal(expected, YuvReference.Sample(format, derained, 0, i % format.Width, i / format.Width), 0.501);
        }
        Assert.Equal(frame[format.LumaBytes..], derained[format.LumaBytes..]);
        new YuvConversion(format).SubtractRain(frame, rain, frame);
        Assert.Equal(derained, frame);
    }

    [Theory]
    [MemberData(nameof(Formats), DisableDiscoveryEnumeration = true)]
    public void Rain_of_one_channel_changes_what_the_change_of_all_three_would(YuvFormat format)
    {
        // Colours in the middle, of which no channel leaves 0..1.
        var step = 1 << (format.Bits - 8);
        var frame = Flat(format, 128 * step, 120 * step, 132 * step);
        var rainy = ToRgb(format, frame);
        var rain = Noise.Planes(format.Width, format.Height, 3)[..(format.Width * format.Height)];
        for (var i = 0; i < rain.Length; i++)
        {
            rain[i] = (rain[i] - 0.5f) * 0.4f;
        }
        float[] background = [.. rainy.Select((value, i) => value - rain[i % rain.Length])];
        byte[] expected = new byte[frame.Length], derained = new byte[frame.Length];
        new YuvConversion(format).ApplyChange(frame, rainy, background, expected);
        new YuvConversion(format).SubtractRain(frame, rain, derained);
        AssertWithinOneCode(format, expected, derained);
        Assert.Equal(expected[format.LumaBytes..], derained[format.LumaBytes..]);
    }

    [Fact]
    public void Chroma_of_a_change_is_weighted_around_its_position()
    {
        var format = new YuvFormat(8, 4, ChromaSampling.Yuv420, 8, YuvMatrix.Bt709, YuvRange.Full);
        var grey = Flat(format, 128, 128, 128);
        var rainy = ToRgb(format, grey);
        // One blue pixel more at luma column 3, row 1: chroma columns 1 and 2 of row 0 see a quarter of it over two rows.
        var background = (float[])rainy.Clone();
        background[(2 * 32) + (1 * 8) + 3] += 0.4f;
        var derained = new byte[grey.Length];
        new YuvConversion(format).ApplyChange(grey, rainy, background, derained);
        var u = derained[format.LumaBytes..(format.LumaBytes + format.ChromaBytes)];
        var share = (int)Math.Round(128 + (0.4 * 0.5 * 255 * 0.25 * 0.5));
        Assert.Equal([128, share, share, 128, 128, 128, 128, 128], u.Select(v => (int)v));
    }

    [Fact]
    public void Codes_beyond_the_range_survive_where_nothing_changes()
    {
        var format = new YuvFormat(32, 2);
        var frame = Flat(format, 250, 250, 5);
        var planes = ToRgb(format, frame);
        Assert.All(planes, p => Assert.InRange(p, 0, 1));
        var derained = new byte[frame.Length];
        new YuvConversion(format).ApplyChange(frame, planes, planes, derained);
        Assert.Equal(frame, derained);
    }

    [Fact]
    public void No_code_leaves_above_its_bits()
    {
        var format = new YuvFormat(67, 4, ChromaSampling.Yuv420, 10);
        var frame = Enumerable.Repeat((byte)0xFF, format.FrameBytes).ToArray();
        var planes = ToRgb(format, frame);
        byte[] changed = new byte[frame.Length], less = new byte[frame.Length];
        new YuvConversion(format).ApplyChange(frame, planes, planes, changed);
        new YuvConversion(format).SubtractRain(frame, new float[67 * 4], less);
        Assert.All(Enumerable.Range(0, changed.Length / 2), i => Assert.Equal(1023, BinaryPrimitives.ReadUInt16LittleEndian(changed.AsSpan(2 * i))));
        Assert.All(Enumerable.Range(0, 67 * 4), i => Assert.Equal(1023, BinaryPrimitives.ReadUInt16LittleEndian(less.AsSpan(2 * i))));
    }

    [Fact]
    public void Spans_of_another_size_are_the_callers_mistake()
    {
        var conversion = new YuvConversion(new YuvFormat(4, 4));
        Assert.Throws<ArgumentException>(() => conversion.ToPlanarRgb(new byte[23], new float[48]));
        Assert.Throws<ArgumentException>(() => conversion.ToPlanarRgb(new byte[24], new float[47]));
        Assert.Throws<ArgumentException>(() => conversion.ApplyChange(new byte[24], new float[48], new float[48], new byte[23]));
        Assert.Throws<ArgumentException>(() => conversion.SubtractRain(new byte[24], new float[48], new byte[24]));
        Assert.Throws<ArgumentException>(() => conversion.SubtractRain(new byte[24], new float[16], new byte[23]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new YuvConversion(new YuvFormat(4, 4, Bits: 12)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new YuvConversion(new YuvFormat(0, 4)));
    }

    [Fact]
    public void Frames_are_as_long_as_ffmpeg_makes_them()
    {
        Assert.Equal(1920 * 1080 * 3 / 2, new YuvFormat(1920, 1080).FrameBytes);
        Assert.Equal(2 * (15 + 6 + 6), new YuvFormat(5, 3, ChromaSampling.Yuv420, 10).FrameBytes);
        Assert.Equal(15 + 9 + 9, new YuvFormat(5, 3, ChromaSampling.Yuv422).FrameBytes);
        Assert.Equal(45, new YuvFormat(5, 3, ChromaSampling.Yuv444).FrameBytes);
    }

    static byte[] Flat(YuvFormat format, int y, int u, int v)
    {
        IEnumerable<byte> Plane(int bytes, int code) =>
            Enumerable.Repeat(format.Bits == 8 ? [(byte)code] : new[] { (byte)code, (byte)(code >> 8) }, bytes / format.BytesPerSample).SelectMany(b => b);
        return [.. Plane(format.LumaBytes, y), .. Plane(format.ChromaBytes, u), .. Plane(format.ChromaBytes, v)];
    }

    static void AssertWithinOneCode(YuvFormat format, byte[] expected, byte[] actual)
    {
        for (var i = 0; i < expected.Length; i += format.BytesPerSample)
        {
            var (a, b) = format.Bits == 8
                ? (expected[i], actual[i])
                : (BinaryPrimitives.ReadUInt16LittleEndian(expected.AsSpan(i)), BinaryPrimitives.ReadUInt16LittleEndian(actual.AsSpan(i)));
            Assert.InRange(Math.Abs(a - b), 0, 1);
        }
    }
}
