using System.Text;

namespace NLCL.Tests;

/// <summary>
/// A model of a few bytes, written with the field numbers of the ONNX protocol buffers:
/// background = Relu(rainy + offset), float [n,3,h,w], with offset per channel.
/// </summary>
static class TinyOnnx
{
    public static byte[] Model(params float[] offset) => Message(
        Number(1, 8),                                            // ModelProto.ir_version
        Text(2, "nlcl tests"),                                   // producer_name
        Part(7, Message(                                         // graph
            Part(1, Node("Add", ["rainy", "offset"], ["sum"])),
            Part(1, Node("Relu", ["sum"], ["background"])),
            Text(2, "tiny"),
            Part(5, Message(Number(1, 1), Number(1, 3), Number(1, 1), Number(1, 1), Number(2, 1), Text(8, "offset"), Part(9, Floats(offset)))),
            Part(11, Value("rainy")),
            Part(12, Value("background")))),
        Part(8, Message(Number(2, 17))),                         // opset_import
        Part(14, Message(Text(1, "nlcl.name"), Text(2, "tiny")))); // metadata_props

    static byte[] Node(string type, string[] inputs, string[] outputs) =>
        Message([.. inputs.Select(input => Text(1, input)), .. outputs.Select(output => Text(2, output)), Text(4, type)]);

    static byte[] Value(string name) => Message(Text(1, name), Part(2, Message(Part(1, Message(
        Number(1, 1),
        Part(2, Message(Dimension("n"), Part(1, Message(Number(1, 3))), Dimension("h"), Dimension("w"))))))));

    static byte[] Dimension(string name) => Part(1, Message(Text(2, name)));

    static byte[] Message(params byte[][] fields) => [.. fields.SelectMany(field => field)];

    static byte[] Number(int field, long value) => [.. Varint(field << 3), .. Varint(value)];

    static byte[] Text(int field, string text) => Part(field, Encoding.UTF8.GetBytes(text));

    static byte[] Part(int field, byte[] content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

    static byte[] Floats(float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    static IEnumerable<byte> Varint(long value)
    {
        for (; value > 127; value >>= 7) { yield return (byte)((value & 127) | 128); }
        yield return (byte)value;
    }
}
