using static TorchSharp.torch;

namespace NLCL.OnnxExport.Format;

/// <summary>The file's numbers for element types, and their counterparts in torch.</summary>
static class ElementType
{
    public const int Single = (int)TensorProto.Types.DataType.Float;
    public const int Half = (int)TensorProto.Types.DataType.Float16;
    public const int Double = (int)TensorProto.Types.DataType.Double;
    public const int Byte = (int)TensorProto.Types.DataType.Uint8;
    public const int SignedByte = (int)TensorProto.Types.DataType.Int8;
    public const int Int32 = (int)TensorProto.Types.DataType.Int32;
    public const int Int64 = (int)TensorProto.Types.DataType.Int64;

    public static int Of(ScalarType type) => (int)(type switch
    {
        ScalarType.Float32 => TensorProto.Types.DataType.Float,
        ScalarType.Float16 => TensorProto.Types.DataType.Float16,
        ScalarType.Float64 => TensorProto.Types.DataType.Double,
        ScalarType.Byte => TensorProto.Types.DataType.Uint8,
        ScalarType.Int8 => TensorProto.Types.DataType.Int8,
        ScalarType.Int32 => TensorProto.Types.DataType.Int32,
        ScalarType.Int64 => TensorProto.Types.DataType.Int64,
        ScalarType.Bool => TensorProto.Types.DataType.Bool,
        _ => throw new ArgumentException($"Tensors of type {type} cannot be written; convert them to one of the ONNX types first."),
    });

    /// <summary>One number of that type, little endian.</summary>
    public static byte[] Bytes(double value, int type) => type switch
    {
        Single => BitConverter.GetBytes((float)value),
        Half => BitConverter.GetBytes((Half)value),
        Double => BitConverter.GetBytes(value),
        Int32 => BitConverter.GetBytes((int)value),
        Int64 => BitConverter.GetBytes((long)value),
        _ => throw new ArgumentException($"No scalar operand exists for element type {(TensorProto.Types.DataType)type}; cast the value first."),
    };
}
