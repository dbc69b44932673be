using OpenCvSharp;

namespace NLCL.Runtime.Tests;

public sealed class DerainerPictureTests : IDisposable
{
    readonly TestFolder _folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    Derainer Open(TinyOnnx model, long maxTilePixels = 1 << 20) => Derainer.Open(
        _folder.Write("m.onnx", model.ToBytes()),
        new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1, MaxTilePixels = maxTilePixels });

    public static TheoryData<int, int> Types()
    {
        var types = new TheoryData<int, int>();
        foreach (var depth in new[] { MatType.CV_8U, MatType.CV_16U, MatType.CV_32F })
        {
            foreach (var channels in new[] { 1, 3, 4 })
            {
                types.Add(depth, channels);
            }
        }
        return types;
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void An_identity_gives_back_the_same_picture_in_every_type(int depth, int channels)
    {
        using var derainer = Open(TinyOnnx.Identity(8), 700);
        foreach (var (width, height) in new[] { (1, 1), (17, 5), (33, 41), (100, 19) })
        {
            using var rainy = Noise.Picture(width, height, MatType.MakeType(depth, channels));
            using var background = derainer.Derain(rainy, Token);
            if (depth == MatType.CV_32F && channels == 1)
            {
                // The mean of three equal floats may differ in the last bit.
                var largest = Noise.Content(rainy).Chunk(4).Zip(Noise.Content(background).Chunk(4), (a, b) => Math.Abs(BitConverter.ToSingle(a) - BitConverter.ToSingle(b))).Max();
                Assert.InRange(largest, 0, 1e-6);
                continue;
            }
            Noise.AssertEqual(rainy, background);
        }
    }

    [Fact]
    public void A_picture_is_derained_as_its_planes_are()
    {
        using var derainer = Open(TinyOnnx.Network());
        using var rainy = Noise.Picture(31, 22, MatType.CV_8UC3);
        using var background = derainer.Derain(rainy, Token);
        var planes = new float[3 * 31 * 22];
        var pixels = Noise.Content(rainy);
        for (var i = 0; i < 31 * 22; i++)
        {
            for (var c = 0; c < 3; c++)
            {
                planes[(c * 31 * 22) + i] = pixels[(3 * i) + 2 - c] / 255f;
            }
        }
        derainer.Derain(planes, planes, 31, 22, Token);
        var result = Noise.Content(background);
        for (var i = 0; i < 31 * 22; i++)
        {
            for (var c = 0; c < 3; c++)
            {
                var expected = Math.Clamp(planes[(c * 31 * 22) + i] * 255.0, 0, 255);
                Assert.InRange(result[(3 * i) + 2 - c], expected - 0.501, expected + 0.501);
            }
        }
    }

    [Fact]
    public void Alpha_stays_while_colour_changes()
    {
        using var derainer = Open(TinyOnnx.Network());
        using var rainy = Noise.Picture(40, 30, MatType.CV_16UC4);
        using var background = derainer.Derain(rainy, Token);
        var (before, after) = (Noise.Content(rainy), Noise.Content(background));
        Assert.NotEqual(before, after);
        for (var i = 6; i < before.Length; i += 8)
        {
            Assert.Equal((before[i], before[i + 1]), (after[i], after[i + 1]));
        }
    }

    [Fact]
    public void A_part_of_a_larger_picture_is_read_in_place()
    {
        using var derainer = Open(TinyOnnx.Network());
        using var large = Noise.Picture(90, 60, MatType.CV_8UC3);
        using var part = large.SubMat(new Rect(13, 7, 41, 33));
        using var copy = part.Clone();
        using var expected = derainer.Derain(copy, Token);
        using var actual = derainer.Derain(part, Token);
        Noise.AssertEqual(expected, actual);
    }

    [Fact]
    public async Task The_asynchronous_call_gives_the_same()
    {
        using var derainer = Open(TinyOnnx.Network());
        using var rainy = Noise.Picture(40, 30, MatType.CV_8UC3);
        using var expected = derainer.Derain(rainy, Token);
        using var actual = await derainer.DerainAsync(rainy, Token);
        Noise.AssertEqual(expected, actual);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => derainer.DerainAsync(rainy, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void What_is_no_picture_is_the_callers_mistake()
    {
        using var derainer = Open(TinyOnnx.Identity());
        using var empty = new Mat();
        using var two = new Mat(4, 4, MatType.CV_8UC2);
        using var wide = new Mat(4, 4, MatType.CV_64FC3);
        foreach (var mat in new[] { empty, two, wide })
        {
            Assert.Throws<ArgumentException>(() => derainer.Derain(mat, Token));
        }
    }
}
