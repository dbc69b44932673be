using System.Runtime.InteropServices;

namespace NLCL.Derain;

/// <summary>Nodes, tensors and models in ONNX's messages (onnx.proto: NodeProto, AttributeProto, TensorProto, GraphProto, ModelProto).</summary>
static class OnnxParts
{
    const int FloatType = 1;
    const int IntsAttribute = 7;

    public static byte[] Convolution(string input, string weight, string output, int kernel, int stride, int padding) => Protobuf.Concat(
        Protobuf.Text(1, input), Protobuf.Text(1, weight), Protobuf.Text(2, output), Protobuf.Text(3, output), Protobuf.Text(4, "Conv"),
        Ints("kernel_shape", kernel, kernel), Ints("strides", stride, stride), Ints("pads", padding, padding, padding, padding));

    public static byte[] Tensor(string name, int[] shape, float[] values) => Protobuf.Concat(
        [.. shape.Select(side => Protobuf.Number(1, side)), Protobuf.Number(2, FloatType), Protobuf.Text(8, name), Protobuf.Bytes(9, MemoryMarshal.AsBytes<float>(values).ToArray())]);

    /// <summary>A model of opset 17 with one input and one output of the same shape.</summary>
    public static byte[] Model(IEnumerable<byte[]> nodes, IEnumerable<byte[]> tensors, string input, string output, int[] shape) => Protobuf.Concat(
        Protobuf.Number(1, 8),
        Protobuf.Bytes(7, Protobuf.Concat(
            [.. nodes.Select(node => Protobuf.Bytes(1, node)), Protobuf.Text(2, "benchmark"), .. tensors.Select(tensor => Protobuf.Bytes(5, tensor)),
                Protobuf.Bytes(11, Value(input, shape)), Protobuf.Bytes(12, Value(output, shape))])),
        Protobuf.Bytes(8, Protobuf.Concat(Protobuf.Text(1, ""), Protobuf.Number(2, 17))));

    static byte[] Ints(string name, params int[] values) => Protobuf.Bytes(
        5, Protobuf.Concat([Protobuf.Text(1, name), .. values.Select(value => Protobuf.Number(8, value)), Protobuf.Number(20, IntsAttribute)]));

    static byte[] Value(string name, int[] shape) => Protobuf.Concat(
        Protobuf.Text(1, name),
        Protobuf.Bytes(2, Protobuf.Bytes(1, Protobuf.Concat(
            Protobuf.Number(1, FloatType), Protobuf.Bytes(2, Protobuf.Concat(shape.Select(side => Protobuf.Bytes(1, Protobuf.Number(1, side)))))))));
}
