using System.Runtime.InteropServices;
using NLCL.Runtime;
using NLCL.Training;
using static TorchSharp.torch;

namespace NLCL.Tests;

public sealed class WeightImportTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", false, SafetensorsType.F32)]
    [InlineData("module.", true, SafetensorsType.F32)]
    [InlineData("netBack.module.", true, SafetensorsType.F64)]
    [InlineData("", false, SafetensorsType.F16)]
    [InlineData("state_dict.netBack.", true, SafetensorsType.BF16)]
    public void The_same_weights_give_the_same_picture(string prefix, bool nested, SafetensorsType type)
    {
        using IDisposable scope = NewDisposeScope();
        Dictionary<string, float[]> weights = Weights(seed: 5, type);
        Write("weights.safetensors", weights, prefix, nested, type);

        WeightImportReport imported = WeightImport.Import(_folder.File("weights.safetensors"), _folder.File("run"), "CC-BY-4.0");
        ModelExportReport exported = ModelExport.Export(_folder.File("run"), _folder.File("paper.onnx"));

        Assert.Equal((316_195L, 72, false), (imported.Parameters, imported.Taken, imported.HasRain));
        Assert.Equal(["num_batches_tracked"], imported.Ignored);
        const int width = 45, height = 38;
        float[] rainy = [.. Enumerable.Range(0, 3 * width * height).Select(at => 0.5f + (0.4f * MathF.Sin(at * 0.37f)))];
        float[] found = new float[rainy.Length];
        using (Derainer derainer = Derainer.Open(exported.File.Path))
        {
            Assert.Equal("CC-BY-4.0", derainer.Contract.Licence);
            derainer.Derain(rainy, found, width, height, TestContext.Current.CancellationToken);
        }
        float[] expected = Published(weights, rainy, width, height);
        double largest = expected.Zip(found).Max(pair => Math.Abs(pair.First - (double)pair.Second));
        TestContext.Current.TestOutputHelper!.WriteLine($"{largest:g3}");
        Assert.InRange(largest, 0, 2e-4);
        Assert.True(expected.Max() - expected.Min() > 0.2, "the picture must have content");
    }

    [Fact]
    public void Both_generators_of_one_file_are_taken_apart()
    {
        Dictionary<string, float[]> back = Weights(1, SafetensorsType.F32), rain = Weights(2, SafetensorsType.F32);
        SafetensorsFile.Write(_folder.File("both"), new Dictionary<string, string>(),
        [
            .. back.Select(item => new SafetensorsEntry("netBack." + Name(item.Key, true), SafetensorsType.F32, Shape(item.Key), Bytes(item.Value, SafetensorsType.F32))),
            .. rain.Select(item => new SafetensorsEntry("netRain." + Name(item.Key, true), SafetensorsType.F32, Shape(item.Key), Bytes(item.Value, SafetensorsType.F32))),
        ]);

        WeightImportReport report = WeightImport.Import(_folder.File("both"), _folder.File("run"));

        Assert.True(report.HasRain);
        SafetensorsFile checkpoint = SafetensorsFile.Read(_folder.File("run/checkpoint.safetensors"));
        Assert.Equal(back["gen.18.bias"], MemoryMarshal.Cast<byte, float>(checkpoint.Entries["averaged.background.gen.18.bias"].Bytes.Span).ToArray());
        Assert.Equal(rain["gen.18.bias"], MemoryMarshal.Cast<byte, float>(checkpoint.Entries["averaged.rain.gen.18.bias"].Bytes.Span).ToArray());
    }

    [Theory]
    [InlineData("missing", "of 72 arrays are missing, the first is 'gen.3.model.0.conv.weight'")]
    [InlineData("shape", "'gen.3.model.0.conv.weight' is [32, 32, 9], expected [32, 32, 3, 3]")]
    [InlineData("type", "is I32, expected F32")]
    [InlineData("nan", "holds values that are no numbers")]
    [InlineData("other", "no array has a name of the published generator")]
    [InlineData("two", "expected one generator of the background")]
    [InlineData("pickle", "found a file of torch.save")]
    public void What_is_no_such_network_is_one_line_and_no_run(string wrong, string message)
    {
        const string name = "gen.3.model.0.conv.weight";
        Dictionary<string, SafetensorsEntry> entries = Weights(1, SafetensorsType.F32)
            .ToDictionary(item => item.Key, item => new SafetensorsEntry(item.Key, SafetensorsType.F32, Shape(item.Key), Bytes(item.Value, SafetensorsType.F32)));
        SafetensorsEntry entry = entries[name];
        switch (wrong)
        {
            case "missing": entries.Remove(name); break;
            case "shape": entries[name] = entry with { Shape = [32, 32, 9] }; break;
            case "type": entries[name] = entry with { Type = SafetensorsType.I32 }; break;
            case "nan": entries[name] = entry with { Bytes = Bytes([.. Enumerable.Repeat(float.NaN, 9216)], SafetensorsType.F32) }; break;
            case "other": entries = new() { ["layer.weight"] = entry with { Name = "layer.weight" } }; break;
            case "two": entries["a." + name] = entry with { Name = "a." + name }; break;
        }
        if (wrong == "pickle") { File.WriteAllBytes(_folder.File("weights"), [.. "PK\u0003\u0004"u8, .. new byte[100]]); }
        else { SafetensorsFile.Write(_folder.File("weights"), new Dictionary<string, string>(), entries.Values); }

        CheckpointException failure = Assert.Throws<CheckpointException>(() => WeightImport.Import(_folder.File("weights"), _folder.File("run")));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.False(Directory.Exists(_folder.File("run")));
    }

    /// <summary>Weights of the published structure, so large that every part of it matters.</summary>
    static Dictionary<string, float[]> Weights(int seed, SafetensorsType type)
    {
        Random random = new(seed);
        string[] stems = ["gen.0", .. Enumerable.Range(1, 16).SelectMany(block => new[] { $"gen.{block}.model.0.conv", $"gen.{block}.model.1.conv" }), "gen.17.conv.0", "gen.17.conv.3", "gen.18"];
        return stems.SelectMany(stem => new[] { stem + ".weight", stem + ".bias" }).ToDictionary(name => name, name =>
        {
            float[] values = [.. Enumerable.Range(0, (int)Shape(name).Aggregate(1L, (a, b) => a * b)).Select(_ => (random.NextSingle() - 0.5f) * 0.16f)];
            // What the file's type leaves of them is what both sides have.
            return SafetensorsNumbers.ToSingles(new SafetensorsEntry(name, type, [values.Length], Bytes(values, type)))!;
        });
    }

    static long[] Shape(string name)
    {
        (long output, long input) = name.StartsWith("gen.0.", StringComparison.Ordinal) ? (32, 3) : name.StartsWith("gen.18.", StringComparison.Ordinal) ? (3, 32) : (32, 32);
        return name.EndsWith("bias", StringComparison.Ordinal) ? [output] : [output, input, 3, 3];
    }

    static string Name(string name, bool nested) => nested ? name.Replace("gen.0.", "gen.0.conv.", StringComparison.Ordinal).Replace("gen.18.", "gen.18.conv.", StringComparison.Ordinal) : name;

    static byte[] Bytes(float[] values, SafetensorsType type) => type switch
    {
        SafetensorsType.F64 => [.. values.SelectMany(value => BitConverter.GetBytes((double)value))],
        SafetensorsType.F16 => [.. values.SelectMany(value => BitConverter.GetBytes((Half)value))],
        SafetensorsType.BF16 => [.. values.SelectMany(value => BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)))],
        _ => [.. values.SelectMany(value => BitConverter.GetBytes(value))],
    };

    void Write(string file, Dictionary<string, float[]> weights, string prefix, bool nested, SafetensorsType type) =>
        SafetensorsFile.Write(_folder.File(file), new Dictionary<string, string>(),
        [
            .. weights.Select(item => new SafetensorsEntry(prefix + Name(item.Key, nested), type, Shape(item.Key), Bytes(item.Value, type))),
            new SafetensorsEntry("num_batches_tracked", SafetensorsType.I64, [], new byte[8]),
        ]);

    /// <summary>The published structure written out in plain operations, -1..1 inside; given and returned in 0..1.</summary>
    static float[] Published(Dictionary<string, float[]> weights, float[] rainy, int width, int height)
    {
        using IDisposable still = no_grad();
        Tensor Convolve(Tensor x, string stem) => nn.functional.conv2d(
            x, tensor(weights[stem + ".weight"], Shape(stem + ".weight")), tensor(weights[stem + ".bias"], Shape(stem + ".bias")), padding: [1, 1]);
        static Tensor Normalise(Tensor x)
        {
            Tensor centred = x - x.mean([2, 3], true);
            return centred / (centred.square().mean([2, 3], true) + 1e-5).sqrt();
        }

        Tensor x = Convolve((tensor(rainy, [1, 3, height, width]) * 2) - 1, "gen.0");
        for (int block = 1; block <= 16; block++)
        {
            Tensor inner = Normalise(Convolve(x, $"gen.{block}.model.0.conv")).relu();
            x += Normalise(Convolve(inner, $"gen.{block}.model.1.conv"));
        }
        x = Convolve(Normalise(Convolve(x, "gen.17.conv.0")).relu(), "gen.17.conv.3");
        return ((Convolve(x, "gen.18") + 1) / 2).data<float>().ToArray();
    }
}
