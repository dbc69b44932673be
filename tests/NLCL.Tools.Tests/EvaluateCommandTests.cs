using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NLCL.CommandLine;
using OpenCvSharp;

namespace NLCL.Tools.Tests;

public sealed class EvaluateCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public EvaluateCommandTests() => TestPictures.WritePairs(_folder.Path, 3, 96, 72);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_is_judged_on_pairs_of_the_same_name()
    {
        JsonObject[] lines = Nlcl.Derain("evaluate", "--rainy", _folder["rainy"], "--clean", _folder["clean"], "--json").Expect(ExitCodes.Success).JsonLines();

        Assert.Equal(["0", "1", "2"], lines[..3].Select(line => (string?)line["name"]));
        JsonObject mean = lines[^1];
        Assert.Equal(3, (int?)mean["pictures"]);
        Assert.Equal((double)mean["psnrY"]!, lines[..3].Average(line => (double)line["psnrY"]!), 3);
        Assert.True((double)mean["psnrY"]! > (double)mean["rainy"]!["psnrY"]!, "the result is no better than the rainy input");
    }

    [Fact]
    public void Results_are_judged_without_a_model()
    {
        JsonObject mean = Nlcl.Derain("evaluate", "--result", _folder["clean"], "--clean", _folder["clean"], "--json").Expect(ExitCodes.Success).JsonLines()[^1];
        Assert.Equal("infinity", (string?)mean["psnrY"]);
        Assert.Equal(1, (double)mean["ssimY"]!, 6);
    }

    [Fact]
    public void Side_by_side_halves_are_told_apart()
    {
        Directory.CreateDirectory(_folder["both"]);
        using Mat clean = Cv2.ImRead(Path.Combine(_folder["clean"], "0.png"));
        using Mat rainy = Cv2.ImRead(Path.Combine(_folder["rainy"], "0.png"));
        using Mat both = new();
        Cv2.HConcat([clean, rainy], both);
        Cv2.ImWrite(Path.Combine(_folder["both"], "0.png"), both);

        JsonObject whole = Nlcl.Derain("evaluate", "--rainy", _folder["rainy"], "--clean", _folder["clean"], "--json").Expect(0).JsonLines()[0];
        JsonObject halves = Nlcl.Derain("evaluate", "--rainy", _folder["both"] + ":right", "--clean", _folder["both"] + ":left", "--json").Expect(0).JsonLines()[0];

        Assert.Equal((double)whole["psnrY"]!, (double)halves["psnrY"]!, 4);
    }

    [Fact]
    public void Folders_without_a_common_name_are_refused_in_one_line()
    {
        Directory.CreateDirectory(_folder["empty"]);
        Nlcl.Derain("evaluate", "--rainy", _folder["empty"], "--clean", _folder["clean"]).Expect(ExitCodes.Input).OneErrorLine();
    }

    [Fact]
    public void Benchmark_measures_ours_and_the_plain_loop()
    {
        JsonObject line = Assert.Single(Nlcl.Derain("benchmark", "--sizes", "64x48", "--rounds", "1", "--device", "cpu", "--json").Expect(ExitCodes.Success).JsonLines());
        Assert.Equal(64, (int?)line["width"]);
        Assert.True((double)line["NLCL, frame in to frame out"]! > 0);
        Assert.True((double)line["plain ONNX Runtime loop"]! > 0);
    }

    [Fact]
    public void Inspect_shows_the_contract_and_the_hash_of_the_file()
    {
        JsonObject facts = JsonNode.Parse(Nlcl.Derain("inspect", "--json").Expect(ExitCodes.Success).Output)!.AsObject();
        byte[] file = File.ReadAllBytes(Repository.PathOf("models", "nlcl.onnx"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), (string?)facts["sha256"]);
        Assert.Equal("1", (string?)facts["nlcl.contract"]);
    }
}
