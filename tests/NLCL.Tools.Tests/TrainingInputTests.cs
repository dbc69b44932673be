using NLCL.CommandLine;
using OpenCvSharp;

namespace NLCL.Tools.Tests;

/// <summary>What people's folders hold, and what goes wrong on their disks: the real program says it in a line and loses nothing.</summary>
public sealed class TrainingInputTests : IDisposable
{
    // 32x32, CMYK, made for this test: OpenCV reads such files but writes none.
    const string Cmyk = """
        /9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAUDg8SDw0UEhASFxUUGB4yIR4cHB49LC4kMklATEtHQEZFUFpzYlBVbVZFRmSIZW13e4GCgU5gjZeMfZZzfoF8/8AA
        FAgAIAAgBEMRAE0RAFkRAEsRAP/EABsAAQACAwEBAAAAAAAAAAAAAAADBAEFBgIH/8QALhAAAgEBAwoFBQAAAAAAAAAAAAECAwQRcQUGEhMyMzQ1UrEUMXJz
        kVFTVJKT/9oADgRDAE0AWQBLAAA/AOjL51Z04AAAAAAAB8/OgNeXDcZs8wqe0+6KeU+Hj612ZNZd48CKvsLE6g1ZaIAAD5+dAa8uG4zZ5hU9p90U8p8PH1rs
        yay7x4EVfYWJ1Bqy0QAAFfwFj/FofzRJr633Z/szzq4dEfgzpy6n8nulZqFGWlSoU6cmrr4wSdx5lVqTV05ykvo3eZUYxd6ilgg5N+bbJTyZMH//2Q==
        """;

    readonly TemporaryFolder _folder = new();

    public TrainingInputTests() => TestPictures.WritePairs(_folder.Path, 3, 80, 72);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Odd_pictures_are_trained_on_and_unusable_ones_are_left_out_with_a_line_each()
    {
        using (Mat scene = TestPictures.Scene(70, 66, 9))
        {
            Mat grey = new(), alpha = new();
            Cv2.CvtColor(scene, grey, ColorConversionCodes.BGR2GRAY);
            Write("grey.png", grey);
            Cv2.CvtColor(scene, alpha, ColorConversionCodes.BGR2BGRA);
            Write("alpha.png", alpha);
            Mat deep = new();
            scene.ConvertTo(deep, MatType.CV_16UC3, 257);
            Write("deep.png", deep);
            Write("huge.png", new Mat(6000, 10_000, MatType.CV_8UC1, Scalar.All(90)));
            Write("one.png", new Mat(1, 1, MatType.CV_8UC3, Scalar.All(90)));
            Cv2.ImEncode(".jpg", scene, out byte[] whole);
            File.WriteAllBytes(Path.Combine(_folder["rainy"], "cut.jpg"), whole[..(whole.Length / 2)]);
        }
        File.WriteAllBytes(Path.Combine(_folder["rainy"], "cmyk.jpg"), Convert.FromBase64String(Cmyk));
        File.WriteAllText(Path.Combine(_folder["rainy"], "notes.txt"), "passed over");

        // Nine pictures, 60 draws: none is missed (0.1 % for each).
        ProgramResult training = Train("run", "--set", "iterations=30", "--set", "unpairedBatch=2", "--set", "adversaryEvery=1").Expect(ExitCodes.Success);

        string[] lines = training.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.DoesNotContain("   at ", training.Errors);
        string[] leftOut = [.. lines.Where(line => line.Contains("skipped", StringComparison.Ordinal))];
        Assert.Equal(2, leftOut.Length);
        Assert.Contains("cut.jpg", leftOut[0]);
        Assert.Contains("one.png", leftOut[1]);
        Assert.Contains("1x1", leftOut[1]);
        Assert.Contains("next: nlcl export", training.Output);

        void Write(string name, Mat picture)
        {
            using (picture) { Assert.True(Cv2.ImWrite(Path.Combine(_folder["rainy"], name), picture)); }
        }
    }

    [Fact]
    public void A_folder_of_nothing_usable_is_one_line()
    {
        Directory.CreateDirectory(_folder["bad"]);
        File.WriteAllText(Path.Combine(_folder["bad"], "a.png"), "no picture");
        string line = Nlcl.Train("train", "--preset", "smoke", "--threads", "1", "--rainy", _folder["bad"], "--clean", _folder["clean"], "--output", _folder["run"])
            .Expect(ExitCodes.Input).OneErrorLine();
        Assert.Contains("a.png", line);
    }

