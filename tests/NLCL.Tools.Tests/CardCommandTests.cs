using System.Globalization;
using System.Text.Json.Nodes;
using NLCL.CommandLine;
using OpenCvSharp;

namespace NLCL.Tools.Tests;

/// <summary>A card by command: its figures are those of evaluate, and what people wrote stays.</summary>
public sealed class CardCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly string _model;

    public CardCommandTests()
    {
        TestPictures.WritePairs(_folder.Path, 2, 64, 48);
        _model = _folder["copy.onnx"];
        File.Copy(Repository.PathOf("models", "nlcl.onnx"), _model);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Figures_are_those_of_evaluate_and_the_rest_of_the_card_stays()
    {
        string card = _folder["copy.md"];
        File.WriteAllText(card, "# copy\n\nHead.\n\n## Measured\n\nold\n\n## Training options\n\nkept\n");
        File.WriteAllText(_folder["dimensions.json"], """
            {"pictures":3,"patchesPerGroup":64,"patchSize":16,"verdict":"A sentence.",
             "background":{"groups":5,"maximumLikelihood":{"5":{"mean":7.25,"spread":0.5}},"principalComponents95":{"mean":9,"spread":1},"participationRatio":null},
             "rain":{"groups":4,"maximumLikelihood":{"5":{"mean":3.5,"spread":0.25}},"principalComponents95":{"mean":4,"spread":1},"participationRatio":{"mean":2,"spread":1}}}
            """);

        Nlcl.Derain(
            "card", _model, "--set", $"drawn={_folder["rainy"]},{_folder["clean"]}", "--dry", $"drawn={_folder["clean"]}", "--real", $"drawn={_folder["rainy"]}", "--clip", $"still={_folder["rainy"]}",
            "--analysis", _folder["dimensions.json"], "--sizes", "64x48", "--threads", "1").Expect(ExitCodes.Success);

        string text = File.ReadAllText(card);
        Assert.StartsWith("# copy\n\nHead.\n\n## Measured\n\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n\n## Training options\n\nkept\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("old", text, StringComparison.Ordinal);
        double psnr = (double)Nlcl.Derain("evaluate", "--rainy", _folder["rainy"], "--clean", _folder["clean"], "--model", _model, "--threads", "1", "--json").Expect(ExitCodes.Success).JsonLines()[^1]["psnrY"]!;
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| drawn | 2 | {psnr:0.00} |"), text, StringComparison.Ordinal);
        double least = TakenOut("rainy").Min(); // of two pictures the lowest tenth and the median
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| drawn | 2 | {least:0.00} | {least:0.00} |"), text, StringComparison.Ordinal);
        Assert.Contains("| 64x48 |", text, StringComparison.Ordinal);
        string clip = Assert.Single(text.Split('\n'), line => line.StartsWith("| still | 2 | no truth |  | all; no truth |", StringComparison.Ordinal));
        Assert.EndsWith(string.Create(CultureInfo.InvariantCulture, $" | {TakenOut("rainy").Average():0.00} |"), clip, StringComparison.Ordinal);
        Assert.Contains("| background | 5 | 7.25 ± 0.50 (k = 5) | 9.00 ± 1.00 | not measured |", text, StringComparison.Ordinal);
        Assert.Equal(["copy.md", "copy.onnx", "dimensions.json"], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_model_without_a_card_gets_one()
    {
        Nlcl.Derain("card", _model, "--dry", $"drawn={_folder["clean"]}", "--sizes", "").Expect(ExitCodes.Success);
        Assert.StartsWith("# copy\n\n## Measured\n\n", File.ReadAllText(_folder["copy.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Short_clips_of_a_yardstick_are_judged_as_clips_and_their_means_by_kind()
    {
        foreach (string name in new[] { "01-a", "02-b" })
        {
            foreach (string part in new[] { "rainy", "clean" })
            {
                string folder = Path.Combine(_folder["yard"], "short", "veil", name, part);
                Directory.CreateDirectory(folder);
                foreach (string file in Directory.EnumerateFiles(_folder[part])) { File.Copy(file, Path.Combine(folder, Path.GetFileName(file))); }
            }
        }
        File.WriteAllText(Path.Combine(_folder["yard"], "yardstick.json"), "{}");

        Nlcl.Derain("card", _model, "--yardstick", _folder["yard"], "--sizes", "", "--threads", "1").Expect(ExitCodes.Success);

        JsonNode set = Nlcl.Derain("evaluate", "--rainy", _folder["rainy"], "--clean", _folder["clean"], "--clip", "--model", _model, "--threads", "1", "--json").Expect(ExitCodes.Success).JsonLines()[^1];
        double rainy = (double)set["rainy"]!["psnrY"]!, derained = (double)set["psnrY"]!;
        string row = Assert.Single(File.ReadAllLines(_folder["copy.md"]), line => line.StartsWith("| yardstick, veil |", StringComparison.Ordinal));
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"| yardstick, veil | 2 | {rainy:0.00} |"), row, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| {derained:0.00} |"), row, StringComparison.Ordinal);
        Assert.EndsWith($"| {(derained < rainy ? 2 : 0)} |", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_that_a_model_leaves_alone_are_counted()
    {
        Nlcl.Derain("card", _model, "--real", $"dry={_folder["clean"]}", "--real", $"rainy={_folder["rainy"]}", "--sizes", "", "--threads", "1").Expect(ExitCodes.Success);

        string text = File.ReadAllText(_folder["copy.md"]);
        double[] rainy = TakenOut("rainy");
        foreach (double[] spreads in new[] { TakenOut("clean"), rainy })
        {
            Assert.Contains($"| {spreads.Count(spread => spread < 0.5)} |\n", text, StringComparison.Ordinal);
        }
        Assert.All(rainy, spread => Assert.True(spread >= 0.5));
    }

    /// <summary>The spread of the layer that the model takes out of each picture of a folder, as the long way round has it: by derained files.</summary>
    double[] TakenOut(string folder)
    {
        using TemporaryFolder results = new();
        Nlcl.Derain("derain", _folder[folder], results.Path, "--model", _model, "--threads", "1").Expect(ExitCodes.Success);
        return [.. Directory.EnumerateFiles(_folder[folder]).Select(file =>
        {
            using Mat before = Cv2.ImRead(file, ImreadModes.Grayscale), after = Cv2.ImRead(results[Path.GetFileName(file)], ImreadModes.Grayscale);
            before.GetArray(out byte[] was);
            after.GetArray(out byte[] became);
            double[] taken = [.. was.Zip(became, (a, b) => (double)a - b)];
            double mean = taken.Average();
            return Math.Sqrt(taken.Average(value => (value - mean) * (value - mean)));
        })];
    }

    [Theory]
    [InlineData(ExitCodes.Usage, "--set", "noname")]
    [InlineData(ExitCodes.Usage, "--set", "one=rainy")]
    [InlineData(ExitCodes.Usage, "--sizes", "12")]
    [InlineData(ExitCodes.Input, "--dry", "gone=/nowhere/at/all")]
    [InlineData(ExitCodes.Input, "--real", "gone=/nowhere/at/all")]
    [InlineData(ExitCodes.Input, "--yardstick", "/nowhere/at/all")]
    public void A_mistake_is_one_line_and_leaves_the_card_alone(int exitCode, params string[] arguments)
    {
        Nlcl.Derain(["card", _model, .. arguments]).Expect(exitCode).OneErrorLine();
        Assert.False(File.Exists(_folder["copy.md"]));
    }
}
