using System.Buffers.Binary;
using System.Text.Json.Nodes;
using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Tools.Tests;

/// <summary>Photos through the real program.</summary>
public sealed class StillsCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_two_hundred_photos_ten_bad_ones_are_reported_and_the_rest_done()
    {
        Directory.CreateDirectory(_folder["in"]);
        string[] extensions = [".png", ".jpg", ".tif", ".webp", ".bmp"];
        using Mat scene = TestPictures.Scene(48, 32, 1);
        List<string> bad = [];
        for (int index = 0; index < 200; index++)
        {
            string path = Path.Combine(_folder["in"], index + extensions[index % extensions.Length]);
            PictureFile.Write(path, scene);
            if (index % 20 != 7) { continue; }
            byte[] bytes = File.ReadAllBytes(path);
            File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
            bad.Add(path);
        }

        ProgramResult result = Nlcl.Derain("derain", _folder["in"], _folder["out"], "--json").Expect(ExitCodes.Partial);

        JsonObject last = result.JsonLines()[^1];
        Assert.Equal(190, (int?)last["succeeded"]);
        Assert.Equal(10, (int?)last["failed"]);
        Assert.Equal(bad.Order(), last["failures"]!.AsArray().Select(failure => (string)failure!["input"]!).Order());
        Assert.All(last["failures"]!.AsArray(), failure => Assert.Contains("expected", (string?)failure!["reason"]));
        Assert.Equal(190, Directory.GetFiles(_folder["out"]).Length);
        // One line each: what libpng and its kin say to standard error is not shown.
        Assert.All(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("nlcl: ", line));
    }

    [Fact]
    public void The_limit_of_pixels_is_an_option()
    {
        using (Mat large = TestPictures.Scene(1200, 900, 1)) { Cv2.ImWrite(_folder["large.png"], large); }
        string line = Nlcl.Derain("derain", _folder["large.png"], _folder["out.png"], "--max-megapixels", "1").Expect(ExitCodes.Input).OneErrorLine();
        Assert.Contains("1200 x 900", line);
        Nlcl.Derain("derain", _folder["large.png"], _folder["out.png"], "--max-megapixels", "2").Expect(ExitCodes.Success);
        Nlcl.Derain("derain", _folder["large.png"], _folder["other.png"], "--max-megapixels", "0").Expect(ExitCodes.Usage);
    }

    [Theory]
    [InlineData(30_000, 30_000, 1)]
    [InlineData(1, 8_000_000, 8)]
    public void A_bomb_is_refused_by_its_header(int width, int height, byte bits)
    {
        byte[] header = [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 0, 0, 0, 0, 0, bits, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(20), height);
        File.WriteAllBytes(_folder["bomb.png"], [.. header, .. new byte[100_000]]);
        Assert.Contains($"{width} x {height}", Nlcl.Derain("derain", _folder["bomb.png"], _folder["out.png"]).Expect(ExitCodes.Input).OneErrorLine());
        Assert.Equal(["bomb.png"], _folder.Files());
    }

    [Fact]
    public void A_damaged_photo_says_one_line()
    {
        using (Mat scene = TestPictures.Scene(80, 60, 1)) { PictureFile.Write(_folder["a.png"], scene); }
        byte[] bytes = File.ReadAllBytes(_folder["a.png"]);
        bytes[bytes.Length / 2] ^= 0xFF; // a checksum goes wrong, which libpng says on standard error
        File.WriteAllBytes(_folder["a.png"], bytes);
        Nlcl.Derain("derain", _folder["a.png"], _folder["out.png"]).Expect(ExitCodes.Input).OneErrorLine();
    }

    [Theory]
    [InlineData("pages.tif", "3 pages")]
    [InlineData("moving.png", "an animation")]
    [InlineData("moving.webp", "an animation")]
    [InlineData("video.jpg", "a video")]
    public void A_file_that_is_not_one_picture_is_refused_in_one_line(string name, string found)
    {
        string still = _folder["still.tif"];
        using (Mat scene = TestPictures.Scene(80, 60, 1)) { PictureFile.Write(still, scene); }
        string made = _folder[name];
        string[] clip = ["-f", "lavfi", "-i", "testsrc=s=64x48:r=5:d=1"];
        switch (Path.GetExtension(name))
        {
            case ".tif": Nlcl.Run("tiffcp", [still, still, still, made]).Expect(ExitCodes.Success); break;
            case ".png": Nlcl.Ffmpeg([.. clip, "-f", "apng", made]); break;
            case ".webp": Nlcl.Ffmpeg([.. clip, "-f", "webp", made]); break;
            default: Nlcl.Ffmpeg([.. clip, "-f", "mp4", made]); break;
        }
        Assert.Contains(found, Nlcl.Derain("derain", made, _folder["out.png"]).Expect(ExitCodes.Input).OneErrorLine());
        Assert.False(File.Exists(_folder["out.png"]));
    }

    [Fact]
    public void What_the_input_s_name_leads_to_is_never_written_over()
    {
        using (Mat scene = TestPictures.Scene(40, 30, 1)) { PictureFile.Write(_folder["good.png"], scene); }
        byte[] before = File.ReadAllBytes(_folder["good.png"]);
        File.CreateSymbolicLink(_folder["link.png"], _folder["good.png"]);
        Directory.CreateSymbolicLink(_folder["folder"], _folder.Path);
        Nlcl.Derain("derain", _folder["link.png"], _folder["good.png"], "--overwrite").Expect(ExitCodes.Usage).OneErrorLine();
        Nlcl.Derain("derain", _folder["good.png"], _folder["link.png"], "--overwrite").Expect(ExitCodes.Usage).OneErrorLine();
        Nlcl.Derain("derain", _folder["good.png"], _folder["folder/good.png"], "--overwrite").Expect(ExitCodes.Usage).OneErrorLine();
        Assert.Equal(before, File.ReadAllBytes(_folder["good.png"]));
    }

    [Fact]
    public void An_output_that_cannot_be_written_has_a_code_of_its_own_and_any_name_one_line()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc, where nobody may write");
        using (Mat scene = TestPictures.Scene(40, 30, 1)) { PictureFile.Write(_folder["good.png"], scene); }
        Nlcl.Derain("derain", _folder["good.png"], "/proc/out.png").Expect(ExitCodes.Output).OneErrorLine();
        File.WriteAllText(_folder["two\nlines.png"], "text");
        Nlcl.Derain("derain", _folder["two\nlines.png"], _folder["out.png"]).Expect(ExitCodes.Input).OneErrorLine();
    }

    [Fact]
    public void A_lossless_webp_stays_lossless()
    {
        using (Mat scene = TestPictures.Scene(80, 60, 1)) { PictureFile.Write(_folder["a.webp"], scene, new PictureWriteOptions { Lossless = true }); }
        Nlcl.Derain("derain", _folder["a.webp"], _folder["b.webp"]).Expect(ExitCodes.Success);
        Nlcl.Derain("derain", _folder["a.webp"], _folder["c.webp"], "--quality", "90").Expect(ExitCodes.Success);
        Assert.True(PictureFile.Probe(_folder["b.webp"]).IsLossless);
        Assert.False(PictureFile.Probe(_folder["c.webp"]).IsLossless);
    }
}
