using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime.Tests;

public sealed class DeviceTests : IDisposable
{
    readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    Derainer Open(DeviceKind device, int threads = 0) =>
        Derainer.Open(_folder.Write("m.onnx", TinyOnnx.Network().ToBytes()), new DerainerOptions { Device = device, Threads = threads });

    [Fact]
    public void The_processor_is_always_there()
    {
        using var derainer = Open(DeviceKind.Cpu, threads: 1);
        Assert.Equal((DeviceKind.Cpu, "CPUExecutionProvider", 1), (derainer.Device.Chosen, derainer.Device.Provider, derainer.Device.Threads));
        Assert.Equal("CPU, 1 thread", derainer.Device.ToString());
        Assert.Matches(@"^\d+\.\d+\.\d+$", derainer.Device.RuntimeVersion);
    }

    [Fact]
    public void Threads_default_to_physical_cores()
    {
        using var derainer = Open(DeviceKind.Cpu);
        Assert.InRange(derainer.Device.Threads, 1, Environment.ProcessorCount);
    }

    [Fact]
    public void Siblings_of_one_core_count_once()
    {
        foreach (var (cpu, siblings) in new[] { (0, "0,4"), (1, "1,5"), (4, "0,4"), (5, "1,5") })
        {
            var topology = Directory.CreateDirectory(_folder[$"cpu{cpu}/topology"]);
            File.WriteAllText(Path.Combine(topology.FullName, "thread_siblings_list"), siblings + "\n");
        }
        Assert.Equal(2, ProcessorCores.PhysicalCores(_folder.Path));
        Assert.Equal(Environment.ProcessorCount, ProcessorCores.PhysicalCores(_folder["nothing"]));
    }

