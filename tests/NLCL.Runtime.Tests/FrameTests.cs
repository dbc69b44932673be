using System.Runtime.InteropServices;
using OpenCvSharp;

namespace NLCL.Runtime.Tests;

/// <summary>Raw frames: every pixel format, strides, in place, batches, memory outside .NET.</summary>
public sealed class FrameTests : IDisposable
{
    readonly TestFolder _folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    Derainer Open(TinyOnnx model, long maxTilePixels = 1 << 20) => Derainer.Open(
        _folder.Write("m.onnx", model.ToBytes()), new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1, MaxTilePixels = maxTilePixels });

    /// <summary>Any bytes; 10-bit codes where the format has them.</summary>
    static byte[] Frames(FrameFormat format, int frames = 1, int seed = 1)
    {
        var bytes = Noise.Bytes(format.Bytes * frames, seed);
        foreach (ref var word in MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan()))
        {
            word = format.Pixels switch { PixelFormat.I010 => (ushort)(word & 1023), PixelFormat.P010 => (ushort)(word & 0xFFC0), _ => word };
        }
        return bytes;
    }

    public static TheoryData<PixelFormat, int, int, int> Cases()
    {
        var cases = new TheoryData<PixelFormat, int, int, int>();
        foreach (var pixels in Enum.GetValues<PixelFormat>())
        {
            foreach (var (width, height, gap) in new[] { (1, 1, 0), (34, 18, 0), (33, 17, 0), (70, 9, 6), (67, 21, 4) })
            {
                cases.Add(pixels, width, height, gap);
            }
        }
        return cases;
    }

    static FrameFormat Format(PixelFormat pixels, int width, int height, int gap)
    {
        var format = new FrameFormat(width, height, pixels);
        var stride = format.TightRowBytes + gap;
        return gap == 0 ? format : format with { Stride = (stride + 3) / 4 * 4 };
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_identity_gives_back_every_byte(PixelFormat pixels, int width, int height, int gap)
    {
        using var derainer = Open(TinyOnnx.Identity(8), 700);
        var format = Format(pixels, width, height, gap);
        var rainy = Frames(format, 2);
        // Bytes between the rows are nobody's: they must stay as the target has them.
        var background = (byte[])rainy.Clone();
        derainer.Derain(rainy, background, format, 2, Token);
        Assert.Equal(rainy, background);
        derainer.Derain(background, background, format, 2, Token);
        Assert.Equal(rainy, background);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_place_in_tiles_and_in_batches_gives_what_frame_by_frame_gives(PixelFormat pixels, int width, int height, int gap)
    {
        var format = Format(pixels, width, height, gap);
        var rainy = Frames(format, 3);
        var expected = new byte[rainy.Length];
        using (var whole = Open(TinyOnnx.Network()))
        {
            for (var i = 0; i < 3; i++)
            {
                whole.Derain(rainy.AsSpan(i * format.Bytes), expected.AsSpan(i * format.Bytes, format.Bytes), format, 1, Token);
            }
            var batch = new byte[rainy.Length];
            whole.Derain(rainy, batch, format, 3, Token);
            Assert.Equal(expected, batch);
        }
        using var tiled = Open(TinyOnnx.Network(), 900);
        var inPlace = (byte[])rainy.Clone();
        tiled.Derain(inPlace, inPlace, format, 3, Token);
        AssertSamplesEqual(format, expected, inPlace, rainy, frames: 3);
    }

    [Theory]
    [InlineData(PixelFormat.Bgr24, MatType.CV_8U, 3)]
    [InlineData(PixelFormat.Gray8, MatType.CV_8U, 1)]
    [InlineData(PixelFormat.Bgra32, MatType.CV_8U, 4)]
    [InlineData(PixelFormat.Bgr48, MatType.CV_16U, 3)]
    [InlineData(PixelFormat.Bgra64, MatType.CV_16U, 4)]
    [InlineData(PixelFormat.Gray16, MatType.CV_16U, 1)]
    public void Packed_frames_are_derained_as_pictures_are(PixelFormat pixels, int depth, int channels)
    {
        using var derainer = Open(TinyOnnx.Network());
        using var picture = Noise.Picture(45, 31, MatType.MakeType(depth, channels));
        using var expected = derainer.Derain(picture, Token);
        var rainy = Noise.Content(picture);
        var background = new byte[rainy.Length];
        derainer.Derain(rainy, background, new FrameFormat(45, 31, pixels), 1, Token);
        Assert.Equal(Noise.Content(expected), background);
    }

    [Fact]
    public void The_order_of_the_channels_is_the_formats()
    {
        using var derainer = Open(TinyOnnx.Network());
        var bgr = Noise.Bytes(3 * 20 * 10);
        byte[] rgb = [.. bgr.Chunk(3).SelectMany(p => p.Reverse())];
        derainer.Derain(bgr, bgr, new FrameFormat(20, 10, PixelFormat.Bgr24), 1, Token);
        derainer.Derain(rgb, rgb, new FrameFormat(20, 10, PixelFormat.Rgb24), 1, Token);
        Assert.Equal(bgr, rgb.Chunk(3).SelectMany(p => p.Reverse()));
    }

    [Theory]
    [InlineData(PixelFormat.I420, PixelFormat.Nv12)]
    [InlineData(PixelFormat.I010, PixelFormat.P010)]
    public void Shared_chroma_planes_hold_the_same_as_separate_ones(PixelFormat separate, PixelFormat shared)
    {
        using var derainer = Open(TinyOnnx.Network());
        foreach (var (width, height) in new[] { (70, 20), (33, 9) })
        {
            FrameFormat planes = new(width, height, separate), pairs = new(width, height, shared);
            byte[] one = Frames(planes), two = Shared(planes, one);
            derainer.Derain(one, one, planes, 1, Token);
            derainer.Derain(two, two, pairs, 1, Token);
            Assert.Equal(Shared(planes, one), two);
        }
    }

    /// <summary>Y, then U and V in turn; 10-bit codes in the high bits.</summary>
    static byte[] Shared(FrameFormat planes, byte[] frame)
    {
        var (size, luma, chroma) = (planes.BytesPerSample, planes.Width * planes.Height, planes.ChromaWidth * planes.ChromaHeight);
        var samples = frame.Chunk(size).Select(s => size == 1 ? s[0] : (s[0] | (s[1] << 8)) << 6).ToArray();
        var order = Enumerable.Range(0, luma).Concat(Enumerable.Range(0, chroma).SelectMany(i => new[] { luma + i, luma + chroma + i }));
        return [.. order.SelectMany(i => size == 1 ? [(byte)samples[i]] : new[] { (byte)samples[i], (byte)(samples[i] >> 8) })];
    }

    [Fact]
    public void Yuv_gets_the_change_of_its_rgb()
    {
        using var derainer = Open(TinyOnnx.Network());
        var format = new FrameFormat(50, 30, PixelFormat.I420) { Matrix = YuvMatrix.Bt601, Range = YuvRange.Full };
        var rainy = Frames(format);
        var conversion = new YuvConversion(new YuvFormat(50, 30, ChromaSampling.Yuv420, 8, YuvMatrix.Bt601, YuvRange.Full));
        float[] planes = new float[3 * 50 * 30], network = new float[planes.Length];
        conversion.ToPlanarRgb(rainy, planes);
        derainer.Derain(planes, network, 50, 30, Token);
        var expected = new byte[rainy.Length];
        conversion.ApplyChange(rainy, planes, network, expected);
        derainer.Derain(rainy, rainy, format, 1, Token);
        Assert.Equal(expected, rainy);
    }

    [Fact]
    public unsafe void Memory_outside_dotnet_is_derained_up_to_its_last_pixel()
    {
        using var derainer = Open(TinyOnnx.Network());
        var format = new FrameFormat(21, 8, PixelFormat.Bgr24) { Stride = 100 };
        var rainy = Noise.Bytes(format.Bytes);
        var expected = (byte[])rainy.Clone();
        derainer.Derain(rainy, expected, format, 1, Token);
        // 37 bytes short of the last row's stride: a frame of a camera may end there.
        var length = (7 * 100) + 63;
        var memory = (byte*)NativeMemory.Alloc((nuint)length);
        try
        {
            rainy.AsSpan(0, length).CopyTo(new Span<byte>(memory, length));
            derainer.Derain((nint)memory, (nint)memory, format, 1, Token);
            Assert.Equal(expected[..length], new Span<byte>(memory, length).ToArray());
        }
        finally
        {
            NativeMemory.Free(memory);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => derainer.Derain(0, 1, format, 1, Token));
    }

    [Theory]
    [InlineData(PixelFormat.Bgr24)]
    [InlineData(PixelFormat.Rgba64)]
    [InlineData(PixelFormat.I420)]
    [InlineData(PixelFormat.Nv12)]
    public void A_frame_costs_no_managed_memory_once_its_format_is_known(PixelFormat pixels)
    {
        using var derainer = Open(TinyOnnx.Network());
        using var source = new CancellationTokenSource();
        var format = new FrameFormat(64, 48, pixels);
        byte[] rainy = Frames(format, 4), background = new byte[rainy.Length];
        for (var i = 0; i < 50; i++)
        {
            derainer.Derain(rainy, background, format, 4, source.Token);
        }
        Assert.Equal(0, ManagedMemory.OfARound(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                derainer.Derain(rainy, background, format, 4, source.Token);
            }
        }));
    }

    [Fact]
    public async Task The_asynchronous_call_gives_the_same_and_can_be_cancelled()
    {
        using var derainer = Open(TinyOnnx.Network());
        var format = new FrameFormat(40, 30, PixelFormat.Rgb24);
        byte[] rainy = Frames(format, 2), expected = new byte[rainy.Length], actual = new byte[rainy.Length];
        derainer.Derain(rainy, expected, format, 2, Token);
        await derainer.DerainAsync(rainy, actual, format, 2, Token);
        Assert.Equal(expected, actual);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => derainer.DerainAsync(rainy, actual, format, 2, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Callers_at_the_same_time_do_not_mix_their_frames()
    {
        using var derainer = Open(TinyOnnx.Network());
        var formats = Enum.GetValues<PixelFormat>().Select(p => new FrameFormat(40, 22, p)).ToArray();
        var rainy = formats.Select((f, i) => Frames(f, 1, i)).ToArray();
        byte[] Once(int i)
        {
            var background = new byte[rainy[i].Length];
            derainer.Derain(rainy[i], background, formats[i], 1, Token);
            return background;
        }
        var expected = Enumerable.Range(0, formats.Length).Select(Once).ToArray();
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 6 }, i => Assert.Equal(expected[i % formats.Length], Once(i % formats.Length)));
    }

    [Fact]
    public void Formats_and_spans_that_do_not_fit_are_the_callers_mistake()
    {
        using var derainer = Open(TinyOnnx.Identity());
        var good = new FrameFormat(4, 4, PixelFormat.Bgr24);
        Assert.Throws<ArgumentException>(() => derainer.Derain(new byte[47], new byte[48], good, 1, Token));
        Assert.Throws<ArgumentException>(() => derainer.Derain(new byte[48], new byte[95], good, 2, Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => derainer.Derain(new byte[48], new byte[48], good, 0, Token));
        foreach (var bad in new[]
        {
            good with { Width = 0 }, good with { Stride = 11 }, good with { Stride = -1 }, good with { Pixels = (PixelFormat)99 },
            good with { Width = 40000, Height = 40000 }, new FrameFormat(4, 4, PixelFormat.I420) { Stride = 5 }, new FrameFormat(4, 4, PixelFormat.I010) { Stride = 10 }, new FrameFormat(4, 4, PixelFormat.Rgb48) { Stride = 25 },
        })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => derainer.Derain(new byte[999], new byte[999], bad, 1, Token));
        }
    }

    [Fact]
    public void Frames_are_as_long_as_ffmpeg_makes_them()
    {
        Assert.Equal(1920 * 1080 * 3 / 2, new FrameFormat(1920, 1080, PixelFormat.I420).Bytes);
        Assert.Equal(1920 * 1080 * 3, new FrameFormat(1920, 1080, PixelFormat.P010).Bytes);
        Assert.Equal(15 + 6 + 6, new FrameFormat(5, 3, PixelFormat.Nv12).Bytes);
        Assert.Equal(2048 * 1080 * 3 / 2, new FrameFormat(1920, 1080, PixelFormat.Nv12) { Stride = 2048 }.Bytes);
        Assert.Equal(5 * 3 * 6, new FrameFormat(5, 3, PixelFormat.Rgb48).Bytes);
    }

    /// <summary>Tiles may round a sample the other way; gaps must be the input's.</summary>
    static void AssertSamplesEqual(FrameFormat format, byte[] expected, byte[] actual, byte[] rainy, int frames)
    {
        var step = format.Pixels == PixelFormat.P010 ? 64 : 1;
        var size = format.BytesPerSample;
        for (var i = 0; i < frames * format.Bytes; i += size)
        {
            int At(byte[] bytes) => size == 1 ? bytes[i] : bytes[i] | (bytes[i + 1] << 8);
            Assert.True(Math.Abs(At(expected) - At(actual)) <= step || At(actual) == At(rainy), $"byte {i}: {At(expected)} and {At(actual)}");
        }
    }
}
