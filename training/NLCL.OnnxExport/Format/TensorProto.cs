using System.Runtime.InteropServices;
using Google.Protobuf;

namespace NLCL.OnnxExport.Format;

partial class TensorProto
{
    /// <summary>The elements of a tensor of 32-bit floats.</summary>
    public ReadOnlySpan<float> Floats => MemoryMarshal.Cast<byte, float>(RawData.Span);

    /// <summary>How 32-bit floats lie in the file.</summary>
    public static ByteString Data(float[] values) => ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values));
}
