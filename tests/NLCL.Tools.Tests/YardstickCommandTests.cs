using NLCL.CommandLine;
using OpenCvSharp;

namespace NLCL.Tools.Tests;

/// <summary>A yardstick of drawn pictures: what is in it, that it is repeatable, that its clips hold what they promise.</summary>
public sealed class YardstickCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public YardstickCommandTests() => TestPictures.WritePairs(_folder.Path, 40, 96, 64);

    public void Dispose() => _folder.Dispose();

    ProgramResult Make(string name, params string[] more) =>
        Nlcl.Train(["yardstick", _folder[name], "--clean", _folder["clean"], "--stills", "1", "--frames", "3", "--short-frames", "2", .. more]);

    [Fact]
    public void It_is_complete_and_the_same_each_time()
    {
        Make("first").Expect(ExitCodes.Success);
        Make("second").Expect(ExitCodes.Success);

        string[] files = [.. Directory.EnumerateFiles(_folder["first"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder["first"], file))];
        foreach (string kind in new[] { "drizzle", "streaks", "heavy", "photoshop", "veil", "city", "natural", "near" })
        {
            string still = Path.GetFileName(Assert.Single(files, file => file.StartsWith(Path.Combine("stills", kind, "rainy"), StringComparison.Ordinal)));
            Assert.Contains(Path.Combine("stills", kind, "clean", still), files);
            Assert.Contains(Path.Combine("stills", kind, "rain", Path.ChangeExtension(still, "json")), files);
            string shortClip = Path.Combine("short", kind, Path.GetFileNameWithoutExtension(still));
            foreach (string part in new[] { "rainy", "clean" }) { Assert.Equal(2, files.Count(file => file.StartsWith(Path.Combine(shortClip, part) + "/", StringComparison.Ordinal))); }
        }
        Assert.Contains("yardstick.json", files);
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(_folder["first"], file)), File.ReadAllBytes(Path.Combine(_folder["second"], file))));

        string again = Make("first").Expect(ExitCodes.Output).OneErrorLine();
        Assert.Contains("--overwrite", again, StringComparison.Ordinal);
        Make("first", "--overwrite").Expect(ExitCodes.Success);
    }

    [Fact]
    public void The_static_clip_stands_still_the_panning_one_pans_and_the_passing_one_passes_by()
    {
        Make("made").Expect(ExitCodes.Success);

        using Mat still0 = Frame("static", "clean", 0), still2 = Frame("static", "clean", 2), rainy0 = Frame("static", "rainy", 0), rainy2 = Frame("static", "rainy", 2);
        Assert.Equal(0, Cv2.Norm(still0, still2, NormTypes.INF));
        Assert.NotEqual(0, Cv2.Norm(rainy0, rainy2, NormTypes.INF));

        using Mat first = Frame("panning", "clean", 0), last = Frame("panning", "clean", 2);
        using Mat shown = new(first, new Rect(4, 2, first.Width - 4, first.Height - 2)), sameLater = new(last, new Rect(0, 0, first.Width - 4, first.Height - 2));
        Assert.Equal(0, Cv2.Norm(shown, sameLater, NormTypes.INF));

        using Mat early = Frame("passing", "clean", 0), late = Frame("passing", "clean", 2);
        AssertMoved(early, late, 0, early.Height / 2, 4);
        AssertMoved(early, late, (int)(0.6 * early.Height), early.Height, 16);

        static void AssertMoved(Mat from, Mat to, int top, int bottom, int pixels)
        {
            using Mat before = new(from, new Rect(pixels, top, from.Width - pixels, bottom - top)), after = new(to, new Rect(0, top, from.Width - pixels, bottom - top));
            Assert.Equal(0, Cv2.Norm(before, after, NormTypes.INF));
        }

        Mat Frame(string clip, string part, int index) => Cv2.ImRead(Path.Combine(_folder["made"], "clips", clip, part, $"{index:00000}.png"));
    }

    [Fact]
    public void Short_clips_can_be_left_out_but_one_frame_is_no_clip()
    {
        Nlcl.Train("yardstick", _folder["without"], "--clean", _folder["clean"], "--stills", "1", "--frames", "3", "--short-frames", "0").Expect(ExitCodes.Success);
        Assert.False(Directory.Exists(Path.Combine(_folder["without"], "short")));
        Assert.Contains("--short-frames 1", Nlcl.Train("yardstick", _folder["one"], "--clean", _folder["clean"], "--short-frames", "1").Expect(ExitCodes.Usage).OneErrorLine(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_stays_behind_when_no_picture_is_held_back()
    {
        Directory.CreateDirectory(_folder["few"]);
        File.Copy(Path.Combine(_folder["clean"], "0.png"), _folder["few"] + "/a.png");
        Nlcl.Train("yardstick", _folder["none"], "--clean", _folder["few"]).Expect(ExitCodes.Input).OneErrorLine();
        Assert.False(Directory.Exists(_folder["none"]));
        Assert.Empty(Directory.EnumerateDirectories(_folder.Path, ".part*"));
    }
}
