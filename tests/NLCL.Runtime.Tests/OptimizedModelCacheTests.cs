using System.Security.Cryptography;

namespace NLCL.Runtime.Tests;

public sealed class OptimizedModelCacheTests : IDisposable
{
    readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    string Cache => _folder["cache"];

    float[] Derain(TinyOnnx model, string? cache)
    {
        var options = new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1, CacheFolder = cache };
        using var derainer = Derainer.Open(_folder.Write("m.onnx", model.ToBytes()), options);
        var rainy = Noise.Planes(40, 30);
        derainer.Derain(rainy, rainy, 40, 30, Token);
        return rainy;
    }

    [Fact]
    public void A_second_start_gives_the_same_from_one_file()
    {
        var expected = Derain(TinyOnnx.Network(), null);
        Assert.Equal(expected, Derain(TinyOnnx.Network(), Cache));
        var file = Assert.Single(Directory.GetFiles(Cache));
        var written = File.ReadAllBytes(file);
        Assert.Equal(expected, Derain(TinyOnnx.Network(), Cache));
        Assert.Equal(written, File.ReadAllBytes(Assert.Single(Directory.GetFiles(Cache))));
    }

    [Fact]
    public void The_cached_graph_is_what_runs()
    {
        Derain(TinyOnnx.Network(), Cache);
        var file = Assert.Single(Directory.GetFiles(Cache));
        var other = TinyOnnx.Identity().ToBytes();
        File.WriteAllBytes(file, [.. SHA256.HashData(other), .. other]);
        Assert.Equal(Noise.Planes(40, 30), Derain(TinyOnnx.Network(), Cache));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(32)]
    [InlineData(-1)]
    [InlineData(-400)]
    public void A_damaged_file_is_made_anew(int at)
    {
        var expected = Derain(TinyOnnx.Network(), Cache);
        var file = Assert.Single(Directory.GetFiles(Cache));
        var good = File.ReadAllBytes(file);
        File.WriteAllBytes(file, at < 0 ? Flipped(good, good.Length + at) : good[..at]);
        Assert.Equal(expected, Derain(TinyOnnx.Network(), Cache));
        // ONNX Runtime writes the same graph with other bytes at times: whole again is what counts.
        var anew = File.ReadAllBytes(Assert.Single(Directory.GetFiles(Cache)));
        Assert.Equal(SHA256.HashData(anew.AsSpan(32)), anew[..32]);
    }

    static byte[] Flipped(byte[] bytes, int at)
    {
        var changed = (byte[])bytes.Clone();
        changed[at] ^= 8;
        return changed;
    }

    [Fact]
    public void A_whole_file_that_this_library_refuses_is_made_anew()
    {
        var expected = Derain(TinyOnnx.Network(), Cache);
        var file = Assert.Single(Directory.GetFiles(Cache));
        var strange = TinyOnnx.Identity().Node("NoSuchOperator", ["background"], ["x"]).ToBytes();
        File.WriteAllBytes(file, [.. SHA256.HashData(strange), .. strange]);
        Assert.Equal(expected, Derain(TinyOnnx.Network(), Cache));
    }

    [Fact]
    public void Each_model_has_a_file_of_its_own()
    {
        Derain(TinyOnnx.Network(), Cache);
        Derain(TinyOnnx.Identity(), Cache);
        Assert.Equal(2, Directory.GetFiles(Cache).Length);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_no_failure()
    {
        _folder.Write("file", [1]);
        Assert.Equal(Derain(TinyOnnx.Network(), null), Derain(TinyOnnx.Network(), _folder["file"]));
    }
}
