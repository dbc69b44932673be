namespace NLCL.Runtime;

/// <summary>
/// A model's own graph with nodes around it that show the network each picture twice, as it is and left for right, and take the mean of what it finds, mirrored
/// back. Where it errs by chance it errs differently in both.
/// </summary>
static class MirroredGraph
{
    const string Prefix = "nlcl.mirror/", BothName = Prefix + ModelContract.InputName, BothBackgroundsName = Prefix + ModelContract.OutputName;

    const int Batch = 0, Columns = 3;

    /// <summary>Whether a model can be run so: two pictures at a time, operators as they are used here.</summary>
    public static bool Fits(ModelFile model) => model.TakesBatches && model.Opset >= GraphNodes.LeastOpset;

    /// <param name="model">That <see cref="Fits"/>.</param>
    public static byte[] Around(ModelFile model)
    {
        var nodes = new GraphNodes(Prefix);
        nodes.Rename(nodes.Concat(Batch, ModelContract.InputName, nodes.Reverse(ModelContract.InputName, Columns)), BothName);
        nodes.IsBehind = true;
        // What the network itself takes off at its end may have one channel.
        var layer = RainGraph.Layer(model);
        var found = nodes.Halve(layer ?? BothBackgroundsName, Batch);
        var mean = nodes.Multiply(nodes.Add(found[0], nodes.Reverse(found[1], Columns)), 0.5f);
        if (layer is null)
        {
            nodes.Rename(mean, ModelContract.OutputName);
        }
        else
        {
            nodes.Subtract(nodes.Frame(ModelContract.InputName, model.Contract.Frames), mean, ModelContract.OutputName);
        }
        return GraphCopy.Around(model, nodes, BothName, layer is null ? BothBackgroundsName : null);
    }
}
