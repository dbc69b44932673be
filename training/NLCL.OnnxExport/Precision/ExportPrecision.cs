namespace NLCL.OnnxExport;

/// <summary>What the file's weights and intermediate values are.</summary>
public enum ExportPrecision
{
    /// <summary>32-bit floating point throughout.</summary>
    Fp32,

    /// <summary>16-bit floating point inside, 32-bit inputs and outputs: half the file, and faster on GPUs, not on CPUs.</summary>
    Fp16,

    /// <summary>
    /// 8-bit integers in convolutions and sums, with scales from <see cref="ExportOptions.Quantization"/>; 32-bit inputs and outputs:
    /// a quarter of the file, and faster on CPUs with VNNI instructions.
    /// </summary>
    Int8,
}
