namespace NLCL.Runtime.Tests;

public sealed class DerainerTests : IDisposable
{
    readonly TestFolder _folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    Derainer Open(TinyOnnx model, long maxTilePixels = 1 << 20, int threads = 1) => Derainer.Open(
        _folder.Write("m.onnx", model.ToBytes()),
        new DerainerOptions { Device = DeviceKind.Cpu, Threads = threads, MaxTilePixels = maxTilePixels });

    static float[] Derain(Derainer derainer, float[] rainy, int width, int height)
    {
        var background = new float[rainy.Length];
        derainer.Derain(rainy, background, width, height);
        return background;
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, 8)]
    [InlineData(3, 2, 16)]
    [InlineData(33, 17, 16)]
    [InlineData(7, 200, 64)]
    public void An_identity_gives_back_every_pixel_whatever_the_padding(int width, int height, int multiple)
    {
        using var derainer = Open(TinyOnnx.Identity(multiple));
        var rainy = Noise.Planes(width, height);
        Assert.Equal(rainy, Derain(derainer, rainy, width, height));
    }

    [Fact]
    public void The_network_is_really_run()
    {
        using var derainer = Open(TinyOnnx.Network());
        var rainy = Noise.Planes(20, 20);
        var background = Derain(derainer, rainy, 20, 20);
        Assert.True(rainy.Zip(background, (a, b) => Math.Abs(a - b)).Average() > 0.01);
    }

    [Theory]
    [InlineData(8, 8, false)]
    [InlineData(9, 8, false)]
    [InlineData(8, 11, false)]
    [InlineData(1, 1, true)]
    [InlineData(5, 1, true)]
    public void Padding_reflects_and_repeats_where_it_cannot(int width, int height, bool repeats)
    {
        using var derainer = Open(TinyOnnx.Network());
        var rainy = Noise.Planes(width, height);
        var (paddedWidth, paddedHeight) = (width + (width & 1), height + (height & 1));
        var padded = new float[3 * paddedWidth * paddedHeight];
        for (var i = 0; i < padded.Length; i++)
        {
            var (x, y, c) = (i % paddedWidth, i / paddedWidth % paddedHeight, i / (paddedWidth * paddedHeight));
            x = x < width ? x : Math.Max(0, width - 2);
            y = y < height ? y : Math.Max(0, height - 2);
            padded[i] = rainy[(((c * height) + y) * width) + x];
        }
        Assert.Equal(repeats, width == 1 || height == 1);
        var whole = Derain(derainer, padded, paddedWidth, paddedHeight);
        var background = Derain(derainer, rainy, width, height);
        for (var i = 0; i < background.Length; i++)
        {
            var (x, y, c) = (i % width, i / width % height, i / (width * height));
            Assert.Equal(whole[(((c * paddedHeight) + y) * paddedWidth) + x], background[i], 1e-6f);
        }
    }

    [Theory]
    [InlineData(97, 61, 900)]
    [InlineData(200, 33, 1000)]
    [InlineData(64, 64, 1)]
    [InlineData(31, 150, 700)]
    public void Tiles_equal_the_whole_frame(int width, int height, int maxTilePixels)
    {
        var rainy = Noise.Planes(width, height);
        using var whole = Open(TinyOnnx.Network());
        using var tiled = Open(TinyOnnx.Network(), maxTilePixels);
        Assert.True(TileGrid.Plan(width, height, tiled.Contract, maxTilePixels).Count > 1);
        var (expected, actual) = (Derain(whole, rainy, width, height), Derain(tiled, rainy, width, height));
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-5);
    }

    [Fact]
    public void Output_may_be_the_input_even_in_tiles()
    {
        using var derainer = Open(TinyOnnx.Network(), 900);
        var rainy = Noise.Planes(97, 61);
        var expected = Derain(derainer, rainy, 97, 61);
        derainer.Derain(rainy, rainy, 97, 61, Token);
        Assert.Equal(expected, rainy);
    }

    [Fact]
    public void Runs_are_bit_identical()
    {
        var rainy = Noise.Planes(90, 70);
        using var derainer = Open(TinyOnnx.Network(), threads: 2);
        var first = Derain(derainer, rainy, 90, 70);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(first, Derain(derainer, rainy, 90, 70));
        }
    }

    [Fact]
    public void Different_frames_give_different_results_through_reused_buffers()
    {
        using var derainer = Open(TinyOnnx.Network());
        var (one, two) = (Noise.Planes(16, 16, 1), Noise.Planes(16, 16, 2));
        var expected = Derain(derainer, one, 16, 16);
        Assert.NotEqual(expected, Derain(derainer, two, 16, 16));
        Derain(derainer, Noise.Planes(30, 8), 30, 8);
        Assert.Equal(expected, Derain(derainer, one, 16, 16));
    }

    [Fact]
    public void Concurrent_callers_do_not_mix_their_frames()
    {
        using var derainer = Open(TinyOnnx.Network());
        var frames = Enumerable.Range(0, 8).Select(i => (Rainy: Noise.Planes(20 + i, 30, i), Width: 20 + i)).ToArray();
        var expected = frames.Select(f => Derain(derainer, f.Rainy, f.Width, 30)).ToArray();
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 6 }, i =>
            Assert.Equal(expected[i % 8], Derain(derainer, frames[i % 8].Rainy, frames[i % 8].Width, 30)));
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(900)]
    public void A_frame_costs_no_managed_memory_once_its_size_is_known(int maxTilePixels)
    {
        using var derainer = Open(TinyOnnx.Network(), maxTilePixels);
        using var source = new CancellationTokenSource();
        float[] rainy = Noise.Planes(64, 48), background = new float[rainy.Length];
        for (var i = 0; i < 50; i++)
        {
            derainer.Derain(rainy, background, 64, 48, source.Token);
        }
        Assert.Equal(0, ManagedMemory.OfARound(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                derainer.Derain(rainy, background, 64, 48, source.Token);
            }
        }));
    }

    [Fact]
    public async Task Cancelling_stops_within_a_frame_and_leaves_the_derainer_usable()
    {
        using var derainer = Open(TinyOnnx.Network(), 2000);
        var rainy = Noise.Planes(1500, 1500);
        using var source = new CancellationTokenSource();
        var run = Task.Run(() => derainer.Derain(rainy, new float[rainy.Length], 1500, 1500, source.Token), Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Throws<OperationCanceledException>(() => derainer.Derain(rainy, rainy, 1500, 1500, source.Token));
        var small = Noise.Planes(16, 16);
        Assert.NotEqual(small, Derain(derainer, small, 16, 16));
    }

    [Fact]
    public void Spans_of_another_size_are_the_callers_mistake()
    {
        using var derainer = Open(TinyOnnx.Identity());
        Assert.Throws<ArgumentException>(() => derainer.Derain(new float[12], new float[11], 2, 2, Token));
        Assert.Throws<ArgumentException>(() => derainer.Derain(new float[11], new float[12], 2, 2, Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => derainer.Derain([], [], 0, 2, Token));
    }

    [Fact]
    public async Task Disposing_lets_runs_in_flight_finish_and_refuses_new_ones()
    {
        var derainer = Open(TinyOnnx.Network(), 2000);
        var rainy = Noise.Planes(500, 500);
        var expected = Derain(derainer, rainy, 500, 500);
        using var started = new ManualResetEventSlim();
        var run = Task.Run(() =>
        {
            started.Set();
            return Derain(derainer, rainy, 500, 500);
        }, Token);
        started.Wait(Token);
        derainer.Dispose();
        derainer.Dispose();
        try
        {
            Assert.Equal(expected, await run);
        }
        catch (ObjectDisposedException)
        {
            // It came too late to begin.
        }
        Assert.Throws<ObjectDisposedException>(() => Derain(derainer, rainy, 500, 500));
    }
}
