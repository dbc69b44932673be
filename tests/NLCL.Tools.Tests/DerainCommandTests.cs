using System.Diagnostics;
using System.Text.Json.Nodes;
using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Tools.Tests;

public sealed class DerainCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_photo_comes_back_in_its_size_and_nearer_to_the_clean_one()
    {
        using Mat scene = TestPictures.Scene(161, 97, 1);
        using Mat rainy = TestPictures.Rainy(scene, 2);
        Cv2.ImWrite(_folder["rainy.png"], rainy);

        Nlcl.Derain("derain", _folder["rainy.png"], _folder["clear.png"], "--device", "cpu").Expect(ExitCodes.Success);

        using Mat clear = Cv2.ImRead(_folder["clear.png"], ImreadModes.Unchanged);
        Assert.Equal(scene.Size(), clear.Size());
        Assert.True(Quality.PsnrY(clear, scene) > Quality.PsnrY(rainy, scene) + 0.25, $"{Quality.PsnrY(rainy, scene):0.00} dB before, {Quality.PsnrY(clear, scene):0.00} dB after");
        Assert.Equal(["clear.png", "rainy.png"], _folder.Files());
    }

    [Fact]
    public void An_existing_output_is_kept_unless_overwrite_is_said()
    {
        using Mat rainy = TestPictures.Scene(40, 32, 1);
        Cv2.ImWrite(_folder["rainy.png"], rainy);
        File.WriteAllText(_folder["clear.png"], "mine");

        ProgramResult refused = Nlcl.Derain("derain", _folder["rainy.png"], _folder["clear.png"]).Expect(ExitCodes.Output);
        Assert.Contains("--overwrite", refused.OneErrorLine());
        Assert.Equal("mine", File.ReadAllText(_folder["clear.png"]));

        Nlcl.Derain("derain", _folder["rainy.png"], _folder["clear.png"], "--overwrite").Expect(ExitCodes.Success);
        Assert.NotEqual("mine", File.ReadAllText(_folder["clear.png"]));
    }

    [Fact]
    public void A_folder_goes_on_past_a_bad_file_and_reports_it()
    {
        Directory.CreateDirectory(_folder["in"]);
        foreach (int index in new[] { 1, 2, 10 })
        {
            using Mat picture = TestPictures.Scene(50 + index, 40, index);
            Cv2.ImWrite(Path.Combine(_folder["in"], $"{index}.png"), picture);
        }
        File.WriteAllText(Path.Combine(_folder["in"], "3.jpg"), "this is no picture");
        File.WriteAllText(Path.Combine(_folder["in"], "notes.txt"), "passed over");

        ProgramResult result = Nlcl.Derain("derain", _folder["in"], _folder["out"], "--json").Expect(ExitCodes.Partial);

        Assert.Equal(["1.png", "10.png", "2.png"], Directory.EnumerateFiles(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        JsonObject last = result.JsonLines()[^1];
        Assert.Equal("done", (string?)last["event"]);
        Assert.Equal(3, (int?)last["succeeded"]);
        Assert.Equal(1, (int?)last["failed"]);
        Assert.EndsWith("3.jpg", (string?)last["failures"]![0]!["input"]);
    }

    [Fact]
    public void Photos_and_clips_each_get_their_model_unless_one_is_named()
    {
        Directory.CreateDirectory(_folder["in"]);
        using Mat picture = TestPictures.Scene(50, 40, 1);
        Cv2.ImWrite(Path.Combine(_folder["in"], "a.png"), picture);
        Nlcl.Ffmpeg("-f", "lavfi", "-i", "testsrc2=s=64x48:r=25", "-frames:v", "3", "-pix_fmt", "yuv420p", Path.Combine(_folder["in"], "b.mp4"));

        string Model(string input, params string[] more) => (string)Nlcl.Derain(["derain", input, .. more, "--json"]).Expect(ExitCodes.Success).JsonLines()[^1]["model"]!;
        Assert.Equal("nlcl and nlcl-video", Model(_folder["in"], _folder["out"]));
        Assert.Equal("nlcl", Model(Path.Combine(_folder["in"], "a.png"), _folder["a.png"]));
        Assert.Equal("nlcl-video", Model(Path.Combine(_folder["in"], "b.mp4"), _folder["b.mp4"]));
        Assert.Equal("nlcl-lite", Model(_folder["in"], _folder["lite"], "--model", "nlcl-lite"));
    }

    [Fact]
    public void A_pattern_takes_what_it_matches()
    {
        Directory.CreateDirectory(_folder["in"]);
        foreach (string name in new[] { "a1.png", "a2.png", "b1.png" })
        {
            using Mat picture = TestPictures.Scene(32, 32, 1);
            Cv2.ImWrite(Path.Combine(_folder["in"], name), picture);
        }
        Nlcl.Derain("derain", Path.Combine(_folder["in"], "a*.png"), _folder["out"]).Expect(ExitCodes.Success);
        Assert.Equal(["a1.png", "a2.png"], Directory.EnumerateFiles(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_clip_keeps_its_frames_and_its_sound()
    {
        MakeClip(_folder["rainy.mp4"], seconds: 1);

        ProgramResult result = Nlcl.Derain("derain", _folder["rainy.mp4"], _folder["clear.mp4"], "--json").Expect(ExitCodes.Success);

        Assert.Equal(25, (int?)result.JsonLines()[^1]["done"]);
        string[] count = ["-count_frames", "-select_streams", "v:0", "-show_entries", "stream=nb_read_frames,width,height", "-of", "csv=p=0"];
        Assert.Equal(Nlcl.Ffprobe([.. count, _folder["rainy.mp4"]]), Nlcl.Ffprobe([.. count, _folder["clear.mp4"]]));
        Assert.Equal(AudioHash(_folder["rainy.mp4"]), AudioHash(_folder["clear.mp4"]));
        Assert.Equal(["clear.mp4", "rainy.mp4"], _folder.Files());
    }

    [Fact]
    public void A_terminated_job_ends_with_its_code_and_leaves_no_half_written_file()
    {
        MakeClip(_folder["rainy.mp4"], seconds: 40);
        using Process job = Nlcl.Start("dotnet", Repository.Program("NLCL.Derain", "nlcl-derain"), "derain", _folder["rainy.mp4"], _folder["clear.mp4"], "--json");
        Assert.Contains("\"progress\"", job.StandardOutput.ReadLine()); // it is in the middle of the work
        Nlcl.Run("kill", "-TERM", job.Id.ToString(null, null)).Expect(0);

        Assert.True(job.WaitForExit(TimeSpan.FromSeconds(20)), "still running 20 s after SIGTERM");
        Assert.Equal(ExitCodes.Terminated, job.ExitCode);
        Assert.Equal(["rainy.mp4"], _folder.Files().Where(name => !name.StartsWith(".clear.mp4.nlcl", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(ExitCodes.Input, "nowhere.jpg", "out.jpg")]
    [InlineData(ExitCodes.Input, "text.txt", "out.jpg")]
    [InlineData(ExitCodes.Input, "broken.jpg", "out.jpg")]
    [InlineData(ExitCodes.Input, "broken.mp4", "out.mp4")]
    [InlineData(ExitCodes.Usage, "good.png", "good.png")]
    [InlineData(ExitCodes.Usage, "good.png", "out.mp4")]
    [InlineData(ExitCodes.Output, "good.png", "nowhere/out.png")]
    [InlineData(ExitCodes.Model, "good.png", "out.png", "--model", "nowhere.onnx")]
    [InlineData(ExitCodes.Model, "good.png", "out.png", "--model", "text.txt")]
    [InlineData(ExitCodes.Usage, "good.png", "out.png", "--no-such-option")]
    [InlineData(ExitCodes.Usage, "good.png")]
    public void A_mistake_is_one_line_and_its_code(int exitCode, params string[] arguments)
    {
        File.WriteAllText(_folder["text.txt"], "text");
        File.WriteAllBytes(_folder["broken.jpg"], [0xFF, 0xD8, 0xFF, 0xE0, 0, 16]);
        File.WriteAllBytes(_folder["broken.mp4"], new byte[100]);
        using Mat good = TestPictures.Scene(40, 32, 1);
        Cv2.ImWrite(_folder["good.png"], good);
        string[] before = _folder.Files();

        string[] inFolder = [.. arguments.Select(text => text.Contains('.', StringComparison.Ordinal) ? _folder[text] : text)];
        ProgramResult result = Nlcl.Derain(["derain", .. inFolder]).Expect(exitCode);

        result.OneErrorLine();
        Assert.Equal(before, _folder.Files());
    }

    [Fact]
    public void A_device_that_is_not_there_is_said_in_one_line()
    {
        Assert.SkipWhen(File.Exists("/dev/nvidia0"), "this machine has an NVIDIA GPU");
        using Mat good = TestPictures.Scene(40, 32, 1);
        Cv2.ImWrite(_folder["good.png"], good);
        string line = Nlcl.Derain("derain", _folder["good.png"], _folder["out.png"], "--device", "cuda").Expect(ExitCodes.Device).OneErrorLine();
        Assert.Contains("cuda", line, StringComparison.OrdinalIgnoreCase);
    }

    static void MakeClip(string path, int seconds) => Nlcl.Ffmpeg(
        "-f", "lavfi", "-i", $"testsrc2=size=160x120:rate=25:duration={seconds}", "-f", "lavfi", "-i", $"sine=frequency=440:duration={seconds}",
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest", path);

    static string AudioHash(string path) => Nlcl.Run("ffmpeg", "-loglevel", "error", "-i", path, "-map", "0:a", "-c", "copy", "-f", "streamhash", "-").Expect(0).Output;
}
