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
        var rain = layer ?? nodes.Subtract(nodes.Frame(ReducedName, model.Contract.Frames), ReducedBackgroundName);
        nodes.Subtract(nodes.Frame(ModelContract.InputName, model.Contract.Frames), nodes.Enlarge(rain, scale), ModelContract.OutputName);
        return WithContract(GraphCopy.Around(model, nodes, ReducedName, layer is null ? ReducedBackgroundName : null), Contract(model.Contract, scale));
    }

    static byte[] WithContract(ReadOnlySpan<byte> model, ModelContract contract)
    {
        var changed = new ProtobufWriter();
        while (OnnxScanner.Next(ref model, out var field, out _, out _, out var raw))
        {
            if (field != MetadataField)
            {
                changed.Raw(raw);
            }
        }
        foreach (var (key, value) in contract.ToMetadata())
        {
            changed.Message(MetadataField, new ProtobufWriter().Text(KeyField, key).Text(ValueField, value));
        }
        return changed.Written.ToArray();
    }
}