    [Theory]
    [InlineData(1, 1, "too few")]
    [InlineData(40, 40, "its clean counterpart is 80x72")]
    public void Development_pictures_that_do_not_fit_are_named_before_the_training(int width, int height, string message)
    {
        Directory.CreateDirectory(_folder["dev"]);
        using (Mat picture = TestPictures.Scene(width, height, 1)) { Cv2.ImWrite(Path.Combine(_folder["dev"], "0.png"), picture); }
        string line = Train("run", "--dev-rainy", _folder["dev"], "--dev-clean", _folder["clean"]).Expect(ExitCodes.Input).OneErrorLine();
        Assert.Contains(message, line);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public void Equal_development_pictures_are_no_accident()
    {
        // A network that takes out nothing gives an infinite PSNR, which JSON does not know.
        ProgramResult training = Train("run", "--set", "learningRate=0", "--set", "lean.initialRainScale=0", "--dev-rainy", _folder["clean"], "--dev-clean", _folder["clean"], "--json").Expect(ExitCodes.Success);
        Assert.Equal("done", (string?)training.JsonLines()[^1]["event"]);
    }

    [Fact]
    public void A_full_disk_ends_the_training_with_a_line_and_keeps_the_last_checkpoint()
    {
        Directory.CreateDirectory(_folder["small"]);
        Assert.SkipUnless(
            Environment.UserName == "root" && Nlcl.Run("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", _folder["small"]).ExitCode == 0,
            "No permission to mount a small file system; run the tests as root, with the right to mount.");
        try
        {
            string run = Path.Combine(_folder["small"], "run");
            Train(run, "--set", "iterations=2", "--set", "checkpointEvery=2").Expect(ExitCodes.Success);
            byte[] before = File.ReadAllBytes(Path.Combine(run, "checkpoint.safetensors"));
            FillUp();

            string line = Nlcl.Train("train", "--resume", "--threads", "1", "--set", "iterations=4", "--output", run).Expect(ExitCodes.Output).Errors
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];

            Assert.Contains("space", line);
            Assert.StartsWith("nlcl: ", line);
            Assert.Equal(before, File.ReadAllBytes(Path.Combine(run, "checkpoint.safetensors")));
            Assert.Empty(Directory.GetFiles(run, "*.partial"));
            File.Delete(Path.Combine(_folder["small"], "full"));
            Nlcl.Train("train", "--resume", "--threads", "1", "--set", "iterations=4", "--output", run).Expect(ExitCodes.Success);
        }
        finally
        {
            Nlcl.Run("umount", _folder["small"]).Expect(0);
        }

        void FillUp()
        {
            using FileStream filler = new(Path.Combine(_folder["small"], "full"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            byte[] block = new byte[512];
            try
            {
                while (true) { filler.Write(block); }
            }
            catch (IOException) { } // that is the aim
        }
    }

    [Fact]
    public void Losses_that_are_no_numbers_warn_then_end_with_their_own_code_and_keep_what_was_reached()
    {
        Train("run", "--set", "iterations=4").Expect(ExitCodes.Success);
        byte[] before = File.ReadAllBytes(_folder["run/checkpoint.safetensors"]);

        ProgramResult training = Nlcl.Train(
            "train", "--resume", "--threads", "1", "--output", _folder["run"], "--set", "iterations=40", "--set", "weights.replay=1e38", "--set", "gradientClip=0", "--set", "checkpointEvery=100")
            .Expect(ExitCodes.Diverged);

        string[] lines = training.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(9, lines.Count(line => line.Contains("step left out", StringComparison.Ordinal))); // the tenth is the end
        Assert.Contains("10 iterations in a row", lines[^1]);
        Assert.DoesNotContain("   at ", training.Errors);
        Assert.Equal(before, File.ReadAllBytes(_folder["run/checkpoint.safetensors"]));
    }

    ProgramResult Train(string run, params string[] more) => Nlcl.Train(
        ["train", "--preset", "smoke", "--threads", "1", "--rainy", _folder["rainy"], "--clean", _folder["clean"], "--output", _folder[run], .. more]);
}
