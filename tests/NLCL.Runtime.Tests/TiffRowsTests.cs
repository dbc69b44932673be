using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using OpenCvSharp;

namespace NLCL.Runtime.Tests;

/// <summary>TIFF row by row, against libtiff: through OpenCV, and through the tools that come with it.</summary>
public sealed class TiffRowsTests : IDisposable
{
    readonly TestFolder _folder = new();
    readonly Derainer _derainer;

    public TiffRowsTests() => _derainer = Derainer.Open(_folder.Write("model.onnx", TinyOnnx.Network().ToBytes()), new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1 });

    public void Dispose()
    {
        _derainer.Dispose();
        _folder.Dispose();
    }

    /// <summary>tiffcp lays pixels out in every way that matters: strips or tiles, either byte order, packed or not, differences or not.</summary>
    [Theory]
    [InlineData("-c none -s -r 7")]
    [InlineData("-c none -t -w 16 -l 32")]
    [InlineData("-c lzw -s -r 5")]
    [InlineData("-c lzw:2 -s -r 131")]
    [InlineData("-c lzw:2 -B -t -w 32 -l 16")]
    [InlineData("-c zip:2 -s -r 9")]
    [InlineData("-c zip:2 -B -s -r 200")]
    [InlineData("-c zip -B -t -w 16 -l 16")]
    public void Rows_are_those_that_libtiff_reads(string layout)
    {
        foreach (var type in new[] { MatType.CV_8UC1, MatType.CV_8UC3, MatType.CV_8UC4, MatType.CV_16UC1, MatType.CV_16UC3 })
        {
            using var picture = Smooth(type);
            PictureFile.Write(_folder["from.tif"], picture, new PictureWriteOptions { Overwrite = true });
            Run("tiffcp", [.. layout.Split(' '), _folder["from.tif"], _folder["rainy.tif"]]);
            using var file = File.OpenRead(_folder["rainy.tif"]);
            var laidOut = TiffLayout.Of(file);
            Assert.NotNull(laidOut);
            using var source = new TiffRowSource(file, laidOut);
            var row = new byte[laidOut.Format.RowBytes];
            for (var y = 0; y < picture.Rows; y++)
            {
                source.Read(row);
                Assert.True(row.AsSpan().SequenceEqual(Bytes(picture, y)), $"row {y} of {type}");
            }
        }
    }

    [Fact]
    public void Orientation_profile_and_texts_go_along_and_libtiff_reads_what_is_written()
    {
        using var picture = Smooth(MatType.CV_8UC3);
        PictureFile.Write(_folder["plain.tif"], picture);
        byte[] exif = [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x0E, 0x01, 2, 0, 4, 0, 0, 0, .. "wet\0"u8, 0, 0, 0, 0];
        var bytes = new PictureMetadata(exif, null, Encoding.UTF8.GetBytes("<x/>")).InsertInto(File.ReadAllBytes(_folder["plain.tif"]), new PictureHeader(PictureFormat.Tiff, picture.Cols, picture.Rows));
        _folder.Write("rainy.tif", bytes);
        Run("tiffset", ["-s", "274", "6", _folder["rainy.tif"]]);
        foreach (var name in new[] { "clear.tif", "clear.png" })
        {
            Assert.True(BandedPicture.Suits(_folder["rainy.tif"], _folder[name]));
            BandedPicture.Derain(_derainer, _folder["rainy.tif"], _folder[name], maxBandPixels: 1, cancellationToken: TestContext.Current.CancellationToken);
            using var upright = PictureFile.Read(_folder[name]);
            Assert.Equal((picture.Rows, picture.Cols), (upright.Cols, upright.Rows));
            var written = PictureMetadata.Extract(File.ReadAllBytes(_folder[name]), PictureFile.FormatOf(name)!.Value);
            Assert.Equal((6, "<x/>"), (written.Orientation, Encoding.UTF8.GetString(written.Xmp!)));
            Assert.True(written.Exif.AsSpan().IndexOf("wet"u8) > 0);
        }
        Assert.Contains("wet", Run("tiffinfo", ["-D", _folder["clear.tif"]]), StringComparison.Ordinal);
        // A picture that is to be turned cannot go where nothing says so.
        Assert.False(BandedPicture.Suits(_folder["rainy.tif"], _folder["clear.bmp"]));
        Assert.False(BandedPicture.Suits(_folder["rainy.tif"], _folder["clear.ppm"]));
    }

    [Theory]
    [InlineData("-c packbits")]
    [InlineData("-c lzw -p separate")]
    public void Other_kinds_are_left_to_the_whole_pictures_way(string layout)
    {
        using var picture = Smooth(MatType.CV_8UC3);
        PictureFile.Write(_folder["from.tif"], picture);
        Run("tiffcp", [.. layout.Split(' '), _folder["from.tif"], _folder["rainy.tif"]]);
        Assert.False(BandedPicture.Suits(_folder["rainy.tif"], _folder["clear.tif"]));
        using var read = PictureFile.Read(_folder["rainy.tif"]);
        Assert.Equal(0, Cv2.Norm(picture, read, NormTypes.INF));
    }

    [Theory]
    [InlineData("-c lzw:2")]
    [InlineData("-c zip")]
    [InlineData("-c none")]
    public void Damage_is_one_line_and_leaves_nothing(string packing)
    {
        using var picture = Smooth(MatType.CV_8UC3);
        PictureFile.Write(_folder["from.tif"], picture);
        Run("tiffcp", [.. packing.Split(' '), "-s", "-r", "131", _folder["from.tif"], _folder["rainy.tif"]]);
        var bytes = File.ReadAllBytes(_folder["rainy.tif"]);
        // The only strip is told to be half as long as it is.
        var entry = TiffHeader.Entry(bytes, 279)!.Value;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(entry + 8), (uint)(TiffHeader.Value(bytes.AsSpan(entry, 12), isLittle: true) / 2));
        _folder.Write("rainy.tif", bytes);
        var before = _folder.Names();
        var failure = Assert.Throws<PictureFileException>(() => BandedPicture.Derain(_derainer, _folder["rainy.tif"], _folder["clear.tif"], cancellationToken: TestContext.Current.CancellationToken));
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Equal(before, _folder.Names());
    }

    // LZW needs repetition to grow its codes to 12 bits and to start over; noise beside it.
    static Mat Smooth(MatType type)
    {
        var picture = Noise.Picture(83, 131, type, 5);
        using var calm = new Mat(picture, new Rect(0, 0, 83, 90));
        calm.SetTo(new Scalar(40, 90, 7, 200));
        return picture;
    }

    static ReadOnlySpan<byte> Bytes(Mat picture, int row)
    {
        var bytes = new byte[picture.Cols * (int)picture.ElemSize()];
        System.Runtime.InteropServices.Marshal.Copy(picture.Ptr(row), bytes, 0, bytes.Length);
        return bytes;
    }

    static string Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.GetAwaiter().GetResult());
        return text;
    }
}
