using System.Text.Json.Nodes;
using NLCL.CommandLine;

namespace NLCL.Tools.Tests;

public sealed class BenchmarkCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Stages_ceilings_clip_and_the_plain_loop_are_measured_and_written_down()
    {
        JsonObject[] lines = Nlcl.Derain(
            "benchmark", "--sizes", "64x48", "--rounds", "1", "--clip-rounds", "1", "--seconds", "0.05", "--device", "cpu", "--threads", "1", "--json", "--output", _folder["results"])
            .Expect(ExitCodes.Success).JsonLines();

        Assert.Equal(["machine", "size", "aims"], lines.Select(line => (string?)line["event"]));
        JsonObject machine = lines[0], size = lines[1];
        Assert.True((double)machine["convolutionGflops"]! > 0);
        // Counted by ONNX Runtime's own report; the model card has the same number from the network's description.
        string card = File.ReadAllText(Repository.PathOf("models", "nlcl.md"));
        Assert.Contains(((double)machine["multiplyAddsPerPixel"]!).ToString("#,0", System.Globalization.CultureInfo.InvariantCulture), card);
        Assert.Equal((64, 48), ((int)size["width"]!, (int)size["height"]!));
        foreach (string name in new[] { "convert in, packed", "convert out, packed", "convert in, 4:2:0", "convert out, 4:2:0", "network", "NLCL, frame in to frame out", "plain ONNX Runtime loop" })
        {
            Assert.True((double)size["frame"]![name]! > 0, name);
        }
        JsonNode clip = size["clip"]!;
        foreach (string name in new[] { "NLCL end to end", "decode alone", "network alone", "encode alone", "plain ONNX Runtime loop" })
        {
            Assert.True((double)clip["seconds"]![name]! > 0, name);
        }
        Assert.True((double)clip["ceilingSeconds"]! > 0);
        Assert.True((double)clip["residentMiB"]! > 10);

        Assert.All(lines[2]["aims"]!.AsArray(), aim => Assert.Equal("64x48", (string?)aim!["size"]));
        JsonNode ceiling = lines[2]["aims"]!.AsArray().Single(aim => ((string)aim!["aim"]!).Contains("ceiling", StringComparison.Ordinal))!;
        Assert.Equal((double)clip["timesCeiling"]!, (double)ceiling["figure"]!);
        Assert.Equal((double)ceiling["figure"]! <= 1.1, (bool)ceiling["met"]!);

        string[] files = _folder.Files();
        Assert.Equal(2, files.Length);
        JsonNode written = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.Path, files.Single(file => file.EndsWith(".json", StringComparison.Ordinal)))))!;
        Assert.Equal(size.ToJsonString(), written["sizes"]![0]!.ToJsonString());
        Assert.Contains("| 64x48 |", File.ReadAllText(Path.Combine(_folder.Path, files.Single(file => file.EndsWith(".md", StringComparison.Ordinal)))));
    }

    [Fact]
    public void OpenCV_runs_the_portable_file_beside_the_model_and_computes_the_same()
    {
        TestPictures.WritePairs(_folder.Path, 4, 120, 100);
        Nlcl.Train("train", "--preset", "smoke", "--rainy", _folder["rainy"], "--clean", _folder["clean"], "--output", _folder["run"]).Expect(ExitCodes.Success);
        Nlcl.Train("export", _folder["run"], "--output", _folder["mine.onnx"]).Expect(ExitCodes.Success);
        Nlcl.Train("export", _folder["run"], "--output", _folder["mine.portable.onnx"], "--portable").Expect(ExitCodes.Success);
        string[] race = ["benchmark", "--model", _folder["mine.onnx"], "--sizes", "64x48", "--rounds", "1", "--clip-rounds", "0", "--device", "cpu", "--threads", "1", "--json"];

        foreach (string[] more in new[] { Array.Empty<string>(), ["--peer-model", _folder["mine.portable.onnx"]] })
        {
            JsonObject size = Nlcl.Derain([.. race, .. more]).Expect(ExitCodes.Success).JsonLines()[1];
            Assert.True((double)size["frame"]!["OpenCV DNN"]! > 0);
            string file = size["peerFiles"]!.AsArray().Select(text => (string)text!).Single(text => text.StartsWith("OpenCV", StringComparison.Ordinal));
            Assert.Contains("mine.portable.onnx", file);
            Assert.Matches("at most [01] levels", file);
        }
        Nlcl.Derain([.. race, "--peer-model", _folder["none.onnx"]]).Expect(ExitCodes.Model).OneErrorLine();
    }

    [Theory]
    [InlineData("640")]
    [InlineData("0x480")]
    [InlineData("")]
    public void A_size_that_is_none_is_a_wrong_command_line(string size) =>
        Nlcl.Derain("benchmark", "--sizes", size).Expect(ExitCodes.Usage).OneErrorLine();
}
