using System.Text.Json.Nodes;
using NLCL.CommandLine;
using OpenCvSharp;

namespace NLCL.Tools.Tests;

/// <summary>The whole way on real files: rain on clean pictures, a training, its export, and the export at work.</summary>
public sealed class TrainingCommandsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public TrainingCommandsTests() => TestPictures.WritePairs(_folder.Path, 4, 120, 100);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_becomes_a_model_that_derains()
    {
        ProgramResult training = Nlcl.Train(
            "train", "--preset", "smoke", "--rainy", _folder["rainy"], "--clean", _folder["clean"],
            "--dev-rainy", _folder["rainy"], "--dev-clean", _folder["clean"], "--output", _folder["run"], "--json").Expect(ExitCodes.Success);
        Assert.Equal("done", (string?)training.JsonLines()[^1]["event"]);
        foreach (string file in new[] { "options.json", "metrics.csv", "checkpoint.safetensors", "best.safetensors" })
        {
            Assert.True(File.Exists(Path.Combine(_folder["run"], file)), file);
        }

        Nlcl.Train("export", _folder["run"], "--output", _folder["mine.onnx"]).Expect(ExitCodes.Success);
        Assert.True(File.Exists(_folder["mine.md"]), "a model needs its card");

        Assert.Contains("claim", Nlcl.Train("analyze", _folder["run"], "--rainy", _folder["rainy"], "--output", _folder["dimensions"], "--groups", "1").Expect(ExitCodes.Success).Output);
        Assert.True(File.Exists(Path.Combine(_folder["dimensions"], "dimensions.png")));

        Nlcl.Derain("derain", Path.Combine(_folder["rainy"], "0.png"), _folder["clear.png"], "--model", _folder["mine.onnx"]).Expect(ExitCodes.Success);
        using Mat clear = Cv2.ImRead(_folder["clear.png"]);
        Assert.Equal(new Size(120, 100), clear.Size());
    }

    [Fact]
    public void Equal_trainings_give_equal_losses_and_a_finished_one_has_nothing_left_to_do()
    {
        foreach (string run in new[] { "first", "second" })
        {
            Nlcl.Train("train", "--rainy", _folder["rainy"], "--clean", _folder["clean"], "--preset", "smoke", "--threads", "1", "--output", _folder[run]).Expect(ExitCodes.Success);
        }
        string losses = File.ReadAllText(Path.Combine(_folder["first"], "metrics.csv"));
        Assert.Equal(losses, File.ReadAllText(Path.Combine(_folder["second"], "metrics.csv")));

        Nlcl.Train("train", "--resume", "--output", _folder["first"]).Expect(ExitCodes.Success);
        Assert.Equal(losses, File.ReadAllText(Path.Combine(_folder["first"], "metrics.csv")));
    }

    [Fact]
    public void Weights_to_start_from_bring_their_network_along()
    {
        // None of this shows in the weights: with taps next to each other they would be another network's.
        ProgramResult Train(string run, params string[] more) =>
            Nlcl.Train(["train", "--rainy", _folder["rainy"], "--clean", _folder["clean"], "--preset", "smoke", "--output", _folder[run], .. more]).Expect(ExitCodes.Success);
        Train("first", "--set", "lean.coarseDilation=2", "--set", "lean.coarseBlocks=2");
        Assert.Contains("network: as in", Train("second", "--start", Path.Combine(_folder["first"], "checkpoint.safetensors")).Errors, StringComparison.Ordinal);
        Train("third", "--start", Path.Combine(_folder["first"], "checkpoint.safetensors"), "--set", "lean.coarseDilation=3", "--set", "lean.frames=3");
        Assert.Equal(("2", "2", "1"), Network("second"));
        Assert.Equal(("2", "3", "3"), Network("third"));

        (string Blocks, string Dilation, string Frames) Network(string run)
        {
            JsonNode lean = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder[run], "options.json")))!["lean"]!;
            return (lean["coarseBlocks"]!.ToJsonString(), lean["coarseDilation"]!.ToJsonString(), lean["frames"]!.ToJsonString());
        }
    }

    [Fact]
    public void Synthetic_rain_comes_with_its_truth()
    {
        Nlcl.Train("synthesize", "--clean", _folder["clean"], "--output", _folder["made"], "--kind", "heavy", "--seed", "3").Expect(ExitCodes.Success);

        foreach (string part in new[] { "rainy", "clean", "rain" })
        {
            Assert.Equal(4, Directory.EnumerateFiles(Path.Combine(_folder["made"], part), "*.png").Count());
        }
        JsonObject mean = Nlcl.Derain("evaluate", "--result", Path.Combine(_folder["made"], "rainy"), "--clean", Path.Combine(_folder["made"], "clean"), "--json")
            .Expect(ExitCodes.Success).JsonLines()[^1];
        Assert.InRange((double)mean["psnrY"]!, 5, 25); // heavy rain
    }

    [Fact]
    public void A_still_becomes_a_rainy_clip()
    {
        Nlcl.Train("synthesize", "--clean", Path.Combine(_folder["clean"], "0.png"), "--output", _folder["pan.mp4"], "--video", "6").Expect(ExitCodes.Success);
        Assert.Equal("6", Nlcl.Ffprobe("-count_frames", "-select_streams", "v:0", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", _folder["pan.mp4"]));
    }

    [Fact]
    public void Rain_on_a_clip_keeps_its_frames_and_colours()
    {
        Nlcl.Ffmpeg("-framerate", "10", "-i", Path.Combine(_folder["clean"], "%d.png"), "-c:v", "ffv1", _folder["clip.mkv"]);
        Nlcl.Train("synthesize", "--clean", _folder["clip.mkv"], "--output", _folder["made"], "--kind", "streaks", "--perfect-camera").Expect(ExitCodes.Success);
        Assert.Equal(4, Directory.EnumerateFiles(Path.Combine(_folder["made"], "rainy", "clip")).Count());
        for (int frame = 0; frame < 4; frame++)
        {
            using Mat source = Cv2.ImRead(Path.Combine(_folder["clean"], $"{frame}.png")), kept = Cv2.ImRead(Path.Combine(_folder["made"], "clean", "clip", $"{frame:00000}.png"));
            Assert.Equal(0, Cv2.Norm(source, kept, NormTypes.INF));
        }
        Nlcl.Train("synthesize", "--clean", _folder["clip.mkv"], "--output", _folder["made.mp4"], "--kind", "streaks").Expect(ExitCodes.Success);
        foreach (string made in new[] { "made.mp4", "made.clean.mp4" })
        {
            Assert.Equal("10/1", Nlcl.Ffprobe("-select_streams", "v:0", "-show_entries", "stream=avg_frame_rate", "-of", "csv=p=0", _folder[made]));
        }
    }

    [Fact]
    public void A_clip_has_its_encoder_s_artefacts_after_the_rain()
    {
        string still = Path.Combine(_folder["clean"], "0.png");
        foreach (string[] more in new[] { new[] { "--output", _folder["plain"] }, ["--output", _folder["coded"], "--h264", "20"] })
        {
            Nlcl.Train(["synthesize", "--clean", still, "--video", "4", "--kind", "streaks", "--seed", "3", "--perfect-camera", .. more]).Expect(ExitCodes.Success);
        }
        string[] frames = [.. Directory.EnumerateFiles(Path.Combine(_folder["plain"], "rainy", "0")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Equal(4, frames.Length);
        Assert.Equal(frames, Directory.EnumerateFiles(Path.Combine(_folder["coded"], "rainy", "0")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        foreach (string frame in frames)
        {
            using Mat plain = Cv2.ImRead(Path.Combine(_folder["plain"], "rainy", "0", frame)), coded = Cv2.ImRead(Path.Combine(_folder["coded"], "rainy", "0", frame));
            // The same rain, a little worse; another frame's or other colours would be much further off.
            Assert.InRange(Cv2.Norm(plain, coded, NormTypes.L1) / (3 * plain.Total()), 0.3, 8);
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder["plain"], "clean", "0", frame)), File.ReadAllBytes(Path.Combine(_folder["coded"], "clean", "0", frame)));
        }
        Nlcl.Train("synthesize", "--clean", still, "--output", _folder["bad"], "--video", "2", "--h264", "60").Expect(ExitCodes.Usage).OneErrorLine();
    }

    [Fact]
    public void One_command_writes_every_variant()
    {
        Nlcl.Train("train", "--preset", "smoke", "--rainy", _folder["rainy"], "--clean", _folder["clean"], "--output", _folder["run"]).Expect(ExitCodes.Success);

        Nlcl.Train(
            "export", _folder["run"], "--output", _folder["out/mine.onnx"], "--variant", "all", "--bytes", "--weights", "--calibrate", _folder["rainy"],
            "--triton", _folder["repository"]).Expect(ExitCodes.Success);

        Assert.Equal(
            ["mine.bytes.onnx", "mine.fp16.bytes.onnx", "mine.fp16.onnx", "mine.int8.bytes.onnx", "mine.int8.onnx", "mine.md", "mine.onnx", "mine.safetensors"],
            Directory.GetFiles(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(_folder["repository/mine_int8/1/model.onnx"]));
        Nlcl.Derain("derain", Path.Combine(_folder["rainy"], "0.png"), _folder["clear.png"], "--model", _folder["out/mine.int8.onnx"]).Expect(ExitCodes.Success);
        Nlcl.Derain("derain", Path.Combine(_folder["rainy"], "0.png"), _folder["no.png"], "--model", _folder["out/mine.bytes.onnx"]).Expect(ExitCodes.Model).OneErrorLine();

        // The weights alone are enough for a teacher, and a small part of the checkpoint.
        Assert.InRange(new FileInfo(_folder["out/mine.safetensors"]).Length, 1, new FileInfo(_folder["run/checkpoint.safetensors"]).Length / 3);
        Nlcl.Train("train", "--preset", "smoke", "--set", "iterations=1", "--set", "weights.distillation=1", "--teacher", _folder["out/mine.safetensors"],
            "--rainy", _folder["rainy"], "--clean", _folder["clean"], "--output", _folder["student"]).Expect(ExitCodes.Success);

        // The repository is taken now, and then nothing else may be written either.
        Nlcl.Train("export", _folder["run"], "--output", _folder["again/mine.onnx"], "--triton", _folder["repository"]).Expect(ExitCodes.Output).OneErrorLine();
        Assert.False(File.Exists(_folder["again/mine.onnx"]));
    }

    [Theory]
    [InlineData(ExitCodes.Usage, "train", "--output", "run", "--rainy", "empty", "--clean", "clean", "--set", "noSuchOption=1")]
    [InlineData(ExitCodes.Usage, "train", "--output", "run", "--rainy", "rainy", "--clean", "clean", "--preset", "tune")]
    [InlineData(ExitCodes.Usage, "train", "--output", "run", "--rainy", "rainy", "--clean", "clean", "--preset", "grand")]
    [InlineData(ExitCodes.Input, "train", "--output", "run", "--rainy", "empty", "--clean", "clean")]
    [InlineData(ExitCodes.Input, "train", "--output", "run", "--rainy", "nowhere", "--clean", "clean")]
    [InlineData(ExitCodes.Input, "train", "--output", "nowhere", "--resume")]
    [InlineData(ExitCodes.Input, "export", "empty", "--output", "mine.onnx")]
    [InlineData(ExitCodes.Input, "analyze", "empty", "--rainy", "rainy", "--output", "made")]
    [InlineData(ExitCodes.Model, "analyze", "nowhere", "--rainy", "rainy", "--output", "made")]
    [InlineData(ExitCodes.Usage, "ablate", "--rainy", "rainy", "--clean", "clean", "--dev-rainy", "rainy", "--dev-clean", "clean", "--output", "made", "--only", "purple")]
    [InlineData(ExitCodes.Input, "ablate", "--rainy", "rainy", "--clean", "nowhere", "--dev-rainy", "rainy", "--dev-clean", "clean", "--output", "made")]
    [InlineData(ExitCodes.Input, "export", "empty", "--output", "mine.onnx", "--variant", "int8", "--calibrate", "nowhere")]
    [InlineData(ExitCodes.Usage, "export", "empty", "--output", "mine.onnx", "--variant", "int4")]
    [InlineData(ExitCodes.Usage, "export", "empty", "--output", "mine.onnx", "--triton", "made", "--triton-batch", "0")]
    [InlineData(ExitCodes.Usage, "blend", "one", "other", "--output", "mix.safetensors", "--share", "2")]
    [InlineData(ExitCodes.Input, "blend", "nowhere", "neither", "--output", "mix.safetensors")]
    [InlineData(ExitCodes.Input, "import", "nowhere", "--output", "run")]
    [InlineData(ExitCodes.Input, "import", "rainy/0.png", "--output", "run")]
    [InlineData(ExitCodes.Usage, "import", "nowhere", "--output", "run", "--preset", "lean")]
    [InlineData(ExitCodes.Input, "synthesize", "--clean", "nowhere", "--output", "made")]
    [InlineData(ExitCodes.Usage, "synthesize", "--clean", "clean", "--output", "made", "--kind", "purple")]
    public void A_mistake_is_one_line_and_its_code(int exitCode, params string[] arguments)
    {
        Directory.CreateDirectory(_folder["empty"]);
        string[] places = ["run", "rainy", "rainy/0.png", "clean", "empty", "nowhere", "made", "mine.onnx"];
        Nlcl.Train([.. arguments.Select(text => places.Contains(text) ? _folder[text] : text)]).Expect(exitCode).OneErrorLine();
        Assert.False(File.Exists(_folder["mine.onnx"]));
    }
}
