using OpenCvSharp;

namespace NLCL.Runtime.Tests;

/// <summary>Networks that see the frames before and after.</summary>
public sealed class WindowTests : IDisposable
{
    readonly TestFolder _folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    Derainer Open(TinyOnnx model, long maxTilePixels = 1 << 20) => Derainer.Open(
        _folder.Write("m.onnx", model.ToBytes()), new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1, MaxTilePixels = maxTilePixels });

    static float[] Derain(Derainer derainer, float[] previous, float[] rainy, float[] next, int width, int height)
    {
        var background = new float[rainy.Length];
        derainer.Derain(previous, rainy, next, background, width, height, Token);
        return background;
    }

    [Theory]
    [InlineData(32, 16, 1)]
    [InlineData(33, 17, 16)]
    [InlineData(1, 1, 8)]
    public void Each_neighbour_arrives_where_the_contract_says(int width, int height, int multiple)
    {
        float[] before = Noise.Planes(width, height, 1), rainy = Noise.Planes(width, height, 2), after = Noise.Planes(width, height, 3);
        using (var previous = Open(TinyOnnx.Window(1, 0, 0, multiple)))
        {
            Assert.Equal(before, Derain(previous, before, rainy, after, width, height));
        }
        using (var next = Open(TinyOnnx.Window(0, 0, 1, multiple)))
        {
            Assert.Equal(after, Derain(next, before, rainy, after, width, height));
        }
        using var mixed = Open(TinyOnnx.Window(0.25f, 0.5f, 0.25f, multiple));
        var background = Derain(mixed, before, rainy, after, width, height);
        for (var i = 0; i < background.Length; i++)
        {
            Assert.Equal((0.25f * before[i]) + (0.5f * rainy[i]) + (0.25f * after[i]), background[i], 1e-6f);
        }
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(300)]
    public void A_frame_alone_stands_for_its_neighbours(int maxTilePixels)
    {
        const int Width = 33, Height = 21;
        foreach (var shares in new[] { (1f, 0f, 0f), (0f, 0f, 1f) })
        {
            using var derainer = Open(TinyOnnx.Window(shares.Item1, shares.Item2, shares.Item3, 2), maxTilePixels);
            // Several frames: what a buffer held of the one before must not stay.
            float[] frames = [.. Noise.Planes(Width, Height, 1), .. Noise.Planes(Width, Height, 2), .. Noise.Planes(Width, Height, 3)];
            var background = new float[frames.Length];
            derainer.Derain(frames, background, Width, Height, 3, Token);
            Assert.Equal(frames, background);

            foreach (var pixels in Enum.GetValues<PixelFormat>().Where(format => format is not (PixelFormat.I010 or PixelFormat.P010)))
            {
                var format = new FrameFormat(Width, Height, pixels);
                var rainy = Noise.Bytes(format.Bytes * 2);
                var derained = (byte[])rainy.Clone();
                derainer.Derain(derained, derained, format, 2, Token);
                Assert.Equal(rainy, derained);
            }

            using var picture = Noise.Picture(Width, Height, MatType.CV_16UC4);
            using var other = Noise.Picture(Width, Height, MatType.CV_16UC4, 2);
            using var one = derainer.Derain(picture, Token);
            Noise.AssertEqual(picture, one);
            var several = derainer.Derain([other, picture], Token);
            Noise.AssertEqual(other, several[0]);
            Noise.AssertEqual(picture, several[1]);
            several.ToList().ForEach(mat => mat.Dispose());

            var bgr = new FrameFormat(Width, Height, PixelFormat.Bgr24);
            byte[] rows = Noise.Bytes(bgr.Bytes), written = new byte[bgr.Bytes];
            derainer.DerainBands(
                bgr,
                (first, target) => rows.AsSpan(first * bgr.RowBytes, target.Length).CopyTo(target),
                (first, source) => source.CopyTo(written.AsSpan(first * bgr.RowBytes)),
                12 * bgr.RowBytes, null, Token);
            Assert.Equal(rows, written);
        }
    }

    [Theory]
    [InlineData(97, 61, 900)]
    [InlineData(64, 64, 1)]
    [InlineData(31, 150, 700)]
    public void Tiles_equal_the_whole_frame(int width, int height, int maxTilePixels)
    {
        float[] previous = Noise.Planes(width, height, 1), rainy = Noise.Planes(width, height, 2), next = Noise.Planes(width, height, 3);
        using var whole = Open(TinyOnnx.WindowNetwork());
        using var tiled = Open(TinyOnnx.WindowNetwork(), maxTilePixels);
        Assert.True(TileGrid.Plan(width, height, tiled.Contract, maxTilePixels).Count > 1);
        var (expected, actual) = (Derain(whole, previous, rainy, next, width, height), Derain(tiled, previous, rainy, next, width, height));
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-5);
        Assert.NotEqual(expected, Derain(whole, rainy, rainy, rainy, width, height));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_background_may_lie_in_any_input(int which)
    {
        using var derainer = Open(TinyOnnx.WindowNetwork(), 900);
        float[][] window = [Noise.Planes(97, 61, 1), Noise.Planes(97, 61, 2), Noise.Planes(97, 61, 3)];
        var expected = Derain(derainer, window[0], window[1], window[2], 97, 61);
        derainer.Derain(window[0], window[1], window[2], window[which], 97, 61, Token);
        Assert.Equal(expected, window[which]);
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(400)]
    public void Mats_are_windows_too(int maxTilePixels)
    {
        using var derainer = Open(TinyOnnx.Window(0, 0, 1, 2), maxTilePixels);
        using var previous = Noise.Picture(37, 23, MatType.CV_8UC4, 1);
        using var rainy = Noise.Picture(37, 23, MatType.CV_8UC4, 2);
        using var next = Noise.Picture(37, 23, MatType.CV_8UC4, 3);
        using var background = derainer.Derain(previous, rainy, next, Token);
        byte[] expected = Noise.Content(next), own = Noise.Content(rainy);
        // Alpha is the frame's own.
        Assert.Equal(expected.Select((value, i) => i % 4 == 3 ? own[i] : value), Noise.Content(background));

        using var grey = Noise.Picture(37, 23, MatType.CV_8UC1);
        Assert.Throws<ArgumentException>(() => derainer.Derain(grey, rainy, next, Token));
        using var identity = Open(TinyOnnx.Identity());
        using var same = identity.Derain(previous, rainy, next, Token);
        Noise.AssertEqual(rainy, same);
    }

    [Fact]
    public void A_network_that_sees_one_frame_leaves_the_others_alone()
    {
        using var derainer = Open(TinyOnnx.Network());
        float[] rainy = Noise.Planes(20, 16), alone = new float[rainy.Length];
        derainer.Derain(rainy, alone, 20, 16, Token);
        Assert.Equal(alone, Derain(derainer, Noise.Planes(20, 16, 2), rainy, Noise.Planes(20, 16, 3), 20, 16));
        Assert.Throws<ArgumentException>(() => derainer.Derain(new float[12], new float[12], new float[11], new float[12], 2, 2, Token));
    }

    [Fact]
    public void Spans_of_another_size_are_the_callers_mistake()
    {
        using var derainer = Open(TinyOnnx.Window(0, 1, 0));
        for (var i = 0; i < 4; i++)
        {
            var lengths = Enumerable.Repeat(12, 4).ToArray();
            lengths[i]--;
            Assert.Throws<ArgumentException>(() => derainer.Derain(new float[lengths[0]], new float[lengths[1]], new float[lengths[2]], new float[lengths[3]], 2, 2, Token));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => derainer.Derain([], [], [], [], 2, 0, Token));
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(900)]
    public void A_frame_costs_no_managed_memory_once_its_size_is_known(int maxTilePixels)
    {
        using var derainer = Open(TinyOnnx.WindowNetwork(), maxTilePixels);
        using var source = new CancellationTokenSource();
        float[] previous = Noise.Planes(64, 48, 1), rainy = Noise.Planes(64, 48, 2), next = Noise.Planes(64, 48, 3), background = new float[rainy.Length];
        void Both()
        {
            derainer.Derain(previous, rainy, next, background, 64, 48, source.Token);
            derainer.Derain(rainy, background, 64, 48, source.Token);
        }
        for (var i = 0; i < 50; i++)
        {
            Both();
        }
        Assert.Equal(0, ManagedMemory.OfARound(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                Both();
            }
        }));
    }
}
