using System.Runtime.InteropServices;
using NLCL.OnnxExport;
using NLCL.Runtime;
using NLCL.Training;
using OpenCvSharp;
using OpenCvSharp.Dnn;
using TorchSharp;

namespace NLCL.Tests;

public sealed class ModelVariantTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_export_writes_every_variant_with_what_it_loses()
    {
        TrainingSources sources = TestPictures.Sources(_folder.File("in"));
        Trainer.Run(TrainingOptions.SmokePreset, sources, _folder.File("run"), machine: new TrainingMachine { Device = "cpu", Threads = 1 }, cancellationToken: TestContext.Current.CancellationToken);

        ModelExportReport report = ModelExport.Export(_folder.File("run"), _folder.File("out/mine.onnx"), new ModelExportOptions
        {
            Precisions = Enum.GetValues<ExportPrecision>(),
            Frames = true,
        });

        Assert.Empty(report.LeftOut);
        Assert.Equal(
            ["mine.bytes.onnx", "mine.fp16.bytes.onnx", "mine.fp16.onnx", "mine.int8.bytes.onnx", "mine.int8.onnx", "mine.md", "mine.onnx"],
            Directory.GetFiles(_folder.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        string card = File.ReadAllText(report.Card);
        foreach (ExportedModel model in report.Models)
        {
            ModelContract contract = ModelFile.Open(model.File.Path).Contract;
            Assert.Equal((model.Variant.PrecisionName, model.Variant.Frames), (contract.Precision, contract.TakesFrames));
            Assert.Equal(model.Variant.Precision != ExportPrecision.Fp32, contract.Fp32Psnr is not null);
            Assert.True(contract.Fp16Safe);
            Assert.Contains(model.File.Sha256, card, StringComparison.Ordinal);
        }
        ModelExportReport again = ModelExport.Export(_folder.File("run"), _folder.File("again/mine.onnx"), new ModelExportOptions { Precisions = [ExportPrecision.Int8] });
        Assert.Equal(report.Models.Single(model => model.Variant == new ModelVariant(ExportPrecision.Int8, false)).File.Sha256, again.File.Sha256);

        using Derainer derainer = Derainer.Open(_folder.File("out/mine.int8.onnx"));
        Assert.InRange(derainer.Contract.Fp32Psnr!.Value, 30, 100);
        ModelFileException refusal = Assert.Throws<ModelFileException>(() => Derainer.Open(_folder.File("out/mine.bytes.onnx")));
        Assert.Contains("without --bytes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_engine_gives_the_same_picture()
    {
        const int height = 72, width = 104;
        using LeanDerainer network = new();
        string path = _folder.File("portable.onnx");
        OnnxExporter.Export(network, network, path, new ExportOptions
        {
            InputNames = ["rainy"],
            OutputNames = ["background"],
            SizeMultiple = network.SizeMultiple,
            Portable = true,
        });
        float[] rainy = [.. Enumerable.Range(0, 3 * height * width).Select(at => 0.5f + (0.4f * MathF.Sin(at * 0.11f)))];

        using Net net = CvDnn.ReadNetFromOnnx(path)!;
        using Mat blob = Mat.FromPixelData([1, 3, height, width], MatType.CV_32FC1, rainy);
        net.SetInput(blob, "rainy");
        using Mat found = net.Forward("background");

        using IDisposable scope = torch.NewDisposeScope();
        using IDisposable still = torch.no_grad();
        float[] expected = network.forward(torch.tensor(rainy, [1, 3, height, width])).data<float>().ToArray();
        float[] result = new float[rainy.Length];
        Marshal.Copy(found.Data, result, 0, result.Length);
        Assert.Equal([1, 3, height, width], Enumerable.Range(0, 4).Select(found.Size));
        Assert.InRange(expected.Zip(result).Max(pair => Math.Abs(pair.First - (double)pair.Second)), 0, 1e-3);
        Assert.True(expected.Zip(rainy).Max(pair => Math.Abs(pair.First - (double)pair.Second)) > 1e-3, "the network must do something");
    }

    [Theory]
    [InlineData(TritonAccelerator.Cuda)]
    [InlineData(TritonAccelerator.TensorRt)]
    public void A_model_repository_has_the_form_that_Triton_reads(TritonAccelerator accelerator)
    {
        Trainer.Run(TrainingOptions.SmokePreset, TestPictures.Sources(_folder.File("in")), _folder.File("run"), machine: new TrainingMachine { Device = "cpu", Threads = 1 }, cancellationToken: TestContext.Current.CancellationToken);
        ModelExportOptions options = new()
        {
            Precisions = [ExportPrecision.Fp32, ExportPrecision.Int8],
            Frames = true,
            Triton = new TritonOptions { Folder = _folder.File("repository"), Accelerator = accelerator },
        };

        ModelExportReport report = ModelExport.Export(_folder.File("run"), _folder.File("mine.onnx"), options);

        Assert.Equal(
            ["mine", "mine_bytes", "mine_int8", "mine_int8_bytes"],
            Directory.GetFileSystemEntries(_folder.File("repository")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach ((string folder, ExportedModel model) in report.Triton.Zip(report.Models))
        {
            Assert.Equal(File.ReadAllBytes(model.File.Path), File.ReadAllBytes(Path.Combine(folder, "1", "model.onnx")));
            TritonConfig.Check(Path.Combine(folder, "config.pbtxt"), model, accelerator);
        }
        IOException taken = Assert.Throws<IOException>(() => ModelExport.Export(_folder.File("run"), _folder.File("other/mine.onnx"), options));
        Assert.Contains("exists already", taken.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("other/mine.onnx")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_run_calibrates_with_its_own_pictures_and_with_every_kind_of_its_rain(int frames)
    {
        TrainingSources sources = TestPictures.Sources(_folder.File("in"));
        TrainingOptions training = TrainingOptions.SmokePreset with
        {
            Lean = TrainingOptions.SmokePreset.Lean with { Frames = frames },
            Rain = TrainingOptions.SmokePreset.Rain with { NoRain = 0.9 },
        };
        int own = sources.Rainy.Sum(folder => folder.Files().Count);

        SamplePictures pictures = SamplePictures.OfRun(training, sources, sizeMultiple: 4);

        PicturePart[] all = [.. pictures.Calibration, .. pictures.Held];
        Assert.Equal(own + SamplePictures.Most, all.Length);
        Assert.Equal(all.Length / 3, pictures.Held.Count);
        PicturePart[] synthetic = [.. all.Where(part => part.Width == 256)];
        Assert.Equal(SamplePictures.Most, synthetic.Length);
        Assert.All(synthetic, part => Assert.Equal(frames, part.Frames.Count));
        // Streaks move from frame to frame.
        Assert.Equal(frames > 1, synthetic.Any(part => !part.Frames[0].AsSpan().SequenceEqual(part.Frames[^1])));
        Assert.Equal(3 * frames, synthetic[0].ToPlanes(frames).Shape[1]);

        Directory.Delete(sources.Clean[0].Path, recursive: true);
        SamplePictures rest = SamplePictures.OfRun(training, sources, sizeMultiple: 4);
        Assert.Equal(own, rest.Calibration.Count + rest.Held.Count);
    }

    [Fact]
    public void Too_few_pictures_to_calibrate_with_are_one_line()
    {
        Trainer.Run(TrainingOptions.SmokePreset, TestPictures.Sources(_folder.File("in")), _folder.File("run"), machine: new TrainingMachine { Device = "cpu", Threads = 1 }, cancellationToken: TestContext.Current.CancellationToken);

        TrainingException failure = Assert.Throws<TrainingException>(() => ModelExport.Export(_folder.File("run"), _folder.File("mine.onnx"), new ModelExportOptions
        {
            Precisions = [ExportPrecision.Int8],
            Calibration = [PictureFolder.Parse(_folder.File("in/dev-rainy"))],
        }));

        Assert.Contains("at least 3 rainy pictures", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("mine.onnx")));
    }
}
