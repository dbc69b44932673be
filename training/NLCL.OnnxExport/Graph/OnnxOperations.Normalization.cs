using NLCL.OnnxExport.Format;
using static TorchSharp.torch;

namespace NLCL.OnnxExport;

sealed partial class OnnxOperations
{
    public OnnxValue InstanceNorm(OnnxValue x, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5) =>
        InstanceNormalization(x, PerChannel("InstanceNorm", x, weight, 1), PerChannel("InstanceNorm", x, bias, 0), epsilon,
            graph.WeightName(weight));

    public OnnxValue BatchNorm(OnnxValue x, Tensor runningMean, Tensor runningVariance, Tensor? weight = null,
        Tensor? bias = null, bool training = false, double momentum = 0.1, double epsilon = 1e-5)
    {
        if (training)
        {
            throw new InvalidOperationException("BatchNorm was described in training mode; a file holds the running statistics.");
        }
        return graph.Node("BatchNormalization",
            [
                x,
                PerChannel("BatchNorm", x, weight, 1),
                PerChannel("BatchNorm", x, bias, 0),
                graph.Weight(runningMean),
                graph.Weight(runningVariance),
            ],
            x.ElementType, x.Shape, graph.WeightName(runningMean), AttributeProto.Of("epsilon", (float)epsilon));
    }

    public OnnxValue LayerNorm(OnnxValue x, Tensor weight, Tensor? bias = null, double epsilon = 1e-5)
    {
        var axes = weight.shape.Length;
        for (var axis = 1; axis <= axes; axis++)
        {
            RequireFit("LayerNorm", x, -axis, weight.shape[^axis]);
        }
        return graph.Node("LayerNormalization", [x, graph.Weight(weight), .. Optional(bias)], x.ElementType, x.Shape,
            graph.WeightName(weight), AttributeProto.Of("axis", -axes), AttributeProto.Of("epsilon", (float)epsilon));
    }

    public OnnxValue GroupNorm(OnnxValue x, int groups, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
    {
        var channels = Channels("GroupNorm", x);
        if (channels % groups != 0)
        {
            throw new ArgumentException($"GroupNorm: {channels} channels do not divide into {groups} groups.");
        }
        var scope = graph.WeightName(weight);
        var grouped = Reshape(x, [0, groups, -1]);
        var ones = graph.Numbers(x.ElementType, [.. Enumerable.Repeat(1.0, groups)]);
        var zeros = graph.Numbers(x.ElementType, [.. Enumerable.Repeat(0.0, groups)]);
        var result = ReshapeLike(InstanceNormalization(grouped, ones, zeros, epsilon, scope), x);
        long[] shape = [channels, .. Enumerable.Repeat(1L, x.Rank - 2)];
        if (weight is not null)
        {
            result = Binary("Mul", result, graph.Weight(weight, shape), scope);
        }
        return bias is null ? result : Binary("Add", result, graph.Weight(bias, shape), scope);
    }

    OnnxValue InstanceNormalization(OnnxValue x, OnnxValue weight, OnnxValue bias, double epsilon, string? scope) =>
        graph.Node("InstanceNormalization", [x, weight, bias], x.ElementType, x.Shape, scope,
            AttributeProto.Of("epsilon", (float)epsilon));

    /// <summary>The weight, or that many equal numbers where the module has none.</summary>
    OnnxValue PerChannel(string operation, OnnxValue x, Tensor? weight, double otherwise)
    {
        if (weight is null)
        {
            return graph.Numbers(x.ElementType, [.. Enumerable.Repeat(otherwise, (int)Channels(operation, x))]);
        }
        RequireFit(operation, x, 1, weight.shape[0]);
        return graph.Weight(weight);
    }
}
