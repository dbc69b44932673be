using OpenCvSharp;

namespace NLCL.Runtime.Tests;

public sealed class PictureFolderTests : IDisposable
{
    readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("some/dir", "some/dir", "*", PictureHalf.Whole)]
    [InlineData("some/dir:left", "some/dir", "*", PictureHalf.Left)]
    [InlineData("dir:RIGHT", "dir", "*", PictureHalf.Right)]
    [InlineData("dir/*.jpg", "dir", "*.jpg", PictureHalf.Whole)]
    [InlineData("dir/a?.png:left", "dir", "a?.png", PictureHalf.Left)]
    [InlineData("*.png", ".", "*.png", PictureHalf.Whole)]
    [InlineData("C:/dir", "C:/dir", "*", PictureHalf.Whole)]
    public void A_text_names_folder_pattern_and_half(string text, string path, string pattern, PictureHalf half)
    {
        var folder = PictureFolder.Parse(text);
        Assert.Equal((path, pattern, half), (folder.Path, folder.Pattern, folder.Half));
    }

    [Fact]
    public void A_half_of_nothing_is_refused() => Assert.Throws<ArgumentException>(() => PictureFolder.Parse(":left"));

    [Fact]
    public void Pictures_come_in_natural_order_and_nothing_else_comes()
    {
        foreach (var name in new[] { "10.png", "9.jpg", "a2.webp", "a10.tif", "a02.bmp", "notes.txt", ".hidden.png", "1.PNG" })
        {
            _folder.Write(name, []);
        }
        Directory.CreateDirectory(_folder["folder.png"]);
        Assert.Equal(
            ["1.PNG", "9.jpg", "10.png", "a02.bmp", "a2.webp", "a10.tif"], PictureFolder.Parse(_folder.Path).Files().Select(Path.GetFileName));
        Assert.Equal(["10.png"], PictureFolder.Parse(_folder["*.png"]).Files().Select(Path.GetFileName));
    }

    [Fact]
    public void A_missing_folder_is_a_documented_error() =>
        Assert.Throws<PictureFileException>(() => PictureFolder.Parse(_folder["none"]).Files());

    [Theory]
    [InlineData(20)]
    [InlineData(21)]
    public void Halves_are_equally_wide_and_meet_in_the_middle(int width)
    {
        using var pair = Noise.Picture(width, 6, MatType.CV_8UC3);
        PictureFile.Write(_folder["a.png"], pair);
        using var left = PictureFolder.Parse(_folder.Path + ":left").Read(_folder["a.png"]);
        using var right = PictureFolder.Parse(_folder.Path + ":right").Read(_folder["a.png"]);
        using var whole = PictureFolder.Parse(_folder.Path).Read(_folder["a.png"]);
        using var expectedLeft = pair.SubMat(new Rect(0, 0, 10, 6));
        using var expectedRight = pair.SubMat(new Rect(width - 10, 0, 10, 6));
        Noise.AssertEqual(expectedLeft, left);
        Noise.AssertEqual(expectedRight, right);
        Noise.AssertEqual(pair, whole);
    }
}
