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

    [Fact]
    public void Options_have_these_defaults()
    {
        var options = new DerainerOptions();
        options.Validate();
        Assert.Equal(
            (DeviceKind.Auto, 0, 0, false, 1920L * 1088, 0L, null),
            (options.Device, options.DeviceIndex, options.Threads, options.AllowSpinning, options.MaxTilePixels, options.DeviceMemoryLimitBytes, options.EngineCacheFolder));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        var good = new DerainerOptions();
        foreach (var bad in new[] { good with { Threads = -1 }, good with { MaxTilePixels = 0 }, good with { Device = (DeviceKind)9 }, good with { DeviceIndex = -1 } })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Derainer.Open("unread.onnx", bad));
        }
    }
}
