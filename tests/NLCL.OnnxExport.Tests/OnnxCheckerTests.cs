using System.Diagnostics;

namespace NLCL.OnnxExport.Tests;

public sealed class OnnxCheckerTests
{
    const string Python = "/usr/bin/python3";

    [Fact]
    public void The_reference_checker_accepts_every_operation()
    {
        Assert.SkipUnless(File.Exists(Python) && Run("import onnx").Code == 0, "The Python module onnx (package python3-onnx) is not installed.");
        using var folder = new TemporaryFolder();
        foreach (var name in OperationCase.Names)
        {
            using var network = new OperationCase(name);
            File.WriteAllBytes(folder.Path($"{name}.onnx"), OnnxExporter.ToBytes(network, network, network.Options));
        }

        var (code, text) = Run($"""
            import glob, onnx
            paths = sorted(glob.glob("{folder.FullName}/*.onnx"))
            for path in paths:
                try:
                    onnx.checker.check_model(onnx.load(path), full_check=True)
                    onnx.shape_inference.infer_shapes(onnx.load(path), strict_mode=True, data_prop=True)
                except Exception as problem:
                    print(path, " ".join(str(problem).split()))
            print(len(paths), "files")
            """);

        Assert.Equal($"{OperationCase.Names.Count()} files\n", text);
        Assert.Equal(0, code);
    }

    [Theory]
    [InlineData(ExportPrecision.Fp32, false)]
    [InlineData(ExportPrecision.Fp16, false)]
    [InlineData(ExportPrecision.Int8, false)]
    [InlineData(ExportPrecision.Fp32, true)]
    [InlineData(ExportPrecision.Fp16, true)]
    [InlineData(ExportPrecision.Int8, true)]
    public void The_reference_checker_accepts_every_variant(ExportPrecision precision, bool bytes)
    {
        Assert.SkipUnless(File.Exists(Python) && Run("import onnx").Code == 0, "The Python module onnx (package python3-onnx) is not installed.");
        using var folder = new TemporaryFolder();
        using var network = new SmallNetwork();
        File.WriteAllBytes(folder.Path("variant.onnx"), SmallVariants.ToBytes(network, precision, bytes));

        var (code, text) = Run($"""
            import onnx
            model = onnx.load("{folder.Path("variant.onnx")}")
            onnx.checker.check_model(model, full_check=True)
            onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
            """);

        Assert.Equal((0, ""), (code, text));
    }

    static (int Code, string Text) Run(string script)
    {
        var start = new ProcessStartInfo(Python, ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text + (process.ExitCode == 0 ? "" : errors.GetAwaiter().GetResult()));
    }
}
