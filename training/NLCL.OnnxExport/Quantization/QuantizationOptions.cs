namespace NLCL.OnnxExport;

/// <summary>How <see cref="ExportPrecision.Int8"/> finds its scales.</summary>
public sealed record QuantizationOptions
{
    /// <summary>
    /// Inputs whose intermediate values set the scales: a dozen or more pictures of the kind that the network will see. The
    /// network must have one input. Measure on others: <see cref="ExportOptions.Samples"/>.
    /// </summary>
    public IReadOnlyList<SampleInput> Calibration { get; init; } = [];

    /// <summary>How the range of a value is chosen.</summary>
    public RangeMethod Range { get; init; } = RangeMethod.MeanSquaredError;

    /// <summary>
    /// Where the input lies; its scale covers just that. 0..1 with 256 levels loses nothing of 8-bit pictures.
    /// </summary>
    public (float Low, float High) InputRange { get; init; } = (0, 1);

    /// <summary>
    /// Modules whose convolutions stay in 32 bits, by the name in <c>state_dict()</c>: <c>rain</c> for the one whose weight is
    /// <c>rain.weight</c>. For a first or last layer that costs more quality than time.
    /// </summary>
    public IReadOnlyCollection<string> KeepFloat { get; init; } = [];

    /// <summary>The least peak signal-to-noise ratio on <see cref="ExportOptions.Samples"/> against the module, in dB for a peak of 1.</summary>
    public double MinimumPsnr { get; init; } = 30;
}
