using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using NLCL.OnnxExport.Format;

namespace NLCL.OnnxExport.Tests;

public sealed class QuantizationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_8_bit_file_is_smaller_and_close_by(bool bytes)
    {
        using var folder = new TemporaryFolder();
        using var network = new SmallNetwork();

        var report = OnnxExporter.Export(network, SmallVariants.Description(network, bytes), folder.Path("int8.onnx"), SmallVariants.Options(ExportPrecision.Int8, bytes));

        output.WriteLine(FormattableString.Invariant($"{report.SamplePsnr:f1} dB, largest difference {report.SampleDifference:g3}, {report.Bytes} bytes"));
        Assert.InRange(report.SamplePsnr!.Value, 34, 70);
        Assert.Equal(3, report.Checks.Count(check => check.IsSample));
        Assert.All(report.Checks.Where(check => check.IsSample), check => Assert.True(check.MaxDifference <= report.SampleDifference));
    }

    [Fact]
    public void ONNX_Runtime_computes_every_convolution_and_sum_in_integers()
    {
        using var folder = new TemporaryFolder();
        using var network = new SmallNetwork();
        using var options = new SessionOptions { OptimizedModelFilePath = folder.Path("optimized.onnx"), LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using (new InferenceSession(SmallVariants.ToBytes(network, ExportPrecision.Int8), options))
        {
        }

        var operators = ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder.Path("optimized.onnx"))).Graph.Node.CountBy(node => node.OpType).ToDictionary();

        output.WriteLine(string.Join(", ", operators));
        Assert.Equal(4, operators["QLinearConv"]);
        Assert.Equal(2, operators["QLinearAdd"]);
        Assert.False(operators.ContainsKey("Conv") || operators.ContainsKey("FusedConv") || operators.ContainsKey("Relu") || operators.ContainsKey("Add"));
    }

    [Fact]
    public void Weights_are_rounded_by_output_channel_and_biases_count_in_the_product_of_the_scales()
    {
        using var network = new SmallNetwork();
        var graph = ModelProto.Parser.ParseFrom(SmallVariants.ToBytes(network, ExportPrecision.Int8)).Graph;
        var tensors = graph.NamedInitializers();
        var weight = network.state_dict()["head.weight"].data<float>().ToArray();
        var bias = network.state_dict()["head.bias"].data<float>().ToArray();

        var stored = MemoryMarshal.Cast<byte, sbyte>(tensors["head.weight/quantized"].RawData.Span);
        var scales = MemoryMarshal.Cast<byte, float>(tensors["head.weight/scale"].RawData.Span);
        var storedBias = MemoryMarshal.Cast<byte, int>(tensors["head/Conv/bias/quantized"].RawData.Span);
        var biasScales = MemoryMarshal.Cast<byte, float>(tensors["head/Conv/bias/scale"].RawData.Span);
        var input = graph.Node.Single(node => node.Name == "head/Conv").Input[0].Replace("/dequantized", "/scale", StringComparison.Ordinal);
        var inputScale = BitConverter.ToSingle(tensors[input].RawData.Span);

        Assert.Equal(8, scales.Length);
        for (var channel = 0; channel < 8; channel++)
        {
            var own = weight[(channel * 108)..((channel + 1) * 108)];
            Assert.Equal(own.Max(Math.Abs) / 127, scales[channel], 1e-7f);
            for (var i = 0; i < 108; i++)
            {
                Assert.InRange(Math.Abs(own[i] - stored[channel * 108 + i] * scales[channel]), 0, scales[channel] * 0.5001f);
            }
            Assert.Equal(inputScale * scales[channel], biasScales[channel], 1e-9f);
            Assert.InRange(Math.Abs(bias[channel] - storedBias[channel] * biasScales[channel]), 0, biasScales[channel] * 0.5001f);
        }
    }

    [Fact]
    public void A_module_that_is_kept_stays_in_32_bits_and_an_unknown_one_is_named()
    {
        using var network = new SmallNetwork();
        var options = SmallVariants.Options(ExportPrecision.Int8);
        ExportOptions Keeping(string module) => options with { Quantization = options.Quantization! with { KeepFloat = [module] } };

        var graph = ModelProto.Parser.ParseFrom(OnnxExporter.ToBytes(network, network, Keeping("tail"))).Graph;

        Assert.Equal(["head.weight/dequantized", "body.weight/dequantized", "body.weight/dequantized", "tail.weight"],
            graph.Node.Where(node => node.OpType == "Conv").Select(node => node.Input[1]));
        Assert.Contains("'tial'", Assert.Throws<ArgumentException>(() => OnnxExporter.ToBytes(network, network, Keeping("tial"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_search_finds_the_range_of_the_least_error()
    {
        var random = new Random(3);
        float[] values = [.. Enumerable.Range(0, 20000).Select(_ => random.NextSingle() * random.NextSingle()), 9f, -0.5f];
        var histogram = new ValueHistogram();
        histogram.Extend(values);
        histogram.Add(values);
        double Error(RangeMethod method)
        {
            var scale = RangeSearch.Choose(histogram, method);
            return values.Select(value => value - scale.Round(value)).Sum(error => error * error * (Math.Abs(error) > scale.Scale ? 4 : 1));
        }

        Assert.Equal(9.5f / 255, RangeSearch.Choose(histogram, RangeMethod.MinMax).Scale, 1e-6f);
        Assert.True(Error(RangeMethod.MeanSquaredError) <= Error(RangeMethod.MinMax));
        Assert.True(Error(RangeMethod.MeanSquaredError) <= Error(RangeMethod.Percentile) * 1.01);
    }

    [Fact]
    public void What_is_cut_off_weighs_more_than_what_is_rounded()
    {
        // The farther out the rarer, as maps are behind a ReLU.
        var random = new Random(4);
        float[] values = [.. Enumerable.Range(0, 500_000).Select(_ => -MathF.Log(1 - random.NextSingle()))];
        var histogram = new ValueHistogram();
        histogram.Extend(values);
        histogram.Add(values);
        var plain = Enumerable.Range(50, 51).Select(i => ByteScale.Over(0, histogram.High * i / 100))
            .MinBy(scale => values.Sum(value => Math.Pow(value - scale.Round(value), 2)));

        var chosen = RangeSearch.Choose(histogram, RangeMethod.MeanSquaredError);

        Assert.InRange(chosen.Scale, plain.Scale * 1.04f, histogram.High / 255 * 1.0001);
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(-1, 1, 127)]
    [InlineData(-2, 0, 255)]
    [InlineData(0.5, 1, 0)]
    [InlineData(0, 0, 0)]
    public void Zero_is_always_exact(double low, double high, byte zeroPoint)
    {
        var scale = ByteScale.Over(low, high);

        Assert.Equal(zeroPoint, scale.ZeroPoint);
        Assert.Equal(0, scale.Round(0));
        Assert.InRange(Math.Abs(high - scale.Round(high)), 0, scale.Scale * 0.51);
    }

    [Fact]
    public void Without_pictures_or_with_too_little_quality_there_is_no_file()
    {
        using var folder = new TemporaryFolder();
        using var network = new SmallNetwork();
        var options = SmallVariants.Options(ExportPrecision.Int8);

        Assert.Throws<ArgumentException>(() => OnnxExporter.Export(network, network, folder.Path("int8.onnx"), options with { Quantization = null }));
        Assert.Throws<ArgumentException>(() => OnnxExporter.Export(network, network, folder.Path("int8.onnx"), options with { Samples = [] }));
        var exception = Assert.Throws<ExportException>(() => OnnxExporter.Export(network, network, folder.Path("int8.onnx"),
            options with { Quantization = options.Quantization! with { MinimumPsnr = 100 } }));

        Assert.Contains("less than the 100.0 dB", exception.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData(ExportPrecision.Fp32)]
    [InlineData(ExportPrecision.Fp16)]
    [InlineData(ExportPrecision.Int8)]
    public void Ten_exports_are_ten_equal_files(ExportPrecision precision)
    {
        using var folder = new TemporaryFolder();
        var sums = Enumerable.Range(0, 10).Select(i =>
        {
            using var network = new SmallNetwork();
            return OnnxExporter.Export(network, network, folder.Path($"{i}.onnx"), SmallVariants.Options(precision) with
            {
                MeasuredMetadata = checks => new Dictionary<string, string> { ["psnr"] = FormattableString.Invariant($"{ExportReport.PsnrOf(checks):f1}") },
            }).Sha256;
        });

        Assert.Single(sums.Distinct());
        Assert.Equal(10, folder.Files.Count);
    }
}
