namespace NLCL.Training;

/// <summary>Element types of the safetensors format that are read here: those of our checkpoints (U8, I64, F32, F64) and of weights from elsewhere. The names are the file's.</summary>
public enum SafetensorsType
{
    /// <summary>One byte, 0 or 1.</summary>
    BOOL,

    /// <summary>One byte, signed.</summary>
    I8,

    /// <summary>One byte, unsigned.</summary>
    U8,

    /// <summary>Two bytes, signed.</summary>
    I16,

    /// <summary>Four bytes, signed.</summary>
    I32,

    /// <summary>Eight bytes, signed.</summary>
    I64,

    /// <summary>IEEE 754 half.</summary>
    F16,

    /// <summary>The upper half of an IEEE 754 single.</summary>
    BF16,

    /// <summary>IEEE 754 single.</summary>
    F32,

    /// <summary>IEEE 754 double.</summary>
    F64,
}
