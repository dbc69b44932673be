namespace NLCL.OnnxExport;

/// <summary>One comparison of ONNX Runtime's outputs with the module's.</summary>
/// <param name="Inputs">The shapes of the inputs, for example <c>2x3x17x23</c>.</param>
/// <param name="MaxDifference">The largest absolute difference over all outputs.</param>
/// <param name="Psnr">The smallest peak signal-to-noise ratio of an output, in dB for a peak of 1; infinite for equal ones.</param>
/// <param name="IsSample">Whether the input was one of <see cref="ExportOptions.Samples"/>, not a random one.</param>
public sealed record ExportCheck(string Inputs, double MaxDifference, double Psnr, bool IsSample = false)
{
    /// <summary>The larger difference and the smaller ratio of two checks with the same input.</summary>
    internal static ExportCheck Worse(ExportCheck a, ExportCheck b) =>
        a with { MaxDifference = Math.Max(a.MaxDifference, b.MaxDifference), Psnr = Math.Min(a.Psnr, b.Psnr) };
}
