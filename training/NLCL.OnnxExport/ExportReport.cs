namespace NLCL.OnnxExport;

/// <summary>What was written, and how close it came.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal digits.</param>
/// <param name="Nodes">The nodes of its graph.</param>
/// <param name="Parameters">The numbers in its initializers, weights and constants together.</param>
/// <param name="Checks">Each comparison with the module, in the order they were made.</param>
public sealed record ExportReport(
    string Path, long Bytes, string Sha256, int Nodes, long Parameters, IReadOnlyList<ExportCheck> Checks)
{
    /// <summary>The largest of the checks.</summary>
    public double MaxDifference => Checks.Max(check => check.MaxDifference);

    /// <summary>The smallest of the checks, in dB.</summary>
    public double MinPsnr => Checks.Min(check => check.Psnr);

    /// <summary>The largest difference on a sample; null without samples.</summary>
    public double? SampleDifference => Checks.Where(check => check.IsSample).Max(check => (double?)check.MaxDifference);

    /// <summary>The peak signal-to-noise ratio of the samples' mean squared error, in dB; null without samples.</summary>
    public double? SamplePsnr => PsnrOf(Checks);

    /// <summary><see cref="SamplePsnr"/> of checks, for <see cref="ExportOptions.MeasuredMetadata"/>.</summary>
    public static double? PsnrOf(IReadOnlyList<ExportCheck> checks) =>
        checks.Any(check => check.IsSample)
            ? -10 * Math.Log10(checks.Where(check => check.IsSample).Average(check => Math.Pow(10, -check.Psnr / 10)))
            : null;
}
