using System.Text.Json.Nodes;
using NLCL.CommandLine;
using NLCL.Runtime;
using NLCL.Runtime.Tests;
using OpenCvSharp;

namespace NLCL.Tools.Tests;

/// <summary>The commands with a model that sees neighbours: here one that gives back the frame after.</summary>
public sealed class NeighbourTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly string[] _model;

    public NeighbourTests()
    {
        File.WriteAllBytes(_folder["next.onnx"], TinyOnnx.Window(0, 0, 1).ToBytes());
        _model = ["--model", _folder["next.onnx"]];
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Rainy pictures one frame behind the clean ones, and one more at the end: 0, 1, 2, 10.</summary>
    void WriteClip()
    {
        Directory.CreateDirectory(_folder["rainy"]);
        Directory.CreateDirectory(_folder["clean"]);
        string[] names = ["0", "1", "2", "10"];
        for (int frame = 0; frame < names.Length; frame++)
        {
            using Mat before = TestPictures.Scene(64, 48, frame), scene = TestPictures.Scene(64, 48, frame + 1);
            Cv2.ImWrite(Path.Combine(_folder["rainy"], $"{names[frame]}.png"), before);
            if (frame < names.Length - 1) { Cv2.ImWrite(Path.Combine(_folder["clean"], $"{names[frame]}.png"), scene); }
        }
    }

    [Fact]
    public void Evaluate_takes_pictures_for_the_frames_of_a_clip_where_it_is_told()
    {
        WriteClip();
        string[] sets = ["evaluate", "--rainy", _folder["rainy"], "--clean", _folder["clean"], "--json", .. _model];
        JsonObject[] clip = Nlcl.Derain([.. sets, "--clip"]).Expect(ExitCodes.Success).JsonLines(), pictures = Nlcl.Derain(sets).Expect(ExitCodes.Success).JsonLines();
        Assert.Equal(3, (int?)clip[^1]["pictures"]);
        Assert.All(clip[..3], line => Assert.Equal("infinity", (string?)line["psnrRgb"]));
        Assert.All(pictures[..3], line => Assert.Equal((double)line["rainy"]!["psnrRgb"]!, (double)line["psnrRgb"]!));

        using (Mat smaller = TestPictures.Scene(60, 48, 1)) { Cv2.ImWrite(Path.Combine(_folder["rainy"], "10.png"), smaller); }
        Assert.Contains("60x48", Nlcl.Derain([.. sets, "--clip"]).Expect(ExitCodes.Input).OneErrorLine(), StringComparison.Ordinal);
        Nlcl.Derain("evaluate", "--result", _folder["rainy"], "--clean", _folder["clean"], "--clip").Expect(ExitCodes.Usage).OneErrorLine();
    }

    [Fact]
    public void Evaluate_looks_past_repeated_frames_as_derain_does()
    {
        Directory.CreateDirectory(_folder["rainy"]);
        for (int frame = 0; frame < 9; frame++)
        {
            using Mat scene = TestPictures.Scene(64, 48, frame / 3);
            Cv2.ImWrite(Path.Combine(_folder["rainy"], $"{frame:00}.png"), scene);
        }
        Nlcl.Ffmpeg("-framerate", "25", "-i", Path.Combine(_folder["rainy"], "%02d.png"), "-pix_fmt", "yuv444p", "-c:v", "ffv1", _folder["rainy.mkv"]);
        Nlcl.Derain(["derain", _folder["rainy.mkv"], _folder["out.mkv"], "--codec", "ffv1", .. _model]).Expect(ExitCodes.Success);
        Directory.CreateDirectory(_folder["clean"]);
        Nlcl.Ffmpeg("-i", _folder["out.mkv"], "-start_number", "0", Path.Combine(_folder["clean"], "%02d.png"));
        using Mat first = Cv2.ImRead(Path.Combine(_folder["clean"], "00.png")), third = Cv2.ImRead(Path.Combine(_folder["rainy"], "03.png"));
        Assert.True(Quality.PsnrRgb(first, third) > 38, "the frame after the repeated ones");

        JsonObject[] lines = Nlcl.Derain(["evaluate", "--rainy", _folder["rainy"], "--clean", _folder["clean"], "--clip", "--json", .. _model]).Expect(ExitCodes.Success).JsonLines();
        Assert.Equal(9, (int?)lines[^1]["pictures"]);
        // But for the way through YUV.
        Assert.All(lines[..9], line => Assert.True((double)line["psnrRgb"]! > 38, $"{line}"));
    }

    [Theory]
    [InlineData(0, 6.4)] // the last frame stands for the one after it: one change of five is none
    [InlineData(4, 16 / 3.0)]
    public void Flicker_gives_each_frame_its_neighbours(int frames, double expected)
    {
        Directory.CreateDirectory(_folder["blinking"]);
        for (int frame = 0; frame < 6; frame++)
        {
            using Mat scene = TestPictures.Scene(64, 48, 1);
            using Mat shown = new();
            Cv2.Add(scene, Scalar.All(frame % 2 * 8), shown);
            Cv2.ImWrite(Path.Combine(_folder["blinking"], $"{frame}.png"), shown);
        }
        JsonObject figures = Assert.Single(Nlcl.Derain(["flicker", _folder["blinking"], "--frames", $"{frames}", "--json", .. _model]).Expect(ExitCodes.Success).JsonLines());
        Assert.Equal(8, (double)figures["rainyChange"]!, 0.05);
        Assert.Equal(expected, (double)figures["resultChange"]!, 0.05);
    }

    [Fact]
    public void A_photo_stands_alone_and_a_clip_has_neighbours()
    {
        WriteClip();
        string photo = Path.Combine(_folder["rainy"], "0.png");
        Nlcl.Derain(["derain", photo, _folder["photo.png"], .. _model]).Expect(ExitCodes.Success);
        using Mat before = Cv2.ImRead(photo), after = Cv2.ImRead(_folder["photo.png"]);
        before.GetArray(out Vec3b[] expected);
        after.GetArray(out Vec3b[] found);
        Assert.Equal(expected, found);

        Nlcl.Ffmpeg("-framerate", "25", "-i", Path.Combine(_folder["rainy"], "%d.png"), "-pix_fmt", "yuv444p", "-c:v", "ffv1", _folder["rainy.mkv"]);
        Nlcl.Derain(["derain", _folder["rainy.mkv"], _folder["out.mkv"], "--codec", "ffv1", .. _model]).Expect(ExitCodes.Success);
        Assert.Equal("3", Nlcl.Ffprobe("-count_packets", "-show_entries", "stream=nb_read_packets", "-of", "csv=p=0", _folder["out.mkv"]));

        JsonObject facts = JsonNode.Parse(Nlcl.Derain("inspect", _folder["next.onnx"], "--json").Expect(ExitCodes.Success).Output)!.AsObject();
        Assert.Equal("3", (string?)facts["nlcl.frames"]);
        Assert.Contains("[n, 9, h, w]", (string?)facts["input"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_benchmark_runs_without_the_engines_that_have_no_neighbours()
    {
        ProgramResult result = Nlcl.Derain(["benchmark", .. _model, "--sizes", "64x48", "--rounds", "1", "--clip-rounds", "0", "--device", "cpu", "--threads", "1"]).Expect(ExitCodes.Success);
        Assert.Contains("neighbouring frames", result.Output, StringComparison.Ordinal);
    }
}
