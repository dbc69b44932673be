namespace NLCL.Runtime;

/// <summary>
/// A model's own graph with nodes around it that show the network a picture of a fraction of the size and take the rain that it finds there off the
/// whole one: <c>background = rainy - enlarged(reduced - network(reduced))</c>. So what is no rain keeps every detail, and the cost falls with the square.
/// </summary>
static class ScaledGraph
{
    const string Prefix = "nlcl.scale/", ReducedName = Prefix + ModelContract.InputName, ReducedBackgroundName = Prefix + ModelContract.OutputName;

    // Fields of ModelProto and StringStringEntryProto.
    const int MetadataField = 14, KeyField = 1, ValueField = 2;

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
        // What the network itself takes off at its end may have one channel, so that there is a third to enlarge.
        var layer = RainGraph.Layer(model);
        var rain = layer ?? nodes.Subtract(Frame(nodes, ReducedName, model.Contract.Frames), ReducedBackgroundName);
        nodes.Subtract(Frame(nodes, ModelContract.InputName, model.Contract.Frames), nodes.Enlarge(rain, scale), ModelContract.OutputName);

        var scaled = new ProtobufWriter();
        ReadOnlySpan<byte> fields = model.Content;
        while (OnnxScanner.Next(ref fields, out var field, out _, out var content, out var raw))
        {
            switch (field)
            {
                case GraphCopy.GraphField: scaled.Message(field, Graph(content, nodes, withoutLast: layer is not null)); break;
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
    static string Frame(GraphNodes nodes, string frames, int count) => count == 1 ? frames : nodes.Split(frames, Channels, count, Colours)[count / 2];

    // The network's own nodes read and write the reduced picture.
    static ProtobufWriter Graph(ReadOnlySpan<byte> fields, GraphNodes nodes, bool withoutLast)
    {
        var names = new Dictionary<string, string> { [ModelContract.InputName] = ReducedName, [ModelContract.OutputName] = ReducedBackgroundName };
        var graph = new ProtobufWriter().Raw(nodes.Before.Written);
        while (OnnxScanner.Next(ref fields, out var field, out _, out var content, out var raw))
        {
            if (field != GraphCopy.NodeField)
            {
                graph.Raw(raw);
            }
            else if (!withoutLast || !GraphCopy.Writes(content, ModelContract.OutputName))
            {
                graph.Message(field, GraphCopy.Renamed(content, names));
            }
        }
        return graph.Raw(nodes.Behind.Written).Raw(nodes.Constants.Written);
    }
}
