using System.Buffers.Binary;
using System.Text;
using OpenCvSharp;

namespace NLCL.Runtime.Tests;

/// <summary>Bands against the whole picture.</summary>
public sealed class BandedPictureTests : IDisposable
{
    readonly TestFolder _folder = new();
    readonly Derainer _derainer;

    public BandedPictureTests() => _derainer = Derainer.Open(_folder.Write("model.onnx", TinyOnnx.Network().ToBytes()), new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1 });

    public void Dispose()
    {
        _derainer.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(".png", ".png", MatType.CV_8U, 1)]
    [InlineData(".png", ".png", MatType.CV_8U, 3)]
    [InlineData(".png", ".png", MatType.CV_8U, 4)]
    [InlineData(".png", ".png", MatType.CV_16U, 1)]
    [InlineData(".png", ".png", MatType.CV_16U, 3)]
    [InlineData(".png", ".png", MatType.CV_16U, 4)]
    [InlineData(".png", ".bmp", MatType.CV_8U, 3)]
    [InlineData(".bmp", ".png", MatType.CV_8U, 3)]
    [InlineData(".bmp", ".bmp", MatType.CV_8U, 3)]
    [InlineData(".tif", ".tif", MatType.CV_8U, 1)]
    [InlineData(".tif", ".tif", MatType.CV_8U, 3)]
    [InlineData(".tif", ".tif", MatType.CV_8U, 4)]
    [InlineData(".tif", ".tif", MatType.CV_16U, 1)]
    [InlineData(".tif", ".tif", MatType.CV_16U, 3)]
    [InlineData(".tif", ".tif", MatType.CV_16U, 4)]
    [InlineData(".tif", ".ppm", MatType.CV_8U, 3)]
    [InlineData(".ppm", ".tif", MatType.CV_16U, 3)]
    [InlineData(".ppm", ".ppm", MatType.CV_16U, 3)]
    [InlineData(".pgm", ".pgm", MatType.CV_8U, 1)]
    [InlineData(".pgm", ".png", MatType.CV_16U, 1)]
    public void Bands_give_the_whole_pictures_result(string from, string to, int depth, int channels)
    {
        foreach (var height in new[] { 1, 24, 25, 36, 37, 131, 200 })
        {
            using var picture = Noise.Picture(37, height, MatType.MakeType(depth, channels), height);
            PictureFile.Write(_folder["rainy" + from], picture, new PictureWriteOptions { Overwrite = true });
            Assert.True(BandedPicture.Suits(_folder["rainy" + from], _folder["clear" + to]));
            Band("rainy" + from, "clear" + to);
            using var expected = _derainer.Derain(picture, TestContext.Current.CancellationToken);
            using var actual = PictureFile.Read(_folder["clear" + to]);
            // Sums in another order may round to the other side.
            Assert.Equal(expected.Type(), actual.Type());
            Assert.True(Cv2.Norm(expected, actual, NormTypes.INF) <= (depth == MatType.CV_8U ? 0 : 1), $"{height} rows differ by {Cv2.Norm(expected, actual, NormTypes.INF)}");
        }
    }

    /// <summary>In bands as low as can be.</summary>
    void Band(string from, string to) => BandedPicture.Derain(
        _derainer, _folder[from], _folder[to], new PictureWriteOptions { Overwrite = true }, maxBandPixels: 1, cancellationToken: TestContext.Current.CancellationToken);

    [Fact]
    public void Metadata_stays_with_its_orientation()
    {
        using var picture = Noise.Picture(20, 90, MatType.CV_8UC3);
        PictureFile.Write(_folder["plain.png"], picture);
        byte[] exif = [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0];
        var xmp = Encoding.UTF8.GetBytes("<x/>");
        var bytes = new PictureMetadata(exif, null, xmp).InsertInto(File.ReadAllBytes(_folder["plain.png"]), new PictureHeader(PictureFormat.Png, 20, 90));
        bytes[bytes.AsSpan().IndexOf(exif.AsSpan(0, 18)) + 18] = 6; // inserting makes it upright
        _folder.Write("rainy.png", bytes);
        Band("rainy.png", "clear.png");
        var written = PictureMetadata.Extract(File.ReadAllBytes(_folder["clear.png"]), PictureFormat.Png);
        Assert.Equal((6, true), (written.Orientation, written.Xmp!.SequenceEqual(xmp)));
        using var upright = PictureFile.Read(_folder["clear.png"]);
        Assert.Equal((90, 20), (upright.Cols, upright.Rows));
    }

    [Fact]
    public void What_is_damaged_or_does_not_suit_leaves_nothing()
    {
        using var picture = Noise.Picture(37, 131, MatType.CV_8UC3);
        PictureFile.Write(_folder["rainy.png"], picture);
        PictureFile.Write(_folder["rainy.jpg"], picture);
        var bytes = File.ReadAllBytes(_folder["rainy.png"]);
        _folder.Write("short.png", bytes[..(bytes.Length / 2)]);
        bytes[bytes.Length / 2] ^= 0x55;
        _folder.Write("bad.png", bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), 30_000);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), 30_000);
        _folder.Write("bomb.png", bytes);
        var before = _folder.Names();
        foreach (var name in new[] { "short.png", "bad.png", "bomb.png" })
        {
            Assert.Throws<PictureFileException>(() => Band(name, "clear.png"));
        }
        Assert.False(BandedPicture.Suits(_folder["rainy.jpg"], _folder["clear.png"]));
        Assert.False(BandedPicture.Suits(_folder["rainy.png"], _folder["clear.jpg"]));
        Assert.False(BandedPicture.Suits(_folder["none.png"], _folder["clear.png"]));
        Assert.Throws<ArgumentException>(() => Band("rainy.jpg", "clear.png"));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => BandedPicture.Derain(_derainer, _folder["rainy.png"], _folder["clear.png"], cancellationToken: cancelled.Token));
        Assert.Equal(before, _folder.Names());
    }
}
