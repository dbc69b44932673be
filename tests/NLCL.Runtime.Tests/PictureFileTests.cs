using OpenCvSharp;

namespace NLCL.Runtime.Tests;

public sealed class PictureFileTests : IDisposable
{
    readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, int, int> Lossless()
    {
        var cases = new TheoryData<string, int, int>();
        foreach (var channels in new[] { 1, 3, 4 })
        {
            cases.Add(".png", MatType.CV_8U, channels);
            cases.Add(".png", MatType.CV_16U, channels);
            cases.Add(".tif", MatType.CV_8U, channels);
            cases.Add(".tiff", MatType.CV_16U, channels);
        }
        cases.Add(".bmp", MatType.CV_8U, 1);
        cases.Add(".bmp", MatType.CV_8U, 3);
        cases.Add(".TIF", MatType.CV_32F, 3);
        cases.Add(".ppm", MatType.CV_8U, 3);
        cases.Add(".ppm", MatType.CV_16U, 3);
        cases.Add(".pgm", MatType.CV_8U, 1);
        cases.Add(".pnm", MatType.CV_16U, 1);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Lossless))]
    public void Lossless_formats_keep_every_pixel(string extension, int depth, int channels)
    {
        using var picture = Noise.Picture(37, 21, MatType.MakeType(depth, channels));
        PictureFile.Write(_folder["a" + extension], picture);
        using var back = PictureFile.Read(_folder["a" + extension]);
        Noise.AssertEqual(picture, back);
        Assert.Equal(["a" + extension], _folder.Names());
    }

    [Theory]
    [InlineData(".jpg", 1)]
    [InlineData(".jpeg", 3)]
    [InlineData(".webp", 3)]
    public void Lossy_formats_keep_it_about_and_better_with_more_quality(string extension, int channels)
    {
        using var picture = Noise.Scene(96, 64, MatType.CV_8UC(channels));
        double At(int quality)
        {
            PictureFile.Write(_folder["a" + extension], picture, new PictureWriteOptions { Quality = quality, Overwrite = true });
            using var back = PictureFile.Read(_folder["a" + extension]);
            Assert.Equal(picture.Type(), back.Type());
            return Quality.PsnrRgb(back, picture);
        }
        Assert.InRange(At(95), 34, 80);
        Assert.True(At(95) > At(20));
    }

    [Fact]
    public void Options_have_these_defaults()
    {
        var options = new PictureWriteOptions();
        Assert.Equal((95, false, null), (options.Quality, options.Overwrite, options.MetadataFrom));
        using var picture = Noise.Picture(4, 4, MatType.CV_8UC3);
        Assert.Throws<ArgumentOutOfRangeException>(() => PictureFile.Write(_folder["a.jpg"], picture, new PictureWriteOptions { Quality = 101 }));
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_only_when_asked()
    {
        using var first = Noise.Picture(8, 8, MatType.CV_8UC3, 1);
        using var second = Noise.Picture(8, 8, MatType.CV_8UC3, 2);
        PictureFile.Write(_folder["a.png"], first);
        Assert.Contains("there already", Assert.Throws<PictureFileException>(() => PictureFile.Write(_folder["a.png"], second)).Message, StringComparison.Ordinal);
        using (var back = PictureFile.Read(_folder["a.png"]))
        {
            Noise.AssertEqual(first, back);
        }
        PictureFile.Write(_folder["a.png"], second, new PictureWriteOptions { Overwrite = true });
        using var replaced = PictureFile.Read(_folder["a.png"]);
        Noise.AssertEqual(second, replaced);
    }

    [Theory]
    [InlineData("a.jpg", 16)]
    [InlineData("a.webp", 16)]
    [InlineData("a.gif", 8)]
    [InlineData("a", 8)]
    [InlineData("none/a.png", 8)]
    public void What_cannot_be_written_says_so_and_leaves_nothing(string name, int bits)
    {
        using var picture = Noise.Picture(8, 8, bits == 8 ? MatType.CV_8UC3 : MatType.CV_16UC3);
        var failure = Assert.Throws<PictureFileException>(() => PictureFile.Write(_folder[name], picture));
        Assert.StartsWith(_folder[name], failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Empty(_folder.Names());
    }

    [Fact]
    public void Alpha_is_not_dropped_in_silence()
    {
        using var picture = Noise.Picture(8, 8, MatType.CV_8UC4);
        Assert.Throws<PictureFileException>(() => PictureFile.Write(_folder["a.jpg"], picture));
    }

    [Fact]
    public void Names_may_be_as_long_as_the_file_system_allows()
    {
        using var picture = Noise.Picture(8, 8, MatType.CV_8UC3);
        var path = _folder["-'\" " + new string('x', 247) + ".png"];
        PictureFile.Write(path, picture);
        using var back = PictureFile.Read(path);
        Noise.AssertEqual(picture, back);
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    public void A_file_cut_off_is_refused(string extension)
    {
        using var picture = Noise.Scene(64, 48, MatType.CV_8UC3);
        PictureFile.Write(_folder["a" + extension], picture);
        var bytes = File.ReadAllBytes(_folder["a" + extension]);
        for (var i = 0; i < 50; i++)
        {
            var path = _folder.Write("b" + extension, bytes[..(bytes.Length * i / 50)]);
            Assert.Throws<PictureFileException>(() => PictureFile.Read(path));
        }
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    [InlineData(".bmp")]
    [InlineData(".tif")]
    [InlineData(".webp")]
    public void Damaged_files_are_read_or_refused_but_never_crash(string extension)
    {
        using var picture = Noise.Scene(40, 30, MatType.CV_8UC3);
        PictureFile.Write(_folder["a" + extension], picture);
        var bytes = File.ReadAllBytes(_folder["a" + extension]);
        var random = new Random(5);
        for (var i = 0; i < 300; i++)
        {
            var damaged = (byte[])bytes.Clone();
            for (var flips = 0; flips <= i % 4; flips++)
            {
                // Mostly near the start, where the structure is.
                damaged[random.Next(random.Next(2) == 0 ? Math.Min(64, bytes.Length) : bytes.Length)] = (byte)random.Next(256);
            }
            try
            {
                PictureFile.Read(_folder.Write("b" + extension, damaged), new PictureLimits { MaxPixels = 1_000_000 }).Dispose();
            }
            catch (PictureFileException failure)
            {
                Assert.DoesNotContain('\n', failure.Message);
            }
        }
    }
}
