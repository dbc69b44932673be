using System.Text.Json.Nodes;
using NLCL.CommandLine;
using OpenCvSharp;

namespace NLCL.Tools.Tests;

/// <summary>Clips of drawn scenes: what is taken, what is refused, what the backgrounds are worth.</summary>
public sealed class CollectCommandTests : IDisposable
{
    static readonly Size s_size = new(256, 192);

    readonly TemporaryFolder _folder = new();
    int _written;

    public void Dispose() => _folder.Dispose();

    JsonObject[] Manifest(string folder = "out") => [.. File.ReadLines(Path.Combine(_folder[folder], "manifest.jsonl")).Select(line => JsonNode.Parse(line)!.AsObject())];

    JsonObject Source(string name) => Manifest().Single(line => (string?)line["kind"] == "source" && ((string)line["source"]!).EndsWith(name, StringComparison.Ordinal));

    /// <summary>A scene in a light of its own.</summary>
    static Mat Scene(int seed)
    {
        using Mat drawn = TestPictures.Scene(s_size.Width, s_size.Height, seed);
        Mat scene = new();
        Cv2.Add(drawn, new Scalar(seed * 67 % 100, seed * 31 % 100, seed * 97 % 100), scene);
        return scene;
    }

    /// <summary>Sensor noise of up to two levels.</summary>
    static void AddNoise(Mat picture, int seed)
    {
        byte[] levels = new byte[3 * picture.Width * picture.Height];
        new Random(seed).NextBytes(levels);
        for (int i = 0; i < levels.Length; i++) { levels[i] %= 3; }
        using Mat noise = Mat.FromPixelData(picture.Height, picture.Width, MatType.CV_8UC3, levels);
        Cv2.Add(picture, noise, picture);
    }

    /// <summary>Appends frames of a scene to the clip that is being made.</summary>
    void Frames(Mat scene, int count, bool rain, Action<Mat, int>? change = null)
    {
        Directory.CreateDirectory(_folder["frames"]);
        for (int frame = 0; frame < count; frame++)
        {
            using Mat drawn = scene.Clone();
            change?.Invoke(drawn, frame);
            using Mat shown = rain ? TestPictures.Rainy(drawn, 100 + _written) : drawn.Clone();
            Cv2.ImWrite(Path.Combine(_folder["frames"], $"{_written++:0000}.png"), shown);
        }
    }

    string Encode(string name)
    {
        Nlcl.Ffmpeg("-framerate", "10", "-i", Path.Combine(_folder["frames"], "%04d.png"), "-c:v", "ffv1", _folder[name]);
        Directory.Delete(_folder["frames"], recursive: true);
        _written = 0;
        return _folder[name];
    }

    [Fact]
    public void Sharp_different_rainy_frames_are_taken_and_the_rest_is_told_by_reason()
    {
        using Mat first = Scene(1), second = Scene(2), third = Scene(3);
        using Mat blurred = new();
        Cv2.GaussianBlur(third, blurred, new Size(0, 0), 12);
        Frames(first, 12, rain: true);
        Frames(second, 12, rain: true);
        Frames(blurred, 12, rain: false);
        Frames(first, 12, rain: true); // seen before
        Frames(third, 12, rain: false); // dry
        string clip = Encode("clip.mkv");

        Nlcl.Derain("collect", clip, "--output", _folder["out"], "--every", "2").Expect(ExitCodes.Success);

        JsonObject source = Source("clip.mkv");
        Assert.Equal(60, (int?)source["frames"]);
        Assert.Equal(4, (int?)source["cuts"]);
        Assert.Equal(5, (int?)source["candidates"]);
        Assert.Equal(2, (int?)source["taken"]);
        Assert.Equal("""{"alike":1,"blurry":1,"dry":1}""", source["refused"]!.ToJsonString());

        JsonObject[] taken = [.. Manifest().Where(line => (string?)line["kind"] == "frame")];
        Assert.Equal([0, 1], taken.Select(line => (int)line["frame"]! / 12));
        Assert.All(taken, line =>
        {
            int frame = (int)line["frame"]!;
            Assert.InRange(frame % 12, frame < 12 ? 0 : 1, 10); // not beside a cut
            Assert.Equal(frame / 10.0, (double)line["time"]!, 3);
            using Mat picture = Cv2.ImRead(Path.Combine(_folder["out"], (string)line["picture"]!));
            Assert.Equal(s_size, picture.Size());
            Assert.True((double)line["rain"]! >= 1);
        });
    }

