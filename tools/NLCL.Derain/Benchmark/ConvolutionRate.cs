using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace NLCL.Derain;

/// <summary>
/// How fast ONNX Runtime convolves on this machine: eight convolutions of 3 x 3 with 32 channels in a chain, which is what
/// derainers are made of. The rate that a network's own is held against.
/// </summary>
sealed class ConvolutionRate : IDisposable
{
    const int Layers = 8;
    const int Channels = 32;
    const int Width = 320;
    const int Height = 240;

    readonly InferenceSession _session;
    readonly OrtValue _input = OrtValue.CreateTensorValueFromMemory(new float[Channels * Height * Width], [1, Channels, Height, Width]);
    readonly RunOptions _options = new();

    public ConvolutionRate(int threads)
    {
        using SessionOptions session = new() { IntraOpNumThreads = threads, InterOpNumThreads = 1 };
        _session = new InferenceSession(Chain(), session);
    }

    static double Flop => 2.0 * Layers * 9 * Channels * Channels * Width * Height;

    /// <summary>The best of some runs, in GFLOP/s; a multiplication and an addition count two.</summary>
    public double Measure()
    {
        double best = double.PositiveInfinity;
        for (int run = 0; run < 6; run++)
        {
            long start = Stopwatch.GetTimestamp();
            using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(_options, ["in"], [_input], ["out"]);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return Flop / best / 1e9;
    }

    public void Dispose()
    {
        _options.Dispose();
        _input.Dispose();
        _session.Dispose();
    }

    static byte[] Chain()
    {
        Random random = new(1);
        string Name(int layer) => layer == 0 ? "in" : layer == Layers ? "out" : $"layer{layer}";
        IEnumerable<int> layers = Enumerable.Range(0, Layers);
        return OnnxParts.Model(
            layers.Select(layer => OnnxParts.Convolution(Name(layer), $"weight{layer}", Name(layer + 1), 3, 1, 1)),
            layers.Select(layer => OnnxParts.Tensor($"weight{layer}", [Channels, Channels, 3, 3], [.. Enumerable.Range(0, Channels * Channels * 9).Select(_ => (random.NextSingle() - 0.5f) / 8)])),
            "in", "out", [1, Channels, Height, Width]);
    }
}
