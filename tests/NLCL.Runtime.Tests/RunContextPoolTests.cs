using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime.Tests;

/// <summary>Sessions of one fixed shape each, as a GPU has them: here with real sessions of the processor.</summary>
public sealed class RunContextPoolTests : IDisposable
{
    readonly TestFolder _folder = new();
    readonly PerShape _provider = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>The processor, said to have memory of its own: a session per shape, inputs bound before each run.</summary>
    sealed class PerShape : IDeviceProvider
    {
        int _configured;

        public int Sessions => _configured;

        public DeviceKind Kind => DeviceKind.Cpu;

        public string ProviderName => "CPUExecutionProvider";

        public bool SharesHostMemory => false;

        public string Remedy => "";

        public string? Absence(DerainerOptions options) => null;

        public OrtEpDevice? Device(DerainerOptions options) => null;

        public OrtAllocator? HostMemory(DerainerOptions options) => null;

        /// <summary>Runs while a session is being made.</summary>
        public Action? Making { get; set; }

        public void Configure(SessionOptions session, ModelFile model, DerainerOptions options, ConvolutionForm form)
        {
            Interlocked.Increment(ref _configured);
            Making?.Invoke();
        }
    }

    RunContextPool Pool(TinyOnnx? network = null)
    {
        var model = ModelFile.Open(_folder.Write("m.onnx", (network ?? TinyOnnx.Network()).ToBytes()));
        var factory = new SessionFactory(model, new DerainerOptions(), _provider, 1);
        return new RunContextPool(factory, new ShapeSession(factory, factory.Create()));
    }

    static float[] Run(RunContextPool pool, TileShape shape, int seed)
    {
        var context = pool.Rent(shape);
        try
        {
            for (var i = 0; i < shape.Frames; i++)
            {
                Noise.Planes(shape.Width, shape.Height, seed + i).CopyTo(context.Input(i));
            }
            context.Run(Token);
            return [.. Enumerable.Range(0, shape.Frames).SelectMany(i => context.Output(i).ToArray())];
        }
        finally
        {
            pool.Return(context);
        }
    }

    float[] Expected(TileShape shape, int seed)
    {
        using var derainer = Derainer.Open(_folder.Write("e.onnx", TinyOnnx.Network().ToBytes()), new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1 });
        var results = new List<float>();
        for (var i = 0; i < shape.Frames; i++)
        {
            var planes = Noise.Planes(shape.Width, shape.Height, seed + i);
            derainer.Derain(planes, planes, shape.Width, shape.Height, Token);
            results.AddRange(planes);
        }
        return [.. results];
    }

    [Fact]
    public void Each_shape_has_a_session_and_two_frames_give_two_results()
    {
        using var pool = Pool();
        TileShape one = new(1, 20, 16), two = new(3, 24, 8);
        foreach (var (shape, seed) in new[] { (one, 1), (one, 2), (two, 3), (one, 4), (two, 5) })
        {
            Assert.Equal(Expected(shape, seed), Run(pool, shape, seed));
        }
        Assert.Equal(1 + 2, _provider.Sessions);
    }

    [Fact]
    public void Windows_have_sessions_of_their_own_shape()
    {
        using var pool = Pool(TinyOnnx.Window(0, 0, 1));
        foreach (var shape in new TileShape[] { new(2, 20, 16, 3), new(1, 24, 8, 3), new(2, 20, 16, 3) })
        {
            var context = pool.Rent(shape);
            for (var i = 0; i < shape.Frames; i++)
            {
                for (var k = 0; k < 3; k++)
                {
                    Noise.Planes(shape.Width, shape.Height, (3 * i) + k).CopyTo(WindowPlanes.Part(context.Input(i), 3, k));
                }
            }
            context.Run(Token);
            for (var i = 0; i < shape.Frames; i++)
            {
                Assert.Equal(Noise.Planes(shape.Width, shape.Height, (3 * i) + 2), context.Output(i).ToArray());
            }
            pool.Return(context);
        }
        Assert.Equal(1 + 2, _provider.Sessions);
    }

    [Fact]
    public void Sessions_are_bounded_and_the_least_used_one_goes()
    {
        using var pool = Pool();
        for (var i = 0; i < 6; i++)
        {
            Run(pool, new TileShape(1, 8 + (2 * i), 8), i);
        }
        Assert.Equal(1 + 6, _provider.Sessions);
        Run(pool, new TileShape(1, 18, 8), 1);
        Assert.Equal(1 + 6, _provider.Sessions);
        Run(pool, new TileShape(1, 8, 8), 1);
        Assert.Equal(1 + 7, _provider.Sessions);
    }

    [Fact]
    public void A_session_that_had_to_go_serves_its_last_caller_to_the_end()
    {
        using var pool = Pool();
        var shape = new TileShape(1, 40, 30);
        var context = pool.Rent(shape);
        Noise.Planes(40, 30, 9).CopyTo(context.Input(0));
        for (var i = 0; i < 6; i++)
        {
            Run(pool, new TileShape(1, 8 + (2 * i), 8), i);
        }
        context.Run(Token);
        Assert.Equal(Expected(shape, 9), context.Output(0).ToArray());
        pool.Return(context);
        Assert.Equal(Expected(shape, 3), Run(pool, shape, 3));
    }

    [Fact]
    public void A_session_that_has_to_go_while_it_is_made_serves_its_caller()
    {
        using var pool = Pool();
        var shape = new TileShape(1, 40, 30);
        _provider.Making = () =>
        {
            _provider.Making = null;
            for (var i = 0; i < 6; i++)
            {
                Run(pool, new TileShape(1, 8 + (2 * i), 8), i);
            }
        };
        var context = pool.Rent(shape);
        var session = context.Session;
        Assert.True(session.Retired);
        Noise.Planes(40, 30, 9).CopyTo(context.Input(0));
        context.Run(Token);
        Assert.Equal(Expected(shape, 9), context.Output(0).ToArray());
        pool.Return(context);
        Assert.Equal(0, session.Contexts);
    }

    [Fact]
    public void Callers_of_many_shapes_at_once_get_their_own()
    {
        using var pool = Pool();
        var shapes = Enumerable.Range(0, 6).Select(i => new TileShape(1, 10 + (2 * i), 12)).ToArray();
        var expected = shapes.Select((shape, i) => Expected(shape, i)).ToArray();
        Parallel.For(0, 120, new ParallelOptions { MaxDegreeOfParallelism = 5 }, i => Assert.Equal(expected[i % 6], Run(pool, shapes[i % 6], i % 6)));
    }
}
