namespace NLCL.Training;

/// <summary>Element types of the safetensors format that a checkpoint of ours can hold; the names are the file's.</summary>
public enum SafetensorsType
{
    /// <summary>One byte, unsigned.</summary>
    U8,

    /// <summary>Eight bytes, signed.</summary>
    I64,

    /// <summary>IEEE 754 single.</summary>
    F32,

    /// <summary>IEEE 754 double.</summary>
    F64,
}
