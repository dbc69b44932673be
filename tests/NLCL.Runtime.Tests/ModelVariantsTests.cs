namespace NLCL.Runtime.Tests;

/// <summary>Which of NAME.onnx, NAME.int8.onnx and NAME.fp16.onnx runs, and why.</summary>
public sealed class ModelVariantsTests : IDisposable
{
    readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    string Write(string name, string precision, Func<ModelContract, ModelContract>? change = null)
    {
        var contract = (change ?? (c => c))(TinyOnnx.Contract() with { Precision = precision });
        return _folder.Write(name, new TinyOnnx { Metadata = new(contract.ToMetadata()) }.Node("Identity", ["rainy"], ["background"]).ToBytes());
    }

    static Derainer Open(string path, ModelPrecision precision = ModelPrecision.Auto) =>
        Derainer.Open(path, new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1, Precision = precision });

    [Fact]
    public void Int8_beside_the_model_runs_where_the_processor_multiplies_bytes()
    {
        var path = Write("m.onnx", "fp32");
        var int8 = Write("m.int8.onnx", "int8");
        using var derainer = Open(path);
        Assert.Equal(ProcessorFeatures.HasIntegerDotProducts ? int8 : path, derainer.Model.Path);
        Assert.Equal(ProcessorFeatures.HasIntegerDotProducts ? "CPU, 1 thread, int8" : "CPU, 1 thread", derainer.Device.ToString());
        Assert.NotEmpty(derainer.Device.PrecisionReason);
        using var asked = Open(path, ModelPrecision.Int8);
        Assert.Equal((int8, "int8"), (asked.Model.Path, asked.Device.Precision));
        using var plain = Open(path, ModelPrecision.Fp32);
        Assert.Equal((path, "fp32"), (plain.Model.Path, plain.Device.Precision));
    }

    [Fact]
    public void Alone_the_named_file_runs()
    {
        using var derainer = Open(Write("m.onnx", "fp32"));
        Assert.Equal(_folder["m.onnx"], derainer.Model.Path);
    }

    [Fact]
    public void A_variant_that_was_named_runs_as_it_is()
    {
        Write("m.onnx", "fp32");
        using var derainer = Open(Write("m.int8.onnx", "int8"));
        Assert.Equal(_folder["m.int8.onnx"], derainer.Model.Path);
    }

    [Theory]
    [InlineData("commit")]
    [InlineData("options")]
    [InlineData("multiple")]
    [InlineData("precision")]
    public void A_variant_of_another_training_is_not_taken(string what)
    {
        var path = Write("m.onnx", "fp32");
        Write("m.int8.onnx", what == "precision" ? "fp16" : "int8", contract => what switch
        {
            "commit" => contract with { Commit = "1111111" },
            "options" => contract with { OptionsJson = "{\"seed\":2}" },
            "multiple" => contract with { SizeMultiple = 4 },
            _ => contract,
        });
        var failure = Assert.Throws<ModelFileException>(() => Open(path, ModelPrecision.Int8));
        Assert.Contains("m.int8.onnx", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        using var derainer = Open(path);
        Assert.Equal(path, derainer.Model.Path);
        if (ProcessorFeatures.HasIntegerDotProducts)
        {
            Assert.Contains("does not fit", derainer.Device.PrecisionReason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_precision_that_is_not_there_is_one_clear_line()
    {
        var path = Write("m.onnx", "fp32");
        Assert.Contains("m.fp16.onnx", Assert.Throws<ModelFileException>(() => Open(path, ModelPrecision.Fp16)).Message, StringComparison.Ordinal);
        Assert.Contains("int8", Assert.Throws<ModelFileException>(() => Open(Write("x.int8.onnx", "int8"), ModelPrecision.Fp32)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_checked_before_runs_and_no_other()
    {
        var model = ModelFile.Open(Write("m.onnx", "fp32"));
        Write("m.int8.onnx", "int8");
        using var derainer = Derainer.Open(model, new DerainerOptions { Device = DeviceKind.Cpu });
        Assert.Same(model, derainer.Model);
        Assert.Throws<ModelFileException>(() => Derainer.Open(model, new DerainerOptions { Device = DeviceKind.Cpu, Precision = ModelPrecision.Int8 }));
    }

    [Fact]
    public void The_processor_says_what_linux_says()
    {
        Assert.SkipUnless(File.Exists("/proc/cpuinfo") && System.Runtime.Intrinsics.X86.X86Base.IsSupported, "needs Linux on x86: /proc/cpuinfo has the flags to compare with");
        var flags = File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("flags", StringComparison.Ordinal)).Split(' ');
        Assert.Equal(flags.Contains("avx512_vnni") || flags.Contains("avx_vnni"), ProcessorFeatures.HasIntegerDotProducts);
    }
}
