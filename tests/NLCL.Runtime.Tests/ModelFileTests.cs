using System.Security.Cryptography;

namespace NLCL.Runtime.Tests;

public sealed class ModelFileTests : IDisposable
{
    readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    ModelFileException Refused(byte[] bytes)
    {
        var path = _folder.Write("m.onnx", bytes);
        var failure = Assert.Throws<ModelFileException>(() => ModelFile.Open(path));
        Assert.StartsWith(path + ": ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        return failure;
    }

    [Fact]
    public void A_good_file_tells_its_contract_and_hash()
    {
        var bytes = TinyOnnx.Network().ToBytes();
        var model = ModelFile.Open(_folder.Write("m.onnx", bytes));
        Assert.Equal(TinyOnnx.Contract(2, 5), model.Contract);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), model.Sha256);
        Assert.Equal(17, model.Opset);
        Assert.Equal(bytes, model.Bytes.ToArray());
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_before_onnx_runtime_sees_it()
    {
        var bytes = TinyOnnx.Network().ToBytes();
        for (var length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 97))
        {
            Refused(bytes[..length]);
        }
    }

    [Fact]
    public void Random_bytes_are_refused()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            Refused(Noise.Bytes(1 + (seed % 200), seed));
        }
    }

    [Fact]
    public void Flipped_bits_open_or_are_refused_but_never_crash()
    {
        var bytes = TinyOnnx.Identity().ToBytes();
        var random = new Random(3);
        for (var i = 0; i < 300; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            var path = _folder.Write("m.onnx", damaged);
            try
            {
                Derainer.Open(path, new DerainerOptions { Device = DeviceKind.Cpu }).Dispose();
            }
            catch (ModelFileException)
            {
            }
        }
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_refused_by_name()
    {
        Assert.Contains("there is no such file", Assert.Throws<ModelFileException>(() => ModelFile.Open(_folder["none.onnx"])).Message, StringComparison.Ordinal);
        Assert.Throws<ModelFileException>(() => ModelFile.Open(_folder.Path));
    }

    [Fact]
    public void Another_hash_than_the_expected_one_is_refused()
    {
        var path = _folder.Write("m.onnx", TinyOnnx.Identity().ToBytes());
        Assert.Throws<ModelFileException>(() => ModelFile.Open(path, new string('0', 64)));
        Assert.NotNull(ModelFile.Open(path, ModelFile.Open(path).Sha256.ToUpperInvariant()));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("weights.bin")]
    public void External_data_is_refused_wherever_it_points(string location)
    {
        var failure = Refused(TinyOnnx.Identity().ExternalInitializer("w", location).ToBytes());
        Assert.Contains("external data for tensor 'w'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void External_data_is_found_in_subgraphs_and_attributes()
    {
        var tensor = TinyOnnx.Concat(TinyOnnx.Text(8, "hidden"), TinyOnnx.Field(13, TinyOnnx.Text(1, "location")));
        var constant = TinyOnnx.Field(5, TinyOnnx.Concat(TinyOnnx.Text(1, "value"), TinyOnnx.Field(5, tensor)));
        var branch = TinyOnnx.Field(1, TinyOnnx.Concat(TinyOnnx.Text(4, "Constant"), constant));
        var failure = Refused(TinyOnnx.Identity().Node("If", ["rainy"], ["x"], TinyOnnx.Graph("then_branch", branch)).ToBytes());
        Assert.Contains("'hidden'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compiled_engine_is_refused() =>
        Assert.Contains("EPContext", Refused(TinyOnnx.Identity().Node("EPContext", ["rainy"], ["x"]).ToBytes()).Message, StringComparison.Ordinal);

    [Fact]
    public void Endless_nesting_is_refused()
    {
        var graph = TinyOnnx.Text(2, "innermost");
        for (var i = 0; i < 2000; i++)
        {
            graph = TinyOnnx.Field(1, TinyOnnx.Field(5, TinyOnnx.Graph("body", graph)));
        }
        Refused(TinyOnnx.Identity().Node("Loop", ["rainy"], ["x"], TinyOnnx.Graph("body", graph)).ToBytes());
    }

    [Fact]
    public void An_opset_from_the_future_is_refused_with_its_number()
    {
        var path = _folder.Write("m.onnx", new TinyOnnx { Opset = 999 }.Node("Identity", ["rainy"], ["background"]).ToBytes());
        var failure = Assert.Throws<ModelFileException>(() => Derainer.Open(path));
        Assert.Contains("opset 999", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }
}
