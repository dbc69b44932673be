namespace NLCL.Runtime.Tests;

public class ModelContractTests
{
    static readonly ModelTensor s_input = new("rainy", "float", ["n", "3", "h", "w"]);
    static readonly ModelTensor s_output = new("background", "float", ["n", "3", "h", "w"]);

    static ModelContract Full => new()
    {
        Name = "lean",
        SizeMultiple = 8,
        ReceptiveField = 37,
        Tileable = false,
        Precision = "fp16",
        Fp16Safe = true,
        Licence = "MIT",
        Commit = "abc",
        OptionsJson = """{"steps": 3}""",
        Description = "For tests.",
    };

    [Fact]
    public void What_is_written_is_read_back() =>
        Assert.Equal(Full, ModelContract.Read("m.onnx", Full.ToMetadata(), [s_input], [s_output]));

    [Fact]
    public void What_was_measured_is_kept_to_a_tenth_of_a_decibel()
    {
        var metadata = (Full with { Precision = "int8", Fp32Psnr = 51.26 }).ToMetadata();

        Assert.Equal("51.3", metadata["nlcl.fp32_psnr"]);
        Assert.Equal(51.3, ModelContract.Read("m.onnx", metadata, [s_input], [s_output]).Fp32Psnr);
    }

    [Fact]
    public void Frames_are_bytes_with_the_colours_last()
    {
        var full = Full with { TakesFrames = true };
        string[] dimensions = ["n", "h", "w", "3"];

        Assert.Equal(full, ModelContract.Read("m.onnx", full.ToMetadata(),
            [s_input with { ElementType = "uint8", Dimensions = dimensions }], [s_output with { ElementType = "uint8", Dimensions = dimensions }]));
        Assert.Throws<ModelFileException>(() => ModelContract.Read("m.onnx", full.ToMetadata(), [s_input], [s_output]));
    }

    [Fact]
    public void A_network_that_sees_neighbours_takes_nine_planes()
    {
        var full = Full with { Frames = 3 };
        var window = s_input with { Dimensions = ["n", "9", "h", "w"] };

        Assert.Equal("3", full.ToMetadata()["nlcl.frames"]);
        Assert.Equal(full, ModelContract.Read("m.onnx", full.ToMetadata(), [window], [s_output]));
        Assert.Contains("float [n, 9, h, w]", Refused(full.ToMetadata(), s_input, s_output), StringComparison.Ordinal);
        Assert.Contains("float [n, 3, h, w]", Refused(full.ToMetadata(), window, s_output with { Dimensions = window.Dimensions }), StringComparison.Ordinal);
        Assert.Contains("float [n, 3, h, w]", Refused(Full.ToMetadata(), window, s_output), StringComparison.Ordinal);
        // Said or not said, it is the same.
        Assert.Equal(1, ModelContract.Read("m.onnx", new Dictionary<string, string>(Full.ToMetadata()) { ["nlcl.frames"] = "1" }, [s_input], [s_output]).Frames);
    }

    [Fact]
    public void Frames_of_bytes_come_alone()
    {
        var bytes = s_input with { ElementType = "uint8", Dimensions = ["n", "h", "w", "3"] };
        var metadata = new Dictionary<string, string>((Full with { TakesFrames = true }).ToMetadata()) { ["nlcl.frames"] = "3" };

        Assert.Contains("nlcl.frames", Refused(metadata, bytes, bytes with { Name = "background" }), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => (Full with { TakesFrames = true, Frames = 3 }).ToMetadata());
    }

    static string Refused(IReadOnlyDictionary<string, string> metadata, ModelTensor input, ModelTensor output) =>
        Assert.Single(Assert.Throws<ModelFileException>(() => ModelContract.Read("m.onnx", metadata, [input], [output])).Problems);

