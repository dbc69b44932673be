using System.Security.Cryptography;
using static TorchSharp.torch;

namespace NLCL.OnnxExport.Tests;

public sealed class OnnxExporterTests
{
    static readonly ExportOptions s_options = new() { SizeMultiple = 2 };

    [Fact]
    public void The_report_describes_the_file()
    {
        using var folder = new TemporaryFolder();
        using var network = new SmallNetwork();

        var report = OnnxExporter.Export(network, network, folder.Path("small.onnx"), s_options);

        var bytes = File.ReadAllBytes(folder.Path("small.onnx"));
        Assert.Equal(["small.onnx"], folder.Files);
        Assert.Equal(OnnxExporter.ToBytes(network, network, s_options), bytes);
        Assert.Equal((folder.Path("small.onnx"), bytes.LongLength), (report.Path, report.Bytes));
        Assert.Equal(Convert.ToHexString(SHA256.HashData(bytes)), report.Sha256, ignoreCase: true);
        Assert.Equal(report.MaxDifference, report.Checks.Max(check => check.MaxDifference));
        Assert.InRange(report.MaxDifference, 1e-9, 1e-5);
    }

    [Fact]
    public void At_least_five_sizes_are_tried_odd_multiples_and_a_batch_among_them()
    {
        using var folder = new TemporaryFolder();
        using var network = new SmallNetwork();

        var report = OnnxExporter.Export(network, network, folder.Path("small.onnx"), s_options);

        Assert.Equal(
            ["1x3x18x18", "1x3x18x22", "1x3x26x18", "1x3x22x34", "1x3x30x22", "2x3x20x24"],
            report.Checks.Select(check => check.Inputs));
    }

    [Fact]
    public void A_description_that_lies_is_found_out_and_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        using var network = new SmallNetwork();

        var exception = Assert.Throws<ExportException>(() =>
            OnnxExporter.Export(network, new Lie(network), folder.Path("small.onnx"), s_options));

        Assert.Empty(folder.Files);
        Assert.StartsWith(folder.Path("small.onnx"), exception.Message, StringComparison.Ordinal);
        Assert.Contains("differs from the module's by 0.1", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void A_failed_export_leaves_the_older_file_untouched()
    {
        using var folder = new TemporaryFolder();
        using var network = new SmallNetwork();
        var before = OnnxExporter.Export(network, network, folder.Path("small.onnx"), s_options);

        Assert.Throws<ExportException>(() => OnnxExporter.Export(network, new Lie(network), folder.Path("small.onnx"), s_options));

        Assert.Equal(["small.onnx"], folder.Files);
        Assert.Equal(before.Sha256, Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(before.Path))), ignoreCase: true);
    }

    [Fact]
    public void Values_that_are_no_numbers_are_a_failure()
    {
        using var folder = new TemporaryFolder();
        using var network = new SmallNetwork();
        using (no_grad())
        {
            network.state_dict()["head.bias"].fill_(float.NaN);
        }

        Assert.Throws<ExportException>(() => OnnxExporter.Export(network, network, folder.Path("small.onnx"), s_options));
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void A_description_with_another_output_shape_is_a_failure()
    {
        using var folder = new TemporaryFolder();
        using var network = new SmallNetwork();

        var exception = Assert.Throws<ExportException>(() =>
            OnnxExporter.Export(network, new Smaller(), folder.Path("small.onnx"), s_options));

        Assert.Contains("1x3x9x9", exception.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_named()
    {
        using var folder = new TemporaryFolder();
        using var network = new SmallNetwork();

        var exception = Assert.Throws<ExportException>(() =>
            OnnxExporter.Export(network, network, folder.Path("missing/small.onnx"), s_options));

        Assert.Contains("missing", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_part_of_the_module_keeps_its_own_mode()
    {
        using var folder = new TemporaryFolder();
        using var network = new SmallNetwork();
        network.train();
        network.Norm.eval();

        OnnxExporter.Export(network, network, folder.Path("small.onnx"), s_options);

        Assert.True(network.training);
        Assert.False(network.Norm.training);
    }

    [Fact]
    public void An_export_leaves_no_tensor_alive()
    {
        using var folder = new TemporaryFolder();
        using var network = new SmallNetwork();
        OnnxExporter.Export(network, network, folder.Path("small.onnx"), s_options);
        var before = Tensor.TotalCount;

        OnnxExporter.Export(network, network, folder.Path("small.onnx"), s_options);

        // Fewer would be garbage of other tests that was finalized meanwhile.
        Assert.InRange(Tensor.TotalCount, 0, before);
    }

    [Fact]
    public void Several_inputs_and_outputs_are_checked_each()
    {
        using var folder = new TemporaryFolder();
        using var module = new OperationCase("relu");
        var options = new ExportOptions
        {
            InputNames = ["picture", "mask"],
            InputShapes = ["n,3,h,w", "n,1,h,w"],
            OutputNames = ["masked", "mask_again", "both", "masked_again"],
        };

        var report = OnnxExporter.Export(module, new Masking(), folder.Path("masking.onnx"), options);

        Assert.Equal("1x3x17x19, 1x1x17x19", report.Checks[1].Inputs);
        Assert.Equal(0, report.MaxDifference);
    }

    sealed class Lie(SmallNetwork network) : INetworkDescription
    {
        public IReadOnlyList<T> Describe<T>(IOperations<T> ops, IReadOnlyList<T> inputs) =>
            [ops.AddConstant(network.Describe(ops, inputs)[0], 0.1)];
    }

    sealed class Smaller : INetworkDescription
    {
        public IReadOnlyList<T> Describe<T>(IOperations<T> ops, IReadOnlyList<T> inputs) => [ops.AveragePool(inputs[0], 2)];
    }

    sealed class Masking : INetworkDescription
    {
        public IReadOnlyList<T> Describe<T>(IOperations<T> ops, IReadOnlyList<T> inputs)
        {
            var masked = ops.Multiply(inputs[0], inputs[1]);
            return [masked, inputs[1], ops.Concat(inputs), masked];
        }
    }
}
