namespace NLCL.Runtime;

/// <summary>Which variant of a model runs: the file that was named, or <c>NAME.int8.onnx</c> or <c>NAME.fp16.onnx</c> beside it.</summary>
public enum ModelPrecision
{
    /// <summary>
    /// The fastest that suits the device and is there: int8 on a processor with byte dot products (VNNI), fp16 on a GPU where
    /// the model is marked safe for it, otherwise the file that was named.
    /// </summary>
    Auto,

    /// <summary>Single precision.</summary>
    Fp32,

    /// <summary>Half precision.</summary>
    Fp16,

    /// <summary>8-bit integers.</summary>
    Int8,
}
