using NLCL.OnnxExport;
using NLCL.Runtime;

namespace NLCL.Training;

/// <summary>One of the forms in which a network is exported.</summary>
/// <param name="Precision">What it computes in.</param>
/// <param name="Frames">Whether it takes and gives frames as bytes, <c>[n, h, w, 3]</c> BGR, instead of planes of numbers.</param>
public readonly record struct ModelVariant(ExportPrecision Precision, bool Frames)
{
    /// <summary>What the contract calls its precision.</summary>
    public string PrecisionName => Precision switch
    {
        ExportPrecision.Fp16 => "fp16",
        ExportPrecision.Int8 => "int8",
        _ => ModelContract.Fp32,
    };

    /// <summary>The file beside <paramref name="path"/>: <c>mine.onnx</c>, <c>mine.int8.onnx</c>, <c>mine.int8.bytes.onnx</c>.</summary>
    public string PathBeside(string path) => Path.ChangeExtension(path, null)
        + (Precision == ExportPrecision.Fp32 ? "" : $".{PrecisionName}")
        + (Frames ? ".bytes" : "")
        + Path.GetExtension(path);
}
