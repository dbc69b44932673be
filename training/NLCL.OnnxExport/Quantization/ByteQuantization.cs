using NLCL.OnnxExport.Format;

namespace NLCL.OnnxExport;

/// <summary>
/// Static quantisation to 8 bits, written as pairs of QuantizeLinear and DequantizeLinear: activations unsigned with one scale
/// a value, weights signed and symmetric with one a channel, biases 32-bit with the product of both. ONNX Runtime turns
/// the pairs around a convolution or a sum into one integer kernel (QLinearConv, QLinearAdd).
/// </summary>
/// <remarks>Scheme: Jacob et al., CVPR 2018; format: ONNX Runtime, "Quantize ONNX models", QDQ.</remarks>
static class ByteQuantization
{
    /// <exception cref="ArgumentException">There is nothing to calibrate with, or the network has several inputs.</exception>
    public static void Convert(ModelProto model, QuantizationOptions options)
    {
        var graph = model.Graph;
        if (graph.Input.Count != 1)
        {
            throw new ArgumentException($"Only networks with one input can be quantised, this one has {graph.Input.Count}.");
        }
        if (options.Calibration.Count == 0)
        {
            throw new ArgumentException("An int8 file needs inputs to find its scales with: QuantizationOptions.Calibration.");
        }
        var plan = new QuantizationPlan(graph, options);
        if (plan.Convolutions.Count == 0)
        {
            throw new ArgumentException("The network has no convolution to quantise.");
        }
        var sources = plan.Values.Select(plan.ScaleOf).Distinct(StringComparer.Ordinal).ToLookup(plan.IsInput);
        var seen = Calibration.Watch(model, [.. sources[false]], options.Calibration);
        var scales = sources[false].ToDictionary(value => value, value => RangeSearch.Choose(seen[value], options.Range), StringComparer.Ordinal);
        foreach (var value in sources[true])
        {
            scales.Add(value, ByteScale.Over(options.InputRange.Low, options.InputRange.High));
        }
        var quantized = plan.Values.ToDictionary(value => value, value => scales[plan.ScaleOf(value)], StringComparer.Ordinal);
        var pairs = new QuantizePairs(graph, plan);
        foreach (var convolution in plan.Convolutions)
        {
            var weights = pairs.Weights(convolution.Input[1]);
            if (convolution.Input.Count > 2)
            {
                convolution.Input[2] = pairs.Bias(convolution, quantized[convolution.Input[0]].Scale, weights.Scales);
            }
            convolution.Input[1] = weights.Name;
        }
        foreach (var (value, scale) in quantized)
        {
            pairs.Around(value, scale);
        }
        pairs.Sort();
        GraphPruning.Prune(graph);
    }
}
