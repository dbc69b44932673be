using System.Globalization;

namespace NLCL.OnnxExport.Tests;

public sealed class OperationParityTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. OperationCase.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_operation_gives_in_ONNX_Runtime_what_it_gives_in_torch(string name)
    {
        using var file = new TemporaryFolder();
        using var network = new OperationCase(name);

        var report = OnnxExporter.Export(network, network, file.Path("case.onnx"), network.Options);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {report.MaxDifference:g3}"));
        Assert.True(report.MaxDifference <= network.Options.Tolerance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_operation_holds_in_a_later_operator_set(string name)
    {
        using var file = new TemporaryFolder();
        using var network = new OperationCase(name);

        OnnxExporter.Export(network, network, file.Path("case.onnx"), network.Options with { Opset = 19, IrVersion = 9 });
    }
}
