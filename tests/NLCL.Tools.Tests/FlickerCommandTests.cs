using System.Text.Json.Nodes;
using NLCL.CommandLine;
using OpenCvSharp;

namespace NLCL.Tools.Tests;

/// <summary>Clips whose flicker is known.</summary>
public sealed class FlickerCommandTests : IDisposable
{
    const int Frames = 6;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Writes a clip: a window on a scene that moves by whole pixels, brighter by some levels in every other frame.</summary>
    string Clip(string name, int levels, int panX = 0, int panY = 0)
    {
        Directory.CreateDirectory(_folder[name]);
        using Mat scene = TestPictures.Scene(200, 150, 1);
        for (int frame = 0; frame < Frames; frame++)
        {
            using Mat window = new(scene, new Rect(20 + (frame * panX), 20 + (frame * panY), 120, 90));
            using Mat shown = new();
            Cv2.Add(window, Scalar.All(frame % 2 * levels), shown);
            Cv2.ImWrite(Path.Combine(_folder[name], $"{frame}.png"), shown);
        }
        return _folder[name];
    }

    static JsonObject Measure(params string[] arguments) => Assert.Single(Nlcl.Derain(["flicker", .. arguments, "--json"]).Expect(ExitCodes.Success).JsonLines());

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, -2)]
    public void Change_is_measured_along_the_camera_s_way(int panX, int panY)
    {
        JsonObject figures = Measure(Clip("rainy", 9, panX, panY), "--result", Clip("result", 4, panX, panY), "--clean", Clip("clean", 0, panX, panY));

        Assert.Equal(Frames, (int?)figures["frames"]);
        Assert.Equal(1, (double)figures["stillShare"]!);
        Assert.Equal(0, (double)figures["cleanChange"]!);
        Assert.Equal(9, (double)figures["rainyChange"]!, 0.05);
        Assert.Equal(4, (double)figures["resultChange"]!, 0.05);
        Assert.Equal(Math.Max(Math.Abs(panX), Math.Abs(panY)), (int?)figures["largestShift"]);
    }

    [Fact]
    public void A_still_camera_needs_no_truth()
    {
        JsonObject figures = Measure(Clip("rainy", 8), "--result", Clip("result", 2));
        Assert.Equal(8, (double)figures["rainyChange"]!, 0.05);
        Assert.Equal(2, (double)figures["resultChange"]!, 0.05);
        Assert.Equal(4, (double)figures["rainyDeviation"]!, 0.05); // half of the frames four above their mean, half below
        Assert.Equal(1, (double)figures["resultDeviation"]!, 0.05);
        Assert.Null(figures["cleanChange"]);
    }

    [Fact]
    public void What_changes_in_the_clean_clip_does_not_count()
    {
        string clean = Clip("clean", 0), result = Clip("result", 0);
        for (int frame = 0; frame < Frames; frame++)
        {
            foreach (string clip in new[] { clean, result })
            {
                string file = Path.Combine(clip, $"{frame}.png");
                using Mat picture = Cv2.ImRead(file);
                using (Mat blinking = new(picture, new Rect(0, 0, 60, 90))) { blinking.SetTo(Scalar.All(frame % 2 * 200)); }
                Cv2.ImWrite(file, picture);
            }
        }
        JsonObject figures = Measure(Clip("rainy", 5), "--result", result, "--clean", clean);
        Assert.Equal(0.5, (double)figures["stillShare"]!, 0.001);
        Assert.Equal(0, (double)figures["resultChange"]!);
        Assert.Equal("infinity", (string?)figures["resultQuality"]!["psnrY"]);
        Assert.InRange((double)figures["rainyQuality"]!["psnrY"]!, 10, 60);
    }

    [Fact]
    public void Video_files_are_read_and_the_model_derains_them()
    {
        string rainy = Clip("rainy", 8);
        Nlcl.Ffmpeg("-framerate", "25", "-i", Path.Combine(rainy, "%d.png"), "-c:v", "ffv1", _folder["rainy.mkv"]);
        JsonObject figures = Measure(_folder["rainy.mkv"]);
        Assert.Equal(Frames, (int?)figures["frames"]);
        Assert.Equal(8, (double)figures["rainyChange"]!, 0.1);
        Assert.True((double)figures["resultChange"]! > 0);
    }

    [Fact]
    public void Clips_that_do_not_fit_are_refused()
    {
        string rainy = Clip("rainy", 8), shorter = Clip("short", 8);
        File.Delete(Path.Combine(shorter, "5.png"));
        Assert.Contains("ends after 5 frames", Nlcl.Derain("flicker", rainy, "--result", shorter).Expect(ExitCodes.Input).OneErrorLine(), StringComparison.Ordinal);
        File.WriteAllText(_folder["bad.mp4"], "no video");
        Nlcl.Derain("flicker", _folder["bad.mp4"]).Expect(ExitCodes.Input).OneErrorLine();
        Nlcl.Derain("flicker", _folder["nowhere"]).Expect(ExitCodes.Input).OneErrorLine();
    }
}