    [Fact]
    public void The_keys_are_a_file_format() =>
        Assert.Equal(
            ["nlcl.commit", "nlcl.contract", "nlcl.description", "nlcl.fp16_safe", "nlcl.licence", "nlcl.name", "nlcl.options",
             "nlcl.precision", "nlcl.receptive_field", "nlcl.size_multiple", "nlcl.tensors", "nlcl.tileable"],
            Full.ToMetadata().Keys);

    [Fact]
    public void Every_missing_key_is_a_problem()
    {
        foreach (var key in Full.ToMetadata().Keys)
        {
            var metadata = new Dictionary<string, string>(Full.ToMetadata());
            metadata.Remove(key);
            var failure = Assert.Throws<ModelFileException>(() => ModelContract.Read("m.onnx", metadata, [s_input], [s_output]));
            Assert.Contains(key, failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("nlcl.tensors", "float nhwc bgr 0..255")]
    [InlineData("nlcl.size_multiple", "0")]
    [InlineData("nlcl.size_multiple", "257")]
    [InlineData("nlcl.size_multiple", "-8")]
    [InlineData("nlcl.receptive_field", "4097")]
    [InlineData("nlcl.receptive_field", "3.5")]
    [InlineData("nlcl.tileable", "yes")]
    [InlineData("nlcl.fp16_safe", "True")]
    [InlineData("nlcl.precision", "fp8")]
    [InlineData("nlcl.fp32_psnr", "good")]
    [InlineData("nlcl.frames", "2")]
    [InlineData("nlcl.frames", "5")]
    [InlineData("nlcl.frames", "")]
    [InlineData("nlcl.options", "[]")]
    [InlineData("nlcl.options", "{")]
    [InlineData("nlcl.name", "")]
    public void An_ill_value_is_named_with_its_key(string key, string value)
    {
        var metadata = new Dictionary<string, string>(Full.ToMetadata()) { [key] = value };
        var failure = Assert.Throws<ModelFileException>(() => ModelContract.Read("m.onnx", metadata, [s_input], [s_output]));
        Assert.Contains(key, Assert.Single(failure.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void One_line_lists_all_problems_with_path_and_remedy()
    {
        var metadata = new Dictionary<string, string>(Full.ToMetadata()) { ["nlcl.size_multiple"] = "x", ["nlcl.tileable"] = "?" };
        metadata.Remove("nlcl.licence");
        var failure = Assert.Throws<ModelFileException>(() => ModelContract.Read(
            "dir/m.onnx", metadata, [s_input with { Name = "image" }], [s_output with { ElementType = "float16" }]));
        Assert.Equal(5, failure.Problems.Count);
        Assert.StartsWith("dir/m.onnx: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("tools/nlcl export", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void Another_version_is_refused_without_judging_its_keys()
    {
        var metadata = new Dictionary<string, string> { ["nlcl.contract"] = "2" };
        var failure = Assert.Throws<ModelFileException>(() => ModelContract.Read("m.onnx", metadata, [s_input], [s_output]));
        Assert.Equal("contract version '2', this runtime reads 1", Assert.Single(failure.Problems));
    }

    [Theory]
    [InlineData("n", "3", "480", "w")]
    [InlineData("n", "3", "h", "640")]
    [InlineData("n", "1", "h", "w")]
    [InlineData("n", "h", "w", "3")]
    [InlineData("4", "3", "h", "w")]
    public void Tensors_must_be_pictures_of_free_size(params string[] dimensions) =>
        Assert.Throws<ModelFileException>(() => ModelContract.Read(
            "m.onnx", Full.ToMetadata(), [s_input with { Dimensions = dimensions }], [s_output]));

    [Fact]
    public void Two_inputs_are_one_too_many() =>
        Assert.Throws<ModelFileException>(() => ModelContract.Read(
            "m.onnx", Full.ToMetadata(), [s_input, s_input with { Name = "mask" }], [s_output]));

    [Fact]
    public void A_contract_that_could_not_be_read_is_not_written() =>
        Assert.Throws<ArgumentException>(() => (Full with { SizeMultiple = 0 }).ToMetadata());
}
