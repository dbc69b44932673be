using static TorchSharp.torch;

namespace NLCL.OnnxExport;

/// <summary>What the file calls things, and how it is checked.</summary>
public sealed record ExportOptions
{
    /// <summary>One name per input.</summary>
    public IReadOnlyList<string> InputNames { get; init; } = ["input"];

    /// <summary>One name per output of the description.</summary>
    public IReadOnlyList<string> OutputNames { get; init; } = ["output"];

    /// <summary>
    /// One shape per input, for example <c>n,3,h,w</c>: a number is fixed, a name is an axis left open under that name. The
    /// axis <c>n</c> is the batch; every other open axis is a multiple of <see cref="SizeMultiple"/>.
    /// </summary>
    public IReadOnlyList<string> InputShapes { get; init; } = ["n,3,h,w"];

    /// <summary>The element type of the inputs: <c>Float32</c>, or <c>Byte</c> for <see cref="BytePictures"/>.</summary>
    public ScalarType InputType { get; init; } = ScalarType.Float32;

    /// <summary>Open axes other than the batch are multiples of this.</summary>
    public int SizeMultiple { get; init; } = 1;

    /// <summary>The smallest size that the check tries, for networks with reflected borders or several poolings.</summary>
    public int SmallestSize { get; init; } = 16;

    /// <summary>
    /// Whether shuffles between pixels and channels are written as convolutions with weights of 0 and 1, and one channel that meets several is repeated. Exact, slower, and loaded by
    /// engines without SpaceToDepth, such as OpenCV's. For fp32 and fp16.
    /// </summary>
    public bool Portable { get; init; }

    /// <summary>
    /// Whether shuffles between pixels and channels become part of the convolutions beside them where that spares a processor work. The same sums, in another order.
    /// Not where <see cref="Portable"/> is set.
    /// </summary>
    public bool FoldShuffles { get; init; } = true;

    /// <summary>The version of the operator set: 17 to 19.</summary>
    public int Opset { get; init; } = 17;

    /// <summary>The version of the file format: 8 to 10.</summary>
    public int IrVersion { get; init; } = 8;

    /// <summary>Stored in the file, sorted by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>More of it, made of what the checks measured; its keys win.</summary>
    public Func<IReadOnlyList<ExportCheck>, IReadOnlyDictionary<string, string>>? MeasuredMetadata { get; init; }

    /// <summary>Stored in the file as the graph's name.</summary>
    public string GraphName { get; init; } = "network";

    /// <summary>Stored in the file.</summary>
    public string ProducerName { get; init; } = "NLCL.OnnxExport";

    /// <summary>Stored in the file; null for this assembly's version.</summary>
    public string? ProducerVersion { get; init; }

    /// <summary>What the file computes in.</summary>
    public ExportPrecision Precision { get; init; } = ExportPrecision.Fp32;

    /// <summary>Inputs to check with besides random ones; they alone judge <see cref="ExportPrecision.Int8"/>. None may be among those that it was calibrated with.</summary>
    public IReadOnlyList<SampleInput> Samples { get; init; } = [];

    /// <summary>For <see cref="ExportPrecision.Int8"/>: what to find its scales with.</summary>
    public QuantizationOptions? Quantization { get; init; }

    /// <summary>For <see cref="ExportPrecision.Fp16"/>, in place of the tolerance: the least peak signal-to-noise ratio, in dB for a peak of 1.</summary>
    public double MinimumPsnr { get; init; } = 60;

    /// <summary>How far an output of the file may lie from the module's own, with inputs in 0..1 and in fp32; an output of bytes by one level.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Checks names, shapes and ranges against each other.</summary>
    /// <exception cref="ArgumentException">Something does not fit; the message says what.</exception>
    public void Validate()
    {
        if (InputNames.Count == 0 || OutputNames.Count == 0)
        {
            throw new ArgumentException("A network needs at least one input name and one output name.");
        }
        if (InputShapes.Count != InputNames.Count)
        {
            throw new ArgumentException($"There are {InputNames.Count} input names but {InputShapes.Count} input shapes.");
        }
        var names = InputNames.Concat(OutputNames).ToList();
        if (names.Any(string.IsNullOrWhiteSpace) || names.Distinct(StringComparer.Ordinal).Count() != names.Count)
        {
            throw new ArgumentException($"Input and output names must be non-empty and distinct: {string.Join(", ", names)}.");
        }
        ArgumentOutOfRangeException.ThrowIfLessThan(SizeMultiple, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(SmallestSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Opset, 17);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Opset, 19);
        ArgumentOutOfRangeException.ThrowIfLessThan(IrVersion, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(IrVersion, 10);
        if (InputType is not (ScalarType.Float32 or ScalarType.Byte))
        {
            throw new ArgumentException($"Inputs are Float32 or Byte, not {InputType}.");
        }
        if (Precision == ExportPrecision.Int8 && (Quantization is null || Quantization.Calibration.Count == 0 || Samples.Count == 0))
        {
            throw new ArgumentException("An int8 file needs inputs to find its scales with (Quantization.Calibration) and others to measure it on (Samples).");
        }
        if (!(Tolerance > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "The tolerance must be positive.");
        }
    }
}
