using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>What a network costs, counted from the shapes that ONNX Runtime reports while it runs.</summary>
static class NetworkCost
{
    /// <summary>Multiply-adds of all convolutions for one pixel of the picture.</summary>
    public static double MultiplyAddsPerPixel(ModelFile model)
    {
        int side = 8 * model.Contract.SizeMultiple;
        string prefix = Path.Combine(Path.GetTempPath(), $"nlcl-cost-{Guid.NewGuid():N}");
        using SessionOptions options = new() { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL, EnableProfiling = true, ProfileOutputPathPrefix = prefix, IntraOpNumThreads = 1 };
        using InferenceSession session = new(model.Path, options);
        int channels = 3 * model.Contract.Frames;
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(new float[channels * side * side], [1, channels, side, side]);
        using RunOptions run = new();
        using (session.Run(run, [ModelContract.InputName], [input], [ModelContract.OutputName])) { }
        string profile = session.EndProfiling();
        try
        {
            using JsonDocument events = JsonDocument.Parse(File.ReadAllBytes(profile));
            return events.RootElement.EnumerateArray().Sum(MultiplyAdds) / side / side;
        }
        finally
        {
            File.Delete(profile);
        }
    }

    static double MultiplyAdds(JsonElement entry)
    {
        if (!entry.TryGetProperty("args", out JsonElement args) || !args.TryGetProperty("op_name", out JsonElement name) || !args.TryGetProperty("output_type_shape", out JsonElement outputs)) { return 0; }
        if (name.GetString() is not { } operation || !operation.Contains("Conv", StringComparison.Ordinal)) { return 0; }
        // The second tensor of four dimensions is the weight: [out, in / group, height, width].
        long[][] inputs = [.. args.GetProperty("input_type_shape").EnumerateArray().Select(Shape)];
        long[] weight = [.. inputs.Where(shape => shape.Length == 4).Skip(1).FirstOrDefault() ?? []];
        return weight.Length == 0 ? 0 : Shape(outputs[0]).Aggregate(1.0, (product, length) => product * length) * weight[1] * weight[2] * weight[3];
    }

    static long[] Shape(JsonElement tensor) => [.. tensor.EnumerateObject().First().Value.EnumerateArray().Select(length => length.GetInt64())];
}