    [Fact]
    public void What_is_done_is_not_done_again_and_what_cannot_be_read_is_told()
    {
        Directory.CreateDirectory(_folder["in/deep"]);
        for (int index = 0; index < 2; index++)
        {
            using Mat scene = TestPictures.Scene(s_size.Width, s_size.Height, index), rainy = TestPictures.Rainy(scene, index);
            Cv2.ImWrite(Path.Combine(_folder["in"], index == 0 ? "a.png" : "deep/a.png"), rainy);
        }
        Nlcl.Derain("collect", _folder["in"], "--output", _folder["out"], "--min-rain", "0").Expect(ExitCodes.Success);
        Assert.Equal(["a_png-000000.png", "deep_a_png-000000.png"], Directory.EnumerateFiles(Path.Combine(_folder["out"], "frames")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        string before = File.ReadAllText(Path.Combine(_folder["out"], "manifest.jsonl"));

        ProgramResult again = Nlcl.Derain("collect", _folder["in"], "--output", _folder["out"], "--min-rain", "0").Expect(ExitCodes.Success);
        Assert.Contains("2 were done before", again.Output, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(_folder["out"], "manifest.jsonl")));

        File.WriteAllText(Path.Combine(_folder["in"], "bad.png"), "no picture");
        Nlcl.Derain("collect", _folder["in"], "--output", _folder["out"], "--min-rain", "0").Expect(ExitCodes.Partial).OneErrorLine();
        Nlcl.Derain("collect", _folder["in"], "--output", _folder["out"], "--min-rain", "5").Expect(ExitCodes.Usage).OneErrorLine();
        Nlcl.Derain("collect", _folder["nowhere"], "--output", _folder["out"], "--min-rain", "0").Expect(ExitCodes.Input).OneErrorLine();
    }

    [Fact]
    public void A_still_camera_gives_backgrounds_that_hold_where_the_mask_says_so()
    {
        using Mat scene = Scene(4);
        Rect Box(int frame) => new(8 + (frame * 12), 70, 40, 40);
        Frames(scene, 15, rain: true, (drawn, frame) =>
        {
            using Mat box = new(drawn, Box(frame));
            box.SetTo(new Scalar(20, 20, 230));
            AddNoise(drawn, frame);
        });
        string clip = Encode("still.mkv");

        Nlcl.Derain("collect", clip, "--output", _folder["out"], "--background", "15").Expect(ExitCodes.Success);

        JsonObject line = Manifest().Single(line => (string?)line["kind"] == "background");
        Assert.Equal(7, (int?)line["frame"]);
        using Mat background = Cv2.ImRead(Path.Combine(_folder["out"], (string)line["clean"]!)), mask = Cv2.ImRead(Path.Combine(_folder["out"], (string)line["mask"]!), ImreadModes.Grayscale);
        Assert.InRange(Cv2.CountNonZero(mask) / (double)mask.Total(), 0.5, 0.97);
        using (Mat there = new(mask, Box(7))) { Assert.Equal(0, Cv2.CountNonZero(there)); } // where the box stands in this very frame

        // Where the mask holds, the background is the scene.
        Directory.CreateDirectory(_folder["truth"]);
        Cv2.ImWrite(Path.Combine(_folder["truth"], Path.GetFileName((string)line["clean"]!)), scene);
        string[] pairs = ["--clean", _folder["truth"], "--mask", Path.Combine(_folder["out"], "pairs", "mask"), "--json"];
        double estimated = (double)Nlcl.Derain(["evaluate", "--result", Path.Combine(_folder["out"], "pairs", "clean"), .. pairs]).Expect(ExitCodes.Success).JsonLines()[^1]["psnrY"]!;
        double rainy = (double)Nlcl.Derain(["evaluate", "--result", Path.Combine(_folder["out"], "pairs", "rainy"), .. pairs]).Expect(ExitCodes.Success).JsonLines()[^1]["psnrY"]!;
        Assert.True(estimated > 40 && estimated > rainy + 10, $"background {estimated} dB, rainy {rainy} dB");
    }

    [Fact]
    public void A_moving_camera_gives_none()
    {
        using Mat wide = TestPictures.Scene(s_size.Width * 2, s_size.Height, 5);
        Directory.CreateDirectory(_folder["frames"]);
        for (int frame = 0; frame < 15; frame++)
        {
            using Mat window = new(wide, new Rect(frame * 8, 0, s_size.Width, s_size.Height));
            Cv2.ImWrite(Path.Combine(_folder["frames"], $"{frame:0000}.png"), window);
        }
        Nlcl.Derain("collect", Encode("moving.mkv"), "--output", _folder["out"], "--background", "15").Expect(ExitCodes.Success);
        Assert.Equal(0, (int?)Source("moving.mkv")["backgrounds"]);
        Assert.Equal(1, (int?)Source("moving.mkv")["refused"]!["window of a moving camera"]);
    }
}
