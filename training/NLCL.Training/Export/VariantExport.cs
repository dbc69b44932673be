using NLCL.OnnxExport;
using NLCL.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>Writes the variants of one network.</summary>
sealed class VariantExport(nn.Module<Tensor, Tensor> network, ModelContract contract, SamplePictures pictures, ModelExportOptions options)
{
    // Odd and no multiple of anything, so that padding takes part.
    const int CheckWidth = 83;
    const int CheckHeight = 61;

    readonly IDerainer _derainer = (IDerainer)network;
    ModelContract _contract = contract;

    /// <summary>Tries half precision without a file.</summary>
    /// <returns>The contract with the answer.</returns>
    public ModelContract MeasureFp16()
    {
        try
        {
            IReadOnlyList<ExportCheck> checks = OnnxExporter.Check(
                network, _derainer, Options(new ModelVariant(ExportPrecision.Fp16, false)) with { MinimumPsnr = double.NegativeInfinity });
            return _contract = _contract with { Fp16Safe = checks.Min(check => check.Psnr) >= ModelExport.Fp16Psnr };
        }
        catch (Exception failure) when (failure is ExportException or ArgumentException)
        {
            return _contract; // a weight or a value beyond the range of 16 bits
        }
    }

    /// <exception cref="ExportException">The file does not do what the network does.</exception>
    /// <exception cref="TrainingException">The runtime's result differs; the file was removed.</exception>
    public ExportedModel Export(ModelVariant variant, string path)
    {
        INetworkDescription description = variant.Frames ? new BytePictures(_derainer, BytePictureLayout.PackedBgr) : _derainer;
        ExportReport file = OnnxExporter.Export(network, description, path, Options(variant));
        if (variant.Frames)
        {
            ModelFile.Open(path); // throws where the contract is not kept
            return new ExportedModel(variant, file, null);
        }
        double difference = CompareWithRuntime(path);
        if (variant.Precision == ExportPrecision.Fp32 && !(difference <= Tolerance))
        {
            File.Delete(path);
            throw new TrainingException($"{path}: the runtime's result differs from the network's by {difference:0.0e+0}, more than {Tolerance:0.0e+0}; the file was removed.");
        }
        return new ExportedModel(variant, file, difference);
    }

    double Tolerance => _derainer.UsesPictureStatistics ? ModelExport.StatisticsTolerance : ModelExport.Tolerance;

    ExportOptions Options(ModelVariant variant)
    {
        ModelContract own = _contract with { Precision = variant.PrecisionName, TakesFrames = variant.Frames };
        return new ExportOptions
        {
            InputNames = [ModelContract.InputName],
            OutputNames = [ModelContract.OutputName],
            InputShapes = [variant.Frames ? "n,h,w,3" : $"n,{3 * _derainer.Frames},h,w"],
            InputType = variant.Frames ? ScalarType.Byte : ScalarType.Float32,
            SizeMultiple = _derainer.SizeMultiple,
            GraphName = _contract.Name,
            Precision = variant.Precision,
            Portable = options.Portable && variant.Precision != ExportPrecision.Int8,
            // What it spares was measured on processors; half precision is for GPUs.
            FoldShuffles = variant.Precision != ExportPrecision.Fp16,
            Tolerance = Tolerance,
            // Rounding to bytes alone costs so much that 60 dB cannot be reached.
            MinimumPsnr = variant.Frames ? 48 : ModelExport.Fp16Psnr,
            Samples = variant.Precision == ExportPrecision.Fp32 ? [] : Inputs(pictures.Held, variant.Frames),
            Quantization = variant.Precision != ExportPrecision.Int8 ? null : new QuantizationOptions
            {
                Calibration = Inputs(pictures.Calibration, variant.Frames),
                Range = options.Range,
                KeepFloat = options.KeepFloat,
            },
            Metadata = own.ToMetadata(),
            MeasuredMetadata = variant.Precision == ExportPrecision.Fp32
                ? null
                : checks => (own with { Fp32Psnr = Math.Clamp(ExportReport.PsnrOf(checks) ?? checks.Min(check => check.Psnr), 0, 999) }).ToMetadata(),
        };
    }

    SampleInput[] Inputs(IReadOnlyList<PicturePart> parts, bool frames) => [.. parts.Select(part => frames ? part.ToFrame() : part.ToPlanes(_derainer.Frames))];

    /// <summary>One picture through <see cref="Derainer"/>, which pads and crops, and through the network, padded here in the same way.</summary>
    double CompareWithRuntime(string path)
    {
        int multiple = _derainer.SizeMultiple;
        Random random = new(1);
        float[] rainy = [.. Enumerable.Range(0, 3 * CheckWidth * CheckHeight).Select(_ => random.NextSingle())];
        float[] fromRuntime = new float[rainy.Length];
        using (Derainer runtime = Derainer.Open(ModelFile.Open(path), new DerainerOptions { Device = DeviceKind.Cpu }))
        {
            runtime.Derain(rainy, fromRuntime, CheckWidth, CheckHeight);
        }
        using DisposeScope scope = NewDisposeScope();
        using IDisposable still = no_grad();
        long right = (multiple - (CheckWidth % multiple)) % multiple, bottom = (multiple - (CheckHeight % multiple)) % multiple;
        Tensor padded = nn.functional.pad(tensor(rainy, [1, 3, CheckHeight, CheckWidth]), [0, right, 0, bottom], PaddingModes.Reflect);
        Tensor expected = network.forward(padded).narrow(2, 0, CheckHeight).narrow(3, 0, CheckWidth);
        return (expected - tensor(fromRuntime, [1, 3, CheckHeight, CheckWidth])).abs().max().item<float>();
    }
}
