using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace NLCL.Runtime;

/// <summary>Fields of a protobuf message, one after the other.</summary>
sealed class ProtobufWriter
{
    const int VarintWire = 0, BytesWire = 2;

    readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public ProtobufWriter Number(int field, long value)
    {
        Varint((ulong)((field << 3) | VarintWire));
        Varint((ulong)value);
        return this;
    }

    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> content)
    {
        Varint((ulong)((field << 3) | BytesWire));
        Varint((ulong)content.Length);
        _bytes.Write(content);
        return this;
    }

    public ProtobufWriter Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    public ProtobufWriter Message(int field, ProtobufWriter content) => Bytes(field, content.Written);

    /// <summary>Values in the machine's own order, which is ONNX's on every machine that ONNX Runtime runs on.</summary>
    public ProtobufWriter Values<T>(int field, ReadOnlySpan<T> values)
        where T : unmanaged => Bytes(field, MemoryMarshal.AsBytes(values));

    /// <summary>Fields as they were read.</summary>
    public ProtobufWriter Raw(ReadOnlySpan<byte> fields)
    {
        _bytes.Write(fields);
        return this;
    }

    void Varint(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            _bytes.Write([(byte)(value | 0x80)]);
        }
        _bytes.Write([(byte)value]);
    }
}
