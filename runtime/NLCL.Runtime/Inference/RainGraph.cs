using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>
/// Networks that end by taking their rain layer off the frame, <c>background = frame - rain</c>, cut off before that: what they then give is the layer alone. Of
/// one channel it is a third of the background's memory, and it is all that luma needs (<see cref="YuvConversion.SubtractRain"/>).
/// </summary>
static class RainGraph
{
    /// <summary>The layer's name in a graph that was cut.</summary>
    public const string OutputName = "nlcl.rain";

    // Of ONNX's TensorProto.DataType.
    const int FloatType = 1;

    /// <summary>Name of the tensor that the network takes off the frame at its end; null where it ends otherwise.</summary>
    public static string? Layer(ModelFile model)
    {
        var operators = GraphCopy.Operators(model.Content);
        return operators.Find(node => node.Outputs.Contains(ModelContract.OutputName)) is { Type: "Sub", Inputs: [var from, var layer] }
            && IsFrame(from, operators, model.Contract.Frames)
            && operators.Exists(node => node.Outputs.Contains(layer))
            ? layer
            : null;
    }

    /// <summary>The model without its last operator.</summary>
    /// <param name="model">With such a <paramref name="layer"/>.</param>
    /// <param name="layer">From <see cref="Layer"/>.</param>
    public static byte[] Of(ModelFile model, string layer) =>
        GraphCopy.WithGraph(model, graph => Graph(graph, new Dictionary<string, string> { [layer] = OutputName }));

    /// <summary>Whether the layer of a graph that was cut has one channel and the frame's pixels, by what ONNX Runtime found of its shape.</summary>
    public static bool GivesOneChannel(InferenceSession session) =>
        session.OutputMetadata.TryGetValue(OutputName, out var layer) && layer.Dimensions is [_, 1, not 1, not 1];

    static ProtobufWriter Graph(ReadOnlySpan<byte> fields, Dictionary<string, string> names)
    {
        var graph = new ProtobufWriter();
        while (OnnxScanner.Next(ref fields, out var field, out _, out var content, out var raw))
        {
            switch (field)
            {
                case GraphCopy.NodeField when GraphCopy.Writes(content, ModelContract.OutputName): break;
                case GraphCopy.NodeField: graph.Message(field, GraphCopy.Renamed(content, names)); break;
                // Its shape is for ONNX Runtime to find.
                case GraphCopy.OutputField: graph.Message(field, new ProtobufWriter().Text(1, OutputName).Message(2, new ProtobufWriter().Message(1, new ProtobufWriter().Number(1, FloatType)))); break;
                default: graph.Raw(raw); break;
            }
        }
        return graph;
    }

    // Of a network that sees neighbours, the middle one of as many parts as it sees frames.
    static bool IsFrame(string name, List<GraphCopy.Operator> operators, int frames) => frames == 1
        ? name == ModelContract.InputName
        : operators.Exists(node => node.Type == "Split" && node.Inputs[0] == ModelContract.InputName && node.Outputs.Count == frames && node.Outputs[frames / 2] == name);
}
