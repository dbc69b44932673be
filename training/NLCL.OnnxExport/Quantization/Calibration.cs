using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using NLCL.OnnxExport.Format;

namespace NLCL.OnnxExport;

/// <summary>Runs a graph and watches its intermediate values.</summary>
static class Calibration
{
    /// <param name="model">In 32 bits, with one input; left as it is.</param>
    /// <param name="values">Names of intermediate values of 32-bit numbers.</param>
    /// <param name="inputs">What to run it on.</param>
    public static IReadOnlyDictionary<string, ValueHistogram> Watch(ModelProto model, IReadOnlyList<string> values, IReadOnlyList<SampleInput> inputs)
    {
        var open = model.Clone();
        open.Graph.Output.Add(values
            .Where(value => !model.Graph.Output.Any(output => output.Name == value))
            .Select(value => new ValueInfoProto
            {
                Name = value,
                Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = ElementType.Single } },
            }));
        using var session = new InferenceSession(open.ToByteArray());
        var histograms = values.ToDictionary(value => value, _ => new ValueHistogram(), StringComparer.Ordinal);
        // Twice over the inputs: bins need the extremes, and keeping every value would need the memory.
        Run(session, model, values, inputs, (name, numbers) => histograms[name].Extend(numbers));
        Run(session, model, values, inputs, (name, numbers) => histograms[name].Add(numbers));
        return histograms;
    }

    static void Run(InferenceSession session, ModelProto model, IReadOnlyList<string> values, IReadOnlyList<SampleInput> inputs,
        Action<string, ReadOnlySpan<float>> see)
    {
        using var options = new RunOptions();
        foreach (var sample in inputs)
        {
            using var input = sample.ToOrtValue();
            using var results = session.Run(options, [model.Graph.Input[0].Name], [input], values);
            foreach (var (index, result) in results.Index())
            {
                see(values[index], result.GetTensorDataAsSpan<float>());
            }
        }
    }
}
