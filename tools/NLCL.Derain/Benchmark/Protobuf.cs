using System.Text;

namespace NLCL.Derain;

/// <summary>As much of the wire format (protobuf.dev/programming-guides/encoding) as small ONNX files need; field numbers are those of onnx.proto.</summary>
static class Protobuf
{
    public static byte[] Bytes(int number, byte[] content) => [.. Varint((ulong)((number << 3) | 2)), .. Varint((ulong)content.Length), .. content];

    public static byte[] Text(int number, string text) => Bytes(number, Encoding.UTF8.GetBytes(text));

    public static byte[] Number(int number, long value) => [.. Varint((ulong)(number << 3)), .. Varint((ulong)value)];

    public static byte[] Concat(params IEnumerable<byte[]> parts) => [.. parts.SelectMany(part => part)];

    static byte[] Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value > 127; value >>= 7) { bytes.Add((byte)(value | 128)); }
        return [.. bytes, (byte)value];
    }
}
