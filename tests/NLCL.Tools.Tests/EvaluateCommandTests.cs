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
    public void Several_sets_are_judged_in_one_call()
    {
        JsonObject[] lines = Nlcl.Derain(
            "evaluate", "--rainy", _folder["rainy"], "--clean", _folder["clean"], "--rainy", _folder["clean"], "--clean", _folder["clean"], "--means", "--json").Expect(ExitCodes.Success).JsonLines();
        Assert.Equal([_folder["rainy"], _folder["clean"]], lines.Select(line => (string?)line["set"]));
        Assert.All(lines, line => Assert.Equal(3, (int?)line["pictures"]));
        Assert.Equal("infinity", (string?)lines[1]["rainy"]!["psnrRgb"]);
        string table = Nlcl.Derain("evaluate", "--rainy", _folder["rainy"], "--rainy", _folder["clean"], "--clean", _folder["clean"], "--means").Expect(ExitCodes.Success).Output;
        Assert.Equal(3, table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Nlcl.Derain("evaluate", "--rainy", _folder["rainy"], "--clean", _folder["clean"], "--clean", _folder["clean"]).Expect(ExitCodes.Usage).OneErrorLine();
    }

    [Fact]
    public void The_figures_are_those_of_the_formulas()
    {
        Directory.CreateDirectory(_folder["a"]);
        Directory.CreateDirectory(_folder["b"]);
        using (Mat grey = new(20, 30, MatType.CV_8UC3, new Scalar(100, 110, 120))) { Cv2.ImWrite(Path.Combine(_folder["a"], "x.png"), grey); }
        using (Mat lighter = new(20, 30, MatType.CV_8UC3, new Scalar(101, 113, 125))) { Cv2.ImWrite(Path.Combine(_folder["b"], "x.png"), lighter); }
        JsonObject line = Nlcl.Derain("evaluate", "--result", _folder["a"], "--clean", _folder["b"], "--json").Expect(ExitCodes.Success).JsonLines()[0];
        // B, G and R differ by 1, 3 and 5.
        Assert.Equal(10 * Math.Log10(255.0 * 255 / ((1 + 9 + 25) / 3.0)), (double)line["psnrRgb"]!, 3);
        double luma = ((65.481 * 5) + (128.553 * 3) + (24.966 * 1)) / 255;
        Assert.Equal(20 * Math.Log10(255 / luma), (double)line["psnrY"]!, 3);
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
