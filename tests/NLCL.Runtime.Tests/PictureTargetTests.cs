using OpenCvSharp;

namespace NLCL.Runtime.Tests;

/// <summary>Pictures into Mats that the caller has, in place, and several at once.</summary>
public sealed class PictureTargetTests : IDisposable
{
    readonly TestFolder _folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    Derainer Open(long maxTilePixels = 1 << 20, TinyOnnx? model = null) => Derainer.Open(
        _folder.Write("m.onnx", (model ?? TinyOnnx.Network()).ToBytes()), new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1, MaxTilePixels = maxTilePixels });

    [Theory]
    [InlineData(1 << 20, 3)]
    [InlineData(900, 3)]
    [InlineData(1 << 20, 4)]
    [InlineData(900, 4)]
    public void A_picture_goes_into_another_and_into_itself(int maxTilePixels, int channels)
    {
        using var derainer = Open(maxTilePixels);
        using var rainy = Noise.Picture(97, 61, MatType.CV_8UC(channels));
        using var expected = derainer.Derain(rainy, Token);
        using var target = new Mat();
        derainer.Derain(rainy, target, Token);
        Noise.AssertEqual(expected, target);
        var memory = target.Data;
        derainer.Derain(rainy, target, Token);
        Assert.Equal(memory, target.Data);
        derainer.Derain(rainy, rainy, Token);
        Noise.AssertEqual(expected, rainy);
    }

    [Fact]
    public void A_part_of_a_picture_is_derained_where_it_lies()
    {
        using var derainer = Open();
        using var large = Noise.Picture(90, 60, MatType.CV_8UC3);
        using var before = large.Clone();
        using var part = large.SubMat(new Rect(13, 7, 41, 33));
        using var expected = derainer.Derain(part, Token);
        derainer.Derain(part, part, Token);
        Noise.AssertEqual(expected, part);
        part.SetTo(new Scalar(0, 0, 0));
        using var hole = before.SubMat(new Rect(13, 7, 41, 33));
        hole.SetTo(new Scalar(0, 0, 0));
        Noise.AssertEqual(before, large);
    }

    [Fact]
    public void Parts_that_overlap_do_not_disturb_each_other()
    {
        using var derainer = Open();
        using var large = Noise.Picture(90, 60, MatType.CV_8UC3);
        using var from = large.SubMat(new Rect(0, 0, 50, 40));
        using var to = large.SubMat(new Rect(5, 3, 50, 40));
        using var expected = derainer.Derain(from, Token);
        derainer.Derain(from, to, Token);
        Noise.AssertEqual(expected, to);
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(3000)]
    [InlineData(500)]
    public void Several_pictures_at_once_are_as_one_by_one(int maxTilePixels)
    {
        using var derainer = Open(maxTilePixels);
        var rainy = Enumerable.Range(0, 5).Select(i => Noise.Picture(41, 30, MatType.CV_16UC4, i)).ToArray();
        var backgrounds = derainer.Derain(rainy, Token);
        for (var i = 0; i < rainy.Length; i++)
        {
            using var expected = derainer.Derain(rainy[i], Token);
            Noise.AssertEqual(expected, backgrounds[i]);
            backgrounds[i].Dispose();
            rainy[i].Dispose();
        }
    }

    [Fact]
    public void A_model_that_takes_one_frame_gets_them_one_by_one()
    {
        using var derainer = Open(model: new TinyOnnx { Dimensions = ["1", "3", "h", "w"] }.Node("Relu", ["rainy"], ["background"]));
        Assert.False(derainer.Model.TakesBatches);
        var rainy = Noise.Planes(8, 8 * 3);
        var background = new float[rainy.Length];
        derainer.Derain(rainy, background, 8, 8, 3, Token);
        Assert.Equal(rainy, background);
    }

    [Fact]
    public async Task The_asynchronous_calls_give_the_same()
    {
        using var derainer = Open();
        using var rainy = Noise.Picture(40, 30, MatType.CV_8UC3);
        using var expected = derainer.Derain(rainy, Token);
        using var target = new Mat();
        await derainer.DerainAsync(rainy, target, Token);
        Noise.AssertEqual(expected, target);
        var batch = await derainer.DerainAsync([rainy, rainy], Token);
        foreach (var background in batch)
        {
            Noise.AssertEqual(expected, background);
            background.Dispose();
        }
    }

    [Fact]
    public void Pictures_of_several_sizes_are_no_batch()
    {
        using var derainer = Open();
        using var one = new Mat(4, 4, MatType.CV_8UC3, new Scalar(0, 0, 0));
        using var other = new Mat(4, 5, MatType.CV_8UC3, new Scalar(0, 0, 0));
        Assert.Throws<ArgumentException>(() => derainer.Derain([one, other], Token));
        Assert.Throws<ArgumentException>(() => derainer.Derain(Array.Empty<Mat>(), Token));
    }
}
