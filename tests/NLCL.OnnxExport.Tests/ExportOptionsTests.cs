namespace NLCL.OnnxExport.Tests;

public sealed class ExportOptionsTests
{
    [Fact]
    public void Defaults_are_a_picture_in_and_a_picture_out()
    {
        var options = new ExportOptions();

        options.Validate();
        Assert.Equal(["input"], options.InputNames);
        Assert.Equal(["output"], options.OutputNames);
        Assert.Equal(["n,3,h,w"], options.InputShapes);
        Assert.Equal((17, 8, 1, 16), (options.Opset, options.IrVersion, options.SizeMultiple, options.SmallestSize));
        Assert.Equal(1e-4, options.Tolerance);
        Assert.Empty(options.Metadata);
    }

    public static TheoryData<ExportOptions> Wrong =>
    [
        new ExportOptions { InputNames = [] },
        new ExportOptions { OutputNames = [] },
        new ExportOptions { OutputNames = ["input"] },
        new ExportOptions { OutputNames = [" "] },
        new ExportOptions { InputNames = ["a", "b"] },
        new ExportOptions { SizeMultiple = 0 },
        new ExportOptions { SmallestSize = 0 },
        new ExportOptions { Opset = 16 },
        new ExportOptions { Opset = 20 },
        new ExportOptions { IrVersion = 7 },
        new ExportOptions { Tolerance = 0 },
        new ExportOptions { Tolerance = double.NaN },
        new ExportOptions { InputShapes = ["n,,h,w"] },
        new ExportOptions { InputShapes = ["n,0,h,w"] },
        new ExportOptions { InputShapes = ["n,3,h,2*w"] },
    ];

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void What_does_not_fit_is_refused_before_anything_is_written(ExportOptions options)
    {
        using var network = new SmallNetwork();

        Assert.ThrowsAny<ArgumentException>(() => OnnxExporter.ToBytes(network, network, options));
    }
}
