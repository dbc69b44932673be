using System.Text.Json.Nodes;
using NLCL.CommandLine;
using OpenCvSharp;

namespace NLCL.Tools.Tests;

/// <summary>--precision on models that the exporter wrote, and where there is no such variant.</summary>
public sealed class PrecisionTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public PrecisionTests() => TestPictures.WritePairs(_folder.Path, 4, 120, 100);

    public void Dispose() => _folder.Dispose();

    string Photo => Path.Combine(_folder["rainy"], "0.png");

    [Fact]
    public void The_variant_that_was_asked_for_runs_and_all_look_alike()
    {
        Nlcl.Train("train", "--preset", "smoke", "--rainy", _folder["rainy"], "--clean", _folder["clean"], "--output", _folder["run"]).Expect(ExitCodes.Success);
        Nlcl.Train("export", _folder["run"], "--output", _folder["mine.onnx"], "--variant", "fp32", "--variant", "fp16", "--variant", "int8", "--calibrate", _folder["rainy"]).Expect(ExitCodes.Success);
        string[] model = ["--model", _folder["mine.onnx"], "--device", "cpu", "--threads", "1"];
        foreach (string precision in new[] { "fp32", "fp16", "int8" })
        {
            JsonObject done = Nlcl.Derain(["derain", Photo, _folder[precision + ".png"], "--precision", precision, "--json", .. model]).Expect(ExitCodes.Success).JsonLines()[^1];
            Assert.Equal((precision, "asked for"), ((string?)done["precision"], (string?)done["precisionReason"]));
            JsonObject mean = Nlcl.Derain(["evaluate", "--rainy", _folder["rainy"], "--clean", _folder["clean"], "--precision", precision, "--json", .. model]).Expect(ExitCodes.Success).JsonLines()[^1];
            Assert.Equal(precision, (string?)mean["precision"]);
        }
        using Mat fp32 = Cv2.ImRead(_folder["fp32.png"]), int8 = Cv2.ImRead(_folder["int8.png"]);
        // Not the same file by another name, and not another picture.
        Assert.InRange(Cv2.Norm(fp32, int8, NormTypes.L1) / (3 * fp32.Total()), 1e-6, 4);

        string auto = Nlcl.Derain(["derain", Photo, _folder["auto.png"], .. model]).Expect(ExitCodes.Success).Errors;
        bool hasVnni = File.Exists("/proc/cpuinfo") && File.ReadLines("/proc/cpuinfo").Any(line => line.StartsWith("flags", StringComparison.Ordinal) && (line.Contains("avx512_vnni", StringComparison.Ordinal) || line.Contains("avx_vnni", StringComparison.Ordinal)));
        Assert.Equal(hasVnni, auto.Contains("on CPU, int8", StringComparison.Ordinal));

        JsonObject size = Nlcl.Derain(["benchmark", "--sizes", "64x48", "--rounds", "1", "--clip-rounds", "0", "--no-peers", "--json", .. model]).Expect(ExitCodes.Success).JsonLines()[1];
        Assert.DoesNotContain("int8", (string?)size["device"]);
        Assert.True((double)size["frame"]!["NLCL, frame in to frame out, int8"]! > 0);
        size = Nlcl.Derain(["benchmark", "--sizes", "64x48", "--rounds", "1", "--clip-rounds", "0", "--no-peers", "--json", "--precision", "int8", .. model]).Expect(ExitCodes.Success).JsonLines()[1];
        Assert.Contains("int8", (string?)size["device"]);
        Assert.Null(size["frame"]!["NLCL, frame in to frame out, int8"]);
    }

    [Theory]
    [InlineData("int8", " --calibrate")]
    [InlineData("fp16", "")]
    public void A_variant_that_is_not_there_is_one_line_with_the_command_that_makes_it(string precision, string calibrate)
    {
        File.Copy(Repository.PathOf("models", "nlcl.onnx"), _folder["mine.onnx"]);
        string line = Nlcl.Derain("derain", Photo, _folder["clear.png"], "--model", _folder["mine.onnx"], "--precision", precision).Expect(ExitCodes.Model).OneErrorLine();
        Assert.Contains(_folder[$"mine.{precision}.onnx"], line);
        Assert.Contains($"nlcl export RUN --output {_folder["mine.onnx"]} --variant {precision}{calibrate}", line);
        Assert.False(File.Exists(_folder["clear.png"]));
        Nlcl.Derain("derain", Photo, _folder["clear.png"], "--precision", "int4").Expect(ExitCodes.Usage).OneErrorLine();
    }

    [Fact]
    public void Doctor_says_which_precision_auto_picks_and_why() =>
        Assert.Matches(@"precision +auto takes (fp32|fp16|int8) \(.*nlcl.*\.onnx\): .{10,}", Nlcl.Derain("doctor").Expect(ExitCodes.Success).Output);
}
