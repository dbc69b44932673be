using Microsoft.ML.OnnxRuntime.Tensors;

namespace NLCL.Runtime;

/// <summary>
/// A model's own graph with nodes around it that take a frame's samples and give back its background's: what <see cref="YuvConversion"/> and
/// <see cref="PixelConversion"/> do on the processor is done where the network runs. Results differ from theirs by the order of sums, so by one code at most
/// where a sum ends between two; samples of YUV stay what they are where the network changes nothing. What is no number ends as code 0.
/// </summary>
static class SampleGraph
{
    public const string InputName = "nlcl.samples";

    public const string OutputName = "nlcl.background";

    // Fields of GraphProto.
    const int InputField = 11, OutputField = 12;

    /// <summary>Whether a model can be fed so: one frame in, operators as they are used here.</summary>
    public static bool Fits(ModelFile model) => model.Contract.Frames == 1 && model.Opset >= GraphNodes.LeastOpset;

    /// <summary>The model for frames of one size.</summary>
    /// <param name="model">That <see cref="Fits"/>.</param>
    /// <param name="shape">With <see cref="TileShape.Samples"/>; any size, it is padded to the size multiple as <see cref="TileCopy"/> pads.</param>
    public static byte[] Around(ModelFile model, TileShape shape)
    {
        var format = shape.Samples!.Value;
        var nodes = new GraphNodes("nlcl.samples/");
        var size = new FrameInGraph(nodes, shape.Width, shape.Height, model.Contract.SizeMultiple);
        if (format.Pixels is { } layout)
        {
            PackedNodes.Add(size, ChannelOrder.Of(layout));
        }
        else
        {
            new YuvNodes(size, format).Add();
        }
        return GraphCopy.WithGraph(model, graph => Graph(graph, nodes, shape));
    }

    static ProtobufWriter Graph(ReadOnlySpan<byte> fields, GraphNodes nodes, TileShape shape)
    {
        var graph = new ProtobufWriter().Raw(nodes.Before.Written);
        while (OnnxScanner.Next(ref fields, out var field, out _, out _, out var raw))
        {
            if (field is not (InputField or OutputField))
            {
                graph.Raw(raw);
            }
        }
        return graph.Raw(nodes.Behind.Written).Raw(nodes.Constants.Written)
            .Message(InputField, Declared(shape.InputTensor))
            .Message(OutputField, Declared(shape.OutputTensor));
    }

    static ProtobufWriter Declared(TensorLayout tensor)
    {
        var dimensions = new ProtobufWriter();
        foreach (var dimension in tensor.Dimensions)
        {
            dimensions.Message(1, new ProtobufWriter().Number(1, dimension));
        }
        var type = new ProtobufWriter().Number(1, ElementType(tensor.Type)).Message(2, dimensions);
        return new ProtobufWriter().Text(1, tensor.Name).Message(2, new ProtobufWriter().Message(1, type));
    }

    /// <summary>ONNX's number of it.</summary>
    public static int ElementType(TensorElementType type) => (int)type;
}
