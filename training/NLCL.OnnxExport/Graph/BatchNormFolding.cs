using NLCL.OnnxExport.Format;

namespace NLCL.OnnxExport;

/// <summary>
/// A convolution followed by fixed statistics is another convolution:
/// <c>W' = W·s</c>, <c>b' = (b - mean)·s + shift</c> with <c>s = scale / √(variance + ε)</c> per output channel; transposed ones alike.
/// </summary>
static class BatchNormFolding
{
    /// <summary>Folds where the convolution feeds nothing else and its weights serve nothing else; leaves the rest alone.</summary>
    public static void Fold(GraphProto graph)
    {
        var uses = graph.CountUses();
        var tensors = graph.NamedInitializers();
        foreach (var norm in graph.Node.Where(node => node.OpType == "BatchNormalization").ToList())
        {
            var conv = graph.Node.FirstOrDefault(node => node.OpType is "Conv" or "ConvTranspose" && node.Output[0] == norm.Input[0]);
            if (conv is not null && uses[conv.Output[0]] == 1 && conv.Input.Skip(1).All(name => uses[name] == 1)
                && tensors[conv.Input[1]].DataType == ElementType.Single)
            {
                Fold(graph, tensors, conv, norm);
            }
        }
    }

    static void Fold(GraphProto graph, Dictionary<string, TensorProto> tensors, NodeProto conv, NodeProto norm)
    {
        var scale = tensors[norm.Input[1]].Floats;
        var shift = tensors[norm.Input[2]].Floats;
        var mean = tensors[norm.Input[3]].Floats;
        var variance = tensors[norm.Input[4]].Floats;
        var epsilon = norm.AttributeNamed("epsilon").F;
        var weight = tensors[conv.Input[1]];
        var weights = weight.Floats.ToArray();
        var bias = conv.Input.Count > 2 ? tensors[conv.Input[2]].Floats.ToArray() : new float[scale.Length];
        var factors = new double[scale.Length];
        for (var channel = 0; channel < scale.Length; channel++)
        {
            factors[channel] = scale[channel] / Math.Sqrt(variance[channel] + (double)epsilon);
            bias[channel] = (float)((bias[channel] - mean[channel]) * factors[channel] + shift[channel]);
        }
        var channelOf = OutputChannels(conv, weight);
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)(weights[i] * factors[channelOf(i)]);
        }
        weight.RawData = TensorProto.Data(weights);
        if (conv.Input.Count > 2)
        {
            tensors[conv.Input[2]].RawData = TensorProto.Data(bias);
        }
        else
        {
            var added = new TensorProto { Name = $"{conv.Name}.bias", DataType = ElementType.Single, Dims = { bias.Length }, RawData = TensorProto.Data(bias) };
            graph.Initializer.Insert(graph.Initializer.IndexOf(weight) + 1, added);
            tensors.Add(added.Name, added);
            conv.Input.Add(added.Name);
        }
        graph.Node.Remove(norm);
        if (graph.Output.Any(output => output.Name == norm.Output[0]))
        {
            conv.Output[0] = norm.Output[0];
            return;
        }
        foreach (var node in graph.Node)
        {
            node.RenameInput(norm.Output[0], conv.Output[0]);
        }
    }

    /// <summary>
    /// Which output channel a weight belongs to: <c>[O, C/groups, kh, kw]</c> has it first, the transposed <c>[C, O/groups, kh, kw]</c> second and
    /// begins anew with every group of C.
    /// </summary>
    static Func<int, int> OutputChannels(NodeProto conv, TensorProto weight)
    {
        var kernel = (int)(weight.Dims[2] * weight.Dims[3]);
        var (first, second) = ((int)weight.Dims[0], (int)weight.Dims[1]);
        if (conv.OpType == "Conv")
        {
            return i => i / (kernel * second);
        }
        var inGroup = first / (int)conv.AttributeNamed("group").I;
        return i => i / (kernel * second) / inGroup * second + i / kernel % second;
    }
}
