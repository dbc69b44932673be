namespace NLCL.OnnxExport;

/// <summary>One comparison of ONNX Runtime's outputs with the module's.</summary>
/// <param name="Inputs">The shapes of the inputs, for example <c>2x3x17x23</c>.</param>
/// <param name="MaxDifference">The largest absolute difference over all outputs.</param>
/// <param name="Psnr">The smallest peak signal-to-noise ratio of an output, in dB for a peak of 1; infinite for equal ones.</param>
public sealed record ExportCheck(string Inputs, double MaxDifference, double Psnr);
