namespace NLCL.OnnxExport.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void The_example_exports_a_network_that_others_could_have_written()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Path("denoiser.onnx");

        // README: use
        using var network = new Denoiser();
        var report = OnnxExporter.Export(network, network, path, new ExportOptions());
        // README: end

        Assert.InRange(report.MaxDifference, 0, 1e-5);
        Assert.Equal(["denoiser.onnx"], folder.Files);
        Assert.Equal(["head.weight", "head.bias", "tail.weight", "tail.bias"],
            OnnxExporter.ToModel(network, network, new ExportOptions()).Graph.Initializer.Select(tensor => tensor.Name)
                .Where(name => !name.StartsWith("scalar", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_8_bit_example_measures_what_it_loses()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Path("denoiser.int8.onnx");
        using var network = new Denoiser();
        var (pictures, otherPictures) = (SmallVariants.Pictures(1, 6), SmallVariants.Pictures(100, 3));

        // README: int8
        var report = OnnxExporter.Export(network, network, path, new ExportOptions
        {
            Precision = ExportPrecision.Int8,
            Quantization = new QuantizationOptions { Calibration = pictures },
            Samples = otherPictures,
        });
        // README: end

        Assert.InRange(report.SamplePsnr!.Value, 30, 80);
    }

    [Fact]
    public void The_readme_shows_the_lines_that_are_tested()
    {
        var readme = File.ReadAllText(Path.Combine(Repository(), "training/NLCL.OnnxExport/README.md"));

        Assert.Contains(Part("Denoiser.cs", "network"), readme, StringComparison.Ordinal);
        Assert.Contains(Part("ReadmeTests.cs", "use"), readme, StringComparison.Ordinal);
        Assert.Contains(Part("ReadmeTests.cs", "int8"), readme, StringComparison.Ordinal);
    }

    /// <summary>The lines between the two marks, without the indentation of the first.</summary>
    static string Part(string file, string name)
    {
        var lines = File.ReadLines(Path.Combine(Repository(), "tests/NLCL.OnnxExport.Tests", file)).SkipWhile(line => line.Trim() != $"// README: {name}").Skip(1)
            .TakeWhile(line => line.Trim() != "// README: end").ToList();
        var indentation = lines[0].Length - lines[0].TrimStart().Length;
        return string.Join('\n', lines.Select(line => line.Length < indentation ? line : line[indentation..]));
    }

    static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NLCL.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not lie in a checkout.");
        }
        return folder.FullName;
    }
}
