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

        Assert.Equal(["machine", "size"], lines.Select(line => (string?)line["event"]));
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

        string[] files = _folder.Files();
        Assert.Equal(2, files.Length);
        JsonNode written = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.Path, files.Single(file => file.EndsWith(".json", StringComparison.Ordinal)))))!;
        Assert.Equal(size.ToJsonString(), written["sizes"]![0]!.ToJsonString());
        Assert.Contains("| 64x48 |", File.ReadAllText(Path.Combine(_folder.Path, files.Single(file => file.EndsWith(".md", StringComparison.Ordinal)))));
    }

    [Theory]
    [InlineData("640")]
    [InlineData("0x480")]
    [InlineData("")]
    public void A_size_that_is_none_is_a_wrong_command_line(string size) =>
        Nlcl.Derain("benchmark", "--sizes", size).Expect(ExitCodes.Usage).OneErrorLine();
}