    [Fact]
    public void Auto_runs_and_says_why_there()
    {
        using var derainer = Open(DeviceKind.Auto);
        Assert.NotEqual(DeviceKind.Auto, derainer.Device.Chosen);
        Assert.NotEmpty(derainer.Device.Reason);
        Assert.Contains(derainer.Device.Reason, derainer.Device.ToString(), StringComparison.Ordinal);
        var rainy = Noise.Planes(8, 8);
        derainer.Derain(rainy, rainy, 8, 8, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(DeviceKind.Cuda, "CUDAExecutionProvider")]
    [InlineData(DeviceKind.TensorRt, "TensorrtExecutionProvider")]
    public void A_missing_device_is_one_clear_line(DeviceKind device, string provider)
    {
        Assert.SkipWhen(OrtEnv.Instance().GetAvailableProviders().Contains(provider), "this ONNX Runtime has it");
        var failure = Assert.Throws<DeviceException>(() => Open(device));
        Assert.Equal(device, failure.Device);
        Assert.Contains(provider, failure.Message, StringComparison.Ordinal);
        Assert.Contains("--device cpu", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Theory]
    [InlineData(DeviceKind.Cuda)]
    [InlineData(DeviceKind.Auto)]
    public void A_cuda_library_that_does_not_load_is_one_clear_line(DeviceKind device)
    {
        Assert.SkipWhen(OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"), "this ONNX Runtime has CUDA built in and needs no library");
        var library = _folder.Write("libonnxruntime_providers_cuda.so", "no library"u8.ToArray());
        var path = _folder.Write("m.onnx", TinyOnnx.Network().ToBytes());
        var options = new DerainerOptions { Device = device, ProviderLibrary = library };
        if (device == DeviceKind.Auto)
        {
            using var derainer = Derainer.Open(path, options);
            Assert.Equal(DeviceKind.Cpu, derainer.Device.Chosen);
            Assert.Contains(library, derainer.Device.Reason, StringComparison.Ordinal);
            return;
        }
        for (var i = 0; i < 2; i++)
        {
            var failure = Assert.Throws<DeviceException>(() => Derainer.Open(path, options));
            Assert.Contains($"{library} does not load", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', failure.Message);
        }
    }

    [Theory]
    [InlineData(DeviceKind.Cuda)]
    [InlineData(DeviceKind.TensorRt)]
    public void A_named_device_falls_back_only_where_asked(DeviceKind device)
    {
        var path = _folder.Write("m.onnx", TinyOnnx.Network().ToBytes());
        using var derainer = Derainer.Open(path, new DerainerOptions { Device = device, FallBackToCpu = true });
        Assert.SkipWhen(derainer.Device.Chosen == device, "the device is there");
        Assert.Equal((device, DeviceKind.Cpu), (derainer.Device.Requested, derainer.Device.Chosen));
        Assert.NotEmpty(derainer.Device.Reason);
        Assert.Contains(derainer.Device.Reason, derainer.Device.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Engines_of_tensorrt_lie_apart_for_all_that_they_depend_on()
    {
        var one = ModelFile.Open(_folder.Write("m.onnx", TinyOnnx.Network().ToBytes()));
        var other = ModelFile.Open(_folder.Write("n.onnx", TinyOnnx.Identity().ToBytes()));
        var options = new DerainerOptions { CacheFolder = _folder["cache"] };
        string Folder(ModelFile model, DerainerOptions o) => TensorRtProvider.Settings(model, o)["trt_engine_cache_path"];
        string[] folders = [Folder(one, options), Folder(other, options), Folder(one, options with { DeviceIndex = 1 }), Folder(one, options with { Precision = ModelPrecision.Fp16 })];
        Assert.Equal(folders.Length, folders.Distinct().Count());
        Assert.Equal(folders[0], Folder(one, options));
        Assert.All(folders, folder => Assert.True(Directory.Exists(folder)));
        Assert.False(TensorRtProvider.Settings(one, new DerainerOptions()).ContainsKey("trt_engine_cache_path"));
    }

    /// <summary>ONNX Runtime's issue 22583: a replayed graph that never sees the second frame.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void On_a_gpu_two_frames_give_two_results(bool graph) => AssertFramesSame(new DerainerOptions { CudaGraph = graph });

    /// <summary>Recording a graph fails where another thread is at work on the GPU.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task On_a_gpu_many_callers_get_their_own_results(bool graph)
    {
        using var device = OnGpu(new DerainerOptions { CudaGraph = graph }, TinyOnnx.Network());
        using var processor = OnProcessor();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(() =>
        {
            for (var turn = 0; turn < 20; turn++)
            {
                AssertSame(processor, device, 64 + (16 * (turn % 3)), 48, (100 * caller) + turn);
            }
        }, Token)));
    }

    [Fact]
    public void On_a_gpu_without_the_library_apart_the_provider_that_is_built_in_derains() =>
        AssertFramesSame(new DerainerOptions { ProviderLibrary = _folder["nowhere.so"] });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void On_a_gpu_a_network_that_sees_neighbours_sees_them(bool graph)
    {
        using var device = OnGpu(new DerainerOptions { CudaGraph = graph }, TinyOnnx.Window(0, 0, 1));
        for (var seed = 1; seed < 5; seed++)
        {
            float[] Frame(int k) => Noise.Planes(160, 136, (10 * seed) + k);
            using var planes = device.ForClips().CreatePlanes(160, 136);
            for (var k = 0; k < 3; k++)
            {
                Frame(k).CopyTo(WindowPlanes.Part(planes.Seen, 3, k));
            }
            planes.Derain(Token);
            Assert.Equal(Frame(2), planes.Given.ToArray());
        }
    }

    /// <summary>Samples go over the bus and are converted there; none of it falls back to the processor.</summary>
    [Theory]
    [InlineData(PixelFormat.Bgr24, false)]
    [InlineData(PixelFormat.Bgr24, true)]
    [InlineData(PixelFormat.Rgb24, false)]
    [InlineData(PixelFormat.I420, false)]
    [InlineData(PixelFormat.I420, true)]
    [InlineData(PixelFormat.Nv12, false)]
    [InlineData(PixelFormat.I010, false)]
    [InlineData(PixelFormat.I010, true)]
    [InlineData(PixelFormat.P010, true)]
    public void On_a_gpu_frames_go_as_samples(PixelFormat pixels, bool graph)
    {
        using var device = OnGpu(new DerainerOptions { CudaGraph = graph }, TinyOnnx.Network());
        using var identity = OnGpu(new DerainerOptions { CudaGraph = graph }, TinyOnnx.Identity(8));
        using var processor = OnProcessor();
        foreach (var (width, height) in new[] { (320, 180), (321, 181) })
        {
            var format = new FrameFormat(width, height, pixels);
            for (var seed = 1; seed < 5; seed++)
            {
                var rainy = Samples(format, seed);
                byte[] expected = new byte[rainy.Length], actual = new byte[rainy.Length];
                processor.Derain(rainy, expected, format, cancellationToken: Token);
                device.Derain(rainy, actual, format, cancellationToken: Token);
                Assert.Null(device.SamplesRefused);
                AssertNear(format, expected, actual);
                identity.Derain(rainy, actual, format, cancellationToken: Token);
                Assert.Equal(rainy, actual);
            }
        }
        Assert.True(device.TakesSamples);
    }

    /// <summary>The frames of a clip, in the memory that goes round in its pipeline.</summary>
    [Theory]
    [InlineData(ChromaSampling.Yuv420, false)]
    [InlineData(ChromaSampling.Yuv420, true)]
    [InlineData(ChromaSampling.Yuv422, false)]
    [InlineData(ChromaSampling.Yuv444, true)]
    public async Task On_a_gpu_the_frames_of_a_clip_are_derained_where_they_lie(ChromaSampling sampling, bool graph)
    {
        using var device = OnGpu(new DerainerOptions { CudaGraph = graph }, TinyOnnx.Network());
        using var processor = OnProcessor();
        var format = new YuvFormat(328, 184, sampling);
        var network = device.ForClips();
        using var workers = new FrameWorkers(network, FrameConversion.Yuv(format), 8);
        using var reference = new FrameWorkers(processor.ForClips(), FrameConversion.Yuv(format), 1);
        var stage = workers.Stage(() => Token);
        Assert.Equal(network.Samples!.SideBySide, stage.Threads);
        var expected = Enumerable.Range(0, 12).Select(seed => Through(reference.Stage(() => Token), 0, new FrameSlot(format.FrameBytes), seed)).ToArray();
        await Task.WhenAll(Enumerable.Range(0, stage.Threads).Select(worker => Task.Run(() =>
        {
            FrameSlot[] slots = [new(format.FrameBytes, 1, network.Samples.Allocate), new(format.FrameBytes, 1, network.Samples.Allocate)];
            for (var seed = worker; seed < expected.Length; seed++)
            {
                AssertNear(new FrameFormat(format.Width, format.Height, PixelFormat.I420), expected[seed], Through(stage, worker, slots[seed % 2], seed));
            }
            Array.ForEach(slots, slot => slot.Dispose());
        }, Token)));
        Assert.Null(device.SamplesRefused);

        byte[] Through(FrameStage stage, int worker, FrameSlot slot, int seed)
        {
            Noise.Bytes(format.FrameBytes, seed).CopyTo(slot.Samples);
            foreach (var part in stage.Parts)
            {
                Assert.True(part.Work(slot, worker));
            }
            return slot.Samples.ToArray();
        }
    }

    /// <summary>Channels last, and biases within the convolutions of raw frames: as the processor has it in single precision, but for the rounding of halves.</summary>
    [Theory]
    [InlineData("nlcl.onnx", PixelFormat.Bgr24)]
    [InlineData("nlcl.onnx", PixelFormat.I420)]
    [InlineData("nlcl-video.onnx", PixelFormat.I420)]
    public void On_a_gpu_half_precision_is_laid_out_for_tensor_cores(string name, PixelFormat pixels)
    {
        var path = Checkout.PathOf("models", name);
        using var device = Derainer.Open(path);
        Assert.SkipUnless(device.Device.Chosen == DeviceKind.Cuda, $"needs an NVIDIA GPU: {device.Device.Reason}");
        Assert.Equal("fp16", device.Device.Precision);
        using var processor = Derainer.Open(path, new DerainerOptions { Device = DeviceKind.Cpu, Precision = ModelPrecision.Fp32 });
        foreach (var (width, height) in new[] { (320, 184), (317, 181) })
        {
            var format = new FrameFormat(width, height, pixels);
            var rainy = Samples(format, 1);
            byte[] expected = new byte[rainy.Length], actual = new byte[rainy.Length];
            processor.Derain(rainy, expected, format, cancellationToken: Token);
            device.Derain(rainy, actual, format, cancellationToken: Token);
            Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max(), 0, 2);
        }
    }

    /// <summary>What raw frames ask for is not quietly refused.</summary>
    [Fact]
    public void On_a_gpu_biases_are_compiled_into_convolutions()
    {
        using var device = OnGpu(new DerainerOptions(), TinyOnnx.Network());
        var factory = new SessionFactory(ModelFile.Open(Checkout.PathOf("models", "nlcl.fp16.onnx")), new DerainerOptions(), new CudaPluginProvider(), 1);
        var shape = new TileShape(1, 320, 184, Compiles: true, Samples: SampleFormat.Bgr);
        using var session = factory.Create(shape);
        Assert.Equal(ConvolutionForm.ChannelsLastFused, factory.FormFor(shape));
    }

    [Fact]
    public void Convolutions_are_laid_out_for_tensor_cores_in_half_precision_alone()
    {
        ConvolutionForm Form(string name, IDeviceProvider provider, bool compiles, bool graph = false) =>
            new SessionFactory(ModelFile.Open(Checkout.PathOf("models", name)), new DerainerOptions { CudaGraph = graph }, provider, 1).FormFor(new TileShape(1, 64, 64, Compiles: compiles));
        Assert.Equal(ConvolutionForm.ChannelsLastFused, Form("nlcl.fp16.onnx", new CudaPluginProvider(), true));
        Assert.Equal(ConvolutionForm.ChannelsLast, Form("nlcl.fp16.onnx", new CudaProvider(), false));
        Assert.Equal(ConvolutionForm.ChannelsLast, Form("nlcl.fp16.onnx", new CudaPluginProvider(), true, graph: true));
        Assert.Equal(ConvolutionForm.AsWritten, Form("nlcl.onnx", new CudaPluginProvider(), true));
        Assert.Equal(ConvolutionForm.AsWritten, Form("nlcl-video.fp16.onnx", new CudaPluginProvider(), true));
        Assert.Equal(ConvolutionForm.AsWritten, Form("nlcl.fp16.onnx", new CpuProvider(), true));
        Assert.Equal(ConvolutionForm.AsWritten, Form("nlcl.fp16.onnx", new TensorRtProvider(), true));
    }

    static byte[] Samples(FrameFormat format, int seed)
    {
        var samples = Noise.Bytes(format.Bytes, seed);
        foreach (ref var word in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(samples.AsSpan()))
        {
            word = format.Pixels switch { PixelFormat.I010 => (ushort)(word & 1023), PixelFormat.P010 => (ushort)(word & 0xFFC0), _ => word };
        }
        return samples;
    }

    /// <summary>One level of 8 bits at most: a GPU rounds the factors of its products.</summary>
    static void AssertNear(FrameFormat format, byte[] expected, byte[] actual)
    {
        var (one, other) = (Levels(expected), Levels(actual));
        Assert.InRange(one.Zip(other, (a, b) => Math.Abs(a - b)).Max(), 0, 1);

        double[] Levels(byte[] frame) => format.Pixels switch
        {
            PixelFormat.I010 => [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(frame).ToArray().Select(code => code / 4.0)],
            PixelFormat.P010 => [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(frame).ToArray().Select(code => code / 256.0)],
            _ => [.. frame.Select(code => (double)code)],
        };
    }

    static CancellationToken Token => TestContext.Current.CancellationToken;

    Derainer OnGpu(DerainerOptions options, TinyOnnx network)
    {
        var device = Derainer.Open(_folder.Write("g.onnx", network.ToBytes()), options);
        Assert.SkipUnless(device.Device.Chosen == DeviceKind.Cuda, $"needs an NVIDIA GPU: {device.Device.Reason}");
        return device;
    }

    Derainer OnProcessor() => Derainer.Open(_folder.Write("m.onnx", TinyOnnx.Network().ToBytes()), new DerainerOptions { Device = DeviceKind.Cpu });

    void AssertFramesSame(DerainerOptions options)
    {
        using var device = OnGpu(options, TinyOnnx.Network());
        using var processor = OnProcessor();
        for (var seed = 1; seed < 5; seed++)
        {
            AssertSame(processor, device, 64, 48, seed);
        }
    }

    static void AssertSame(Derainer processor, Derainer device, int width, int height, int seed)
    {
        var rainy = Noise.Planes(width, height, seed);
        float[] expected = new float[rainy.Length], actual = new float[rainy.Length];
        processor.Derain(rainy, expected, width, height, Token);
        device.Derain(rainy, actual, width, height, Token);
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max(), 0, 2e-3);
    }

    [Fact]
    public void Options_have_these_defaults()
    {
        var options = new DerainerOptions();
        options.Validate();
        Assert.Equal(
            (DeviceKind.Auto, 0, 0, false, 0L, 0L, null),
            (options.Device, options.DeviceIndex, options.Threads, options.AllowSpinning, options.MaxTilePixels, options.DeviceMemoryLimitBytes, options.CacheFolder));
        Assert.Equal(
            (ModelPrecision.Auto, false, 256L << 20, false, null),
            (options.Precision, options.FallBackToCpu, options.MaxBandBytes, options.CudaGraph, options.ProviderLibrary));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        var good = new DerainerOptions();
        foreach (var bad in new[] { good with { Threads = -1 }, good with { MaxTilePixels = -1 }, good with { Device = (DeviceKind)9 }, good with { DeviceIndex = -1 }, good with { Precision = (ModelPrecision)9 }, good with { MaxBandBytes = 0 } })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Derainer.Open("unread.onnx", bad));
        }
    }
}
