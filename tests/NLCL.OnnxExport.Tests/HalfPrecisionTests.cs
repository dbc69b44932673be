using NLCL.OnnxExport.Format;
using static TorchSharp.torch;

namespace NLCL.OnnxExport.Tests;

public sealed class HalfPrecisionTests(ITestOutputHelper output)
{
    static readonly ExportOptions s_options = new() { SizeMultiple = 2, Precision = ExportPrecision.Fp16 };

    [Fact]
    public void The_file_is_about_half_as_large_and_close_by()
    {
        using var folder = new TemporaryFolder();
        using var network = new SmallNetwork();
        var full = OnnxExporter.Export(network, network, folder.Path("fp32.onnx"), s_options with { Precision = ExportPrecision.Fp32 });

        var half = OnnxExporter.Export(network, network, folder.Path("fp16.onnx"), s_options);

        output.WriteLine(FormattableString.Invariant($"{half.MinPsnr:f1} dB, largest difference {half.MaxDifference:g3}"));
        Assert.InRange(half.Bytes, full.Bytes * 0.4, full.Bytes * 0.65);
        Assert.InRange(half.MinPsnr, 60, 120);
        Assert.True(full.MinPsnr > half.MinPsnr);
    }

    [Fact]
    public void Inputs_and_outputs_stay_32_bit()
    {
        using var network = new SmallNetwork();

        var graph = OnnxExporter.ToModel(network, network, s_options).Graph;

        Assert.All(graph.Input.Concat(graph.Output), value => Assert.Equal(ElementType.Single, value.Type.TensorType.ElemType));
        Assert.Equal("Cast", graph.Node[0].OpType);
        Assert.Equal("Cast", graph.Node[^1].OpType);
        Assert.All(graph.Initializer, tensor => Assert.NotEqual(ElementType.Single, tensor.DataType));
    }

    [Fact]
    public void Every_intermediate_value_is_rounded_for_the_check()
    {
        using var network = new SmallNetwork();
        var model = OnnxExporter.ToModel(network, network, s_options with { Precision = ExportPrecision.Fp32 });
        var nodes = model.Graph.Node.Count;

        HalfPrecision.Round(model.Graph);

        // The input and all values but the output, by two conversions each.
        Assert.Equal(nodes + 2 * nodes, model.Graph.Node.Count);
        Assert.All(model.Graph.Node.Where(node => node.OpType is not "Cast"), node =>
            Assert.All(node.Input.Where(name => !model.Graph.Initializer.Any(tensor => tensor.Name == name)), name => Assert.EndsWith("/rounded", name, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("bilinear 1.5")]
    [InlineData("group norm affine")]
    [InlineData("cast")]
    [InlineData("self attention")]
    [InlineData("strided convolution and back")]
    [InlineData("layer norm")]
    [InlineData("gelu")]
    [InlineData("pixel unshuffle")]
    public void Operations_with_operands_of_their_own_type_convert_too(string name)
    {
        using var folder = new TemporaryFolder();
        using var network = new OperationCase(name);

        var report = OnnxExporter.Export(network, network, folder.Path("case.onnx"),
            network.Options with { Precision = ExportPrecision.Fp16, MinimumPsnr = name == "cast" ? 20 : 40 }); // where a rounding crosses a whole number, the cast is off by one

        output.WriteLine(FormattableString.Invariant($"{name}: {report.MinPsnr:f1} dB"));
    }

    [Fact]
    public void Too_little_quality_is_a_failure()
    {
        using var folder = new TemporaryFolder();
        using var network = new SmallNetwork();

        var exception = Assert.Throws<ExportException>(() =>
            OnnxExporter.Export(network, network, folder.Path("fp16.onnx"), s_options with { MinimumPsnr = 130 }));

        Assert.Contains("less than the 130.0 dB", exception.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void A_weight_beyond_16_bits_is_named()
    {
        using var network = new SmallNetwork();
        using (no_grad())
        {
            network.state_dict()["body.weight"].fill_(70000);
        }

        var exception = Assert.Throws<ArgumentException>(() => OnnxExporter.ToBytes(network, network, s_options));

        Assert.Contains("body.weight", exception.Message, StringComparison.Ordinal);
    }
}
