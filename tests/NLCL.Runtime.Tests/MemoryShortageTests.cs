using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime.Tests;

/// <summary>Arenas belong to the whole process: ONNX Runtime crashes where one comes or goes while another test opens a session.</summary>
[CollectionDefinition(nameof(ProcessArena), DisableParallelization = true)]
public sealed class ProcessArena;

/// <summary>A real arena of ONNX Runtime that is too small: the work goes on in smaller tiles, and says so.</summary>
[Collection(nameof(ProcessArena))]
public sealed class MemoryShortageTests : IDisposable
{
    readonly TestFolder _folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tiles_shrink_until_they_fit_and_the_result_stays()
    {
        var path = _folder.Write("m.onnx", TinyOnnx.Network().ToBytes());
        var rainy = Noise.Planes(1200, 1000);
        var expected = new float[rainy.Length];
        using (var roomy = Derainer.Open(path, new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1 }))
        {
            roomy.Derain(rainy, expected, 1200, 1000, Token);
            Assert.Null(roomy.Reduction);
        }
        // The frame's first layer alone takes 14 MB.
        using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using var arena = new OrtArenaCfg(8 << 20, 1, -1, -1);
        OrtEnv.Instance().CreateAndRegisterAllocator(memory, arena);
        try
        {
            // The frames of a clip, which lie in the network's own tensors, first.
            using (var clip = Derainer.Open(path, new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1, SharesArena = true }))
            using (var planes = clip.CreatePlanes(1200, 1000))
            {
                rainy.CopyTo(planes.Seen);
                planes.Derain(Token);
                Assert.NotNull(clip.Reduction);
                for (var i = 0; i < expected.Length; i++)
                {
                    Assert.InRange(Math.Abs(expected[i] - planes.Given[i]), 0, 1e-5f);
                }
            }
            using var derainer = Derainer.Open(path, new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1, SharesArena = true });
            var inPlace = (float[])rainy.Clone();
            derainer.Derain(inPlace, inPlace, 1200, 1000, Token);
            Assert.InRange(expected.Zip(inPlace, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-5);
            var reduction = derainer.Reduction!;
            Assert.Equal(1200 * 1000, reduction.From);
            Assert.InRange(reduction.To, 1, 600 * 1000);
            Assert.Contains("memory ran short", reduction.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain('\n', reduction.ToString());
            // Once found, the size stays: the next frame does not fail first.
            derainer.Derain(rainy, inPlace, 1200, 1000, Token);
            Assert.Equal(reduction, derainer.Reduction);
        }
        finally
        {
            OrtEnv.Instance().UnregisterAllocator(memory);
        }
    }

    [Fact]
    public void Frames_that_went_as_samples_go_on_as_planes_in_tiles()
    {
        var path = _folder.Write("m.onnx", TinyOnnx.Network().ToBytes());
        var format = new FrameFormat(1200, 1000, PixelFormat.I420);
        byte[] rainy = Noise.Bytes(format.Bytes), expected = new byte[rainy.Length];
        var options = new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1 };
        using (var roomy = Derainer.Open(path, options))
        {
            roomy.Derain(rainy, expected, format, cancellationToken: Token);
        }
        using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using var arena = new OrtArenaCfg(8 << 20, 1, -1, -1);
        OrtEnv.Instance().CreateAndRegisterAllocator(memory, arena);
        try
        {
            options = options with { AsSamples = true, SharesArena = true };
            using (var clip = Derainer.Open(path, options))
            using (var workers = new FrameWorkers(clip.ForClips(), FrameConversion.Yuv(format.Yuv), 1))
            using (var slot = new FrameSlot(format.Bytes))
            {
                for (var frame = 0; frame < 2; frame++)
                {
                    rainy.CopyTo(slot.Samples);
                    foreach (var part in workers.Stage(() => Token).Parts)
                    {
                        Assert.True(part.Work(slot, 0));
                    }
                    AssertNear(slot.Samples.ToArray());
                }
                Assert.NotNull(clip.Reduction);
            }
            using var derainer = Derainer.Open(path, options);
            var background = (byte[])rainy.Clone();
            derainer.Derain(background, background, format, cancellationToken: Token);
            AssertNear(background);
            Assert.NotNull(derainer.Reduction);
            Assert.Null(derainer.SamplesRefused);
        }
        finally
        {
            OrtEnv.Instance().UnregisterAllocator(memory);
        }

        void AssertNear(byte[] actual) => Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max(), 0, 1);
    }

    [Fact]
    public void Other_failures_are_no_shortage() => Assert.False(MemoryShortage.Is(new InvalidOperationException("out of memory")));
}
