using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace NLCL.OnnxExport;

/// <summary>Runs a written file in ONNX Runtime beside the module it came from.</summary>
static class ExportVerification
{
    const int Seed = 20260101;

    /// <returns>One check per input size.</returns>
    /// <exception cref="ExportException">ONNX Runtime refuses the file, a shape differs, or a difference exceeds the tolerance.</exception>
    public static IReadOnlyList<ExportCheck> Verify(nn.Module module, INetworkDescription description, byte[] model,
        string path, ExportOptions options)
    {
        var shapes = options.InputShapes.Select(shape => InputShape.Parse(shape, options.SizeMultiple)).ToList();
        var random = new Random(Seed);
        var checks = new List<ExportCheck>();
        try
        {
            using var session = new InferenceSession(model);
            foreach (var probe in ProbeSizes.For(shapes, options))
            {
                SampleInput[] inputs = [.. probe.Select(shape => SampleInput.Noise(random, shape, options.InputType))];
                checks.Add(Check(module, description, session, inputs, path, options, isSample: false));
            }
            foreach (var sample in options.Samples)
            {
                checks.Add(Check(module, description, session, [sample], path, options, isSample: true));
            }
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ExportException($"{path}: ONNX Runtime does not run the exported network: {OneLine(exception.Message)}", exception);
        }
        return checks;
    }

    static ExportCheck Check(nn.Module module, INetworkDescription description, InferenceSession session,
        SampleInput[] data, string path, ExportOptions options, bool isSample)
    {
        using var scope = NewDisposeScope();
        var text = string.Join(", ", data.Select(input => string.Join('x', input.Shape)));
        var device = module.state_dict().Values.FirstOrDefault()?.device ?? CPU;
        var inputs = data.Select(input => input.ToTensor().to(device)).ToArray();
        var expected = Run(module, description, inputs, options);
        using var results = Run(session, data, options);
        var check = new ExportCheck(text, 0, double.PositiveInfinity, isSample);
        foreach (var (i, wanted) in expected.Index())
        {
            var name = options.OutputNames[i];
            var found = results[i].GetTensorTypeAndShape().Shape;
            if (!found.SequenceEqual(wanted.shape))
            {
                throw new ExportException($"{path}: for input {text} the file's '{name}' is {string.Join('x', found)}, the module's " +
                    $"{string.Join('x', wanted.shape)}; the description does something else than the module.");
            }
            var (difference, psnr) = Compare(wanted, results[i]);
            var tolerance = wanted.dtype == ScalarType.Byte ? Math.Max(options.Tolerance, 1.001 / 255) : options.Tolerance;
            Judge($"{path}: for input {text} the file's '{name}'", difference, psnr, options with { Tolerance = tolerance }, isSample);
            check = check with { MaxDifference = Math.Max(check.MaxDifference, difference), Psnr = Math.Min(check.Psnr, psnr) };
        }
        return check;
    }

    // Both conditions are written so that a NaN fails.
    static void Judge(string what, double difference, double psnr, ExportOptions options, bool isSample)
    {
        if (options.Precision == ExportPrecision.Fp32 && !(difference <= options.Tolerance))
        {
            throw new ExportException(FormattableString.Invariant(
                $"{what} differs from the module's by {difference:g3}, more than the tolerance {options.Tolerance:g3}; the description does something else than the module, or the network amplifies rounding."));
        }
        if (options.Precision == ExportPrecision.Fp16 && !(psnr >= options.MinimumPsnr))
        {
            throw new ExportException(FormattableString.Invariant(
                $"{what} lies {psnr:f1} dB from the module's, less than the {options.MinimumPsnr:f1} dB asked for; export this network as fp32."));
        }
        // Scales were chosen for pictures; on noise only numbers are expected.
        if (options.Precision == ExportPrecision.Int8 && !(psnr >= (isSample ? options.Quantization!.MinimumPsnr : double.NegativeInfinity)))
        {
            throw new ExportException(FormattableString.Invariant(
                $"{what} lies {psnr:f1} dB from the module's, less than the {options.Quantization!.MinimumPsnr:f1} dB asked for; calibrate with more pictures like those it will see, keep its first and last convolution in fp32, or export this network as fp32."));
        }
    }

    /// <summary>The module's own forward where it has the plain form, so that a description that strays from it is found out.</summary>
    static IReadOnlyList<Tensor> Run(nn.Module module, INetworkDescription description, Tensor[] inputs, ExportOptions options)
    {
        using var noGradient = no_grad();
        return module is nn.Module<Tensor, Tensor> plain && inputs.Length == 1 && options.InputType == ScalarType.Float32
            ? [plain.call(inputs[0]), .. description.Describe(TorchOperations.Instance, inputs).Skip(1)]
            : description.Describe(TorchOperations.Instance, inputs);
    }

    static IDisposableReadOnlyCollection<OrtValue> Run(InferenceSession session, SampleInput[] data, ExportOptions options)
    {
        var inputs = data.Select(input => input.ToOrtValue()).ToList();
        try
        {
            using var run = new RunOptions();
            return session.Run(run, options.InputNames, inputs, options.OutputNames);
        }
        finally
        {
            inputs.ForEach(input => input.Dispose());
        }
    }

    /// <summary>Compares bytes as 0..1, so that one level is 1/255.</summary>
    static (double MaxDifference, double Psnr) Compare(Tensor expected, OrtValue result)
    {
        var bytes = expected.dtype == ScalarType.Byte;
        var wanted = expected.detach().cpu().to_type(ScalarType.Float32).contiguous().data<float>().ToArray();
        float[] found = bytes ? [.. result.GetTensorDataAsSpan<byte>().ToArray().Select(value => (float)value)]
            : result.GetTensorDataAsSpan<float>().ToArray();
        var (largest, squares) = (0.0, 0.0);
        for (var i = 0; i < wanted.Length; i++)
        {
            var difference = Math.Abs((double)wanted[i] - found[i]) / (bytes ? 255 : 1);
            // Math.Max hands a NaN on.
            largest = Math.Max(largest, difference);
            squares += difference * difference;
        }
        return (largest, -10 * Math.Log10(squares / wanted.Length));
    }

    static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
