using System.Text;

namespace NLCL.Runtime;

/// <summary>
/// A model's own graph with nodes around it that show the network a picture of a fraction of the size and take the rain that it finds there off the
/// whole one: <c>background = rainy - enlarged(reduced - network(reduced))</c>. So what is no rain keeps every detail, and the cost falls with the square.
/// </summary>
static class ScaledGraph
{
    const string Prefix = "nlcl.scale/", ReducedName = Prefix + ModelContract.InputName, ReducedBackgroundName = Prefix + ModelContract.OutputName;

    // Fields of ModelProto, GraphProto, NodeProto and StringStringEntryProto.
    const int GraphField = 7, MetadataField = 14, NodeField = 1, InputsField = 1, OutputsField = 2, KeyField = 1, ValueField = 2;

    const int Channels = 1, Colours = 3;

    /// <summary>Whether a model can be run so: operators as they are used here.</summary>
    public static bool Fits(ModelFile model) => model.Opset >= GraphNodes.LeastOpset;

    /// <summary>The contract of the model at a fraction of the size.</summary>
    public static ModelContract Contract(ModelContract contract, int scale) => contract with
    {
        SizeMultiple = scale * contract.SizeMultiple,
        // Enlarging looks at one reduced pixel more, and the mean of a reduced pixel at all of its own.
        ReceptiveField = scale * (contract.ReceptiveField + 2),
    };

    /// <param name="model">That <see cref="Fits"/>.</param>
    /// <param name="scale">Side of the square of pixels whose mean the network sees; at least 2.</param>
    public static byte[] Around(ModelFile model, int scale)
    {
        var nodes = new GraphNodes(Prefix);
        nodes.Rename(nodes.Mean(ModelContract.InputName, [scale, scale], [scale, scale]), ReducedName);
        nodes.IsBehind = true;
        var rain = nodes.Subtract(Middle(nodes, ReducedName, model.Contract.Frames), ReducedBackgroundName);
        var background = nodes.Subtract(Middle(nodes, ModelContract.InputName, model.Contract.Frames), nodes.Enlarge(rain, scale));
        nodes.Rename(background, ModelContract.OutputName);

        var scaled = new ProtobufWriter();
        ReadOnlySpan<byte> fields = model.Content;
        while (OnnxScanner.Next(ref fields, out var field, out _, out var content, out var raw))
        {
            switch (field)
            {
                case GraphField: scaled.Message(GraphField, Graph(content, nodes)); break;
                case MetadataField: break;
                default: scaled.Raw(raw); break;
            }
        }
        foreach (var (key, value) in Contract(model.Contract, scale).ToMetadata())
        {
            scaled.Message(MetadataField, new ProtobufWriter().Text(KeyField, key).Text(ValueField, value));
        }
        return scaled.Written.ToArray();
    }

    // Of a network that sees neighbours the frame itself.
    static string Middle(GraphNodes nodes, string frames, int count) =>
        count == 1 ? frames : nodes.Slice(frames, Channels, count / 2 * Colours, ((count / 2) + 1) * Colours);

    static ProtobufWriter Graph(ReadOnlySpan<byte> fields, GraphNodes nodes)
    {
        var graph = new ProtobufWriter().Raw(nodes.Before.Written);
        while (OnnxScanner.Next(ref fields, out var field, out _, out var content, out var raw))
        {
            if (field == NodeField)
            {
                graph.Message(NodeField, Node(content));
            }
            else
            {
                graph.Raw(raw);
            }
        }
        return graph.Raw(nodes.Behind.Written).Raw(nodes.Constants.Written);
    }

    // The network's own nodes read and write the reduced picture.
    static ProtobufWriter Node(ReadOnlySpan<byte> fields)
    {
        var node = new ProtobufWriter();
        while (OnnxScanner.Next(ref fields, out var field, out _, out var content, out var raw))
        {
            var name = field is InputsField or OutputsField ? Encoding.UTF8.GetString(content) : null;
            if (name is ModelContract.InputName or ModelContract.OutputName)
            {
                node.Text(field, name == ModelContract.InputName ? ReducedName : ReducedBackgroundName);
            }
            else
            {
                node.Raw(raw);
            }
        }
        return node;
    }
}
