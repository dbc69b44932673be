using static TorchSharp.torch;

namespace NLCL.OnnxExport.Tests;

public sealed class BytePicturesTests
{
    static readonly ExportOptions s_options = new() { SizeMultiple = 2, InputType = ScalarType.Byte };

    [Theory]
    [InlineData(ExportPrecision.Fp32)]
    [InlineData(ExportPrecision.Fp16)]
    public void Bytes_in_and_out_lie_at_most_one_level_from_the_module(ExportPrecision precision)
    {
        using var folder = new TemporaryFolder();
        using var network = new SmallNetwork();

        var report = OnnxExporter.Export(network, new BytePictures(network), folder.Path("bytes.onnx"),
            s_options with { Precision = precision, MinimumPsnr = 50 });

        Assert.True(report.MaxDifference <= 1.001 / 255);
    }

    [Fact]
    public void Only_the_ends_are_bytes()
    {
        using var network = new SmallNetwork();

        var graph = OnnxExporter.ToModel(network, new BytePictures(network), s_options).Graph;

        Assert.Equal(["Cast", "Mul"], graph.Node.Take(2).Select(node => node.OpType));
        Assert.Equal(["Clip", "Mul", "Round", "Cast"], graph.Node.TakeLast(4).Select(node => node.OpType));
        Assert.All(graph.Input.Concat(graph.Output), value => Assert.Equal(2, value.Type.TensorType.ElemType));
    }

    [Fact]
    public void A_network_described_for_numbers_refuses_bytes()
    {
        using var network = new SmallNetwork();

        Assert.Throws<ArgumentException>(() => OnnxExporter.ToBytes(network, network, s_options));
    }
}
