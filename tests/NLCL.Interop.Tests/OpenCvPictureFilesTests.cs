using OpenCvSharp;

namespace NLCL.Tests;

[Collection(OpenCvPictures.Collection)]
public sealed class OpenCvPictureFilesTests
{
    [Theory]
    [InlineData(".png", 0, 1)]
    [InlineData(".png", 0, 3)]
    [InlineData(".png", 0, 4)]
    [InlineData(".png", 2, 1)]
    [InlineData(".png", 2, 3)]
    [InlineData(".png", 2, 4)]
    [InlineData(".bmp", 0, 1)]
    [InlineData(".bmp", 0, 3)]
    [InlineData(".tiff", 0, 3)]
    [InlineData(".tiff", 0, 4)]
    [InlineData(".tiff", 2, 1)]
    [InlineData(".tiff", 2, 3)]
    public void A_lossless_file_gives_every_pixel_back(string extension, int depth, int channels)
    {
        using var picture = OpenCvPictures.Noise(23, 31, MatType.MakeType(depth, channels));
        var path = OpenCvPictures.TemporaryFile(extension);
        try
        {
            Assert.True(Cv2.ImWrite(path, picture));
            using var read = Cv2.ImRead(path, ImreadModes.Unchanged);
            OpenCvPictures.AssertSame(picture, read);

            Assert.True(Cv2.ImEncode(extension, picture, out var bytes));
            using var decoded = Cv2.ImDecode(bytes, ImreadModes.Unchanged);
            OpenCvPictures.AssertSame(picture, decoded);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(".jpg", ImwriteFlags.JpegQuality, 3)]
    [InlineData(".jpg", ImwriteFlags.JpegQuality, 1)]
    [InlineData(".webp", ImwriteFlags.WebPQuality, 3)]
    public void A_lossy_file_stays_close_and_its_quality_matters(string extension, ImwriteFlags quality, int channels)
    {
        using var picture = OpenCvPictures.Ramp(64, 80, MatType.CV_8UC(channels));
        var good = picture.ImEncode(extension, new ImageEncodingParam(quality, 95));
        using var read = Mat.FromImageData(good, channels == 1 ? ImreadModes.Grayscale : ImreadModes.Color);
        OpenCvPictures.AssertSame(picture, read, tolerance: 6);

        using var noise = OpenCvPictures.Noise(64, 80, MatType.CV_8UC(channels));
        var fine = noise.ImEncode(extension, [(int)quality, 95]);
        var coarse = noise.ImEncode(extension, [(int)quality, 10]);
        Assert.True(coarse.Length < fine.Length / 2, $"{coarse.Length} and {fine.Length} bytes");
    }

    [Fact]
    public void Png_compression_changes_bytes_but_not_pixels()
    {
        using var picture = OpenCvPictures.Ramp(64, 64, MatType.CV_8UC3);
        var stored = picture.ToBytes(".png", new ImageEncodingParam(ImwriteFlags.PngCompression, 0));
        var small = picture.ToBytes(".png", new ImageEncodingParam(ImwriteFlags.PngCompression, 9));
        Assert.True(small.Length < stored.Length);
        using var a = Mat.ImDecode(stored);
        using var b = Mat.ImDecode(small.AsSpan());
        OpenCvPictures.AssertSame(a, b);
    }

    [Fact]
    public void A_stream_decodes_like_its_bytes()
    {
        using var picture = OpenCvPictures.Noise(9, 7, MatType.CV_8UC3);
        using var stream = picture.ToMemoryStream(".png");
        using var read = Mat.FromStream(stream, ImreadModes.Color);
        OpenCvPictures.AssertSame(picture, read);
    }

    [Fact]
    public void Several_pages_of_a_tiff_come_back_in_order()
    {
        using var first = OpenCvPictures.Noise(8, 9, MatType.CV_8UC3, seed: 1);
        using var second = OpenCvPictures.Noise(8, 9, MatType.CV_8UC3, seed: 2);
        var path = OpenCvPictures.TemporaryFile(".tiff");
        try
        {
            Assert.True(Cv2.ImWrite(path, [first, second]));
            Assert.True(Cv2.ImReadMulti(path, out var pages));
            Assert.Equal(2, pages.Length);
            OpenCvPictures.AssertSame(first, pages[0]);
            OpenCvPictures.AssertSame(second, pages[1]);
            Array.ForEach(pages, page => page.Dispose());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_is_no_picture_decodes_to_an_empty_matrix()
    {
        using var missing = Cv2.ImRead("/nowhere/at/all.png");
        Assert.True(missing.Empty());
        using var nonsense = Cv2.ImDecode([1, 2, 3, 4, 5], ImreadModes.Color);
        Assert.True(nonsense.Empty());
        Assert.Throws<ArgumentException>(() => Cv2.ImDecode(Array.Empty<byte>(), ImreadModes.Color));
    }

    [Fact]
    public void Names_beyond_ascii_work()
    {
        using var picture = OpenCvPictures.Noise(5, 5, MatType.CV_8UC3);
        var path = OpenCvPictures.TemporaryFile("-雨-Regen ü.png");
        try
        {
            Assert.True(Cv2.ImWrite(path, picture));
            Assert.True(File.Exists(path));
            Assert.True(Cv2.HaveImageReader(path));
            using var read = new Mat(path);
            OpenCvPictures.AssertSame(picture, read);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
