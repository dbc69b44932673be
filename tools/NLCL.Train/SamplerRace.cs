using System.Diagnostics;
using NLCL.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NLCL.Train;

/// <summary>Times in ms of one call, and by how much the contestants' sorted distances differ at most.</summary>
/// <param name="Sampler">Of the sampler.</param>
/// <param name="TensorLoop">Of <see cref="SamplerLoops.ByTensors"/>.</param>
/// <param name="ReferenceLoop">Of <see cref="SamplerLoops.AsInTheTest"/>.</param>
/// <param name="CompiledLoop">Of <see cref="SamplerLoops.Compiled"/>.</param>
/// <param name="Difference">Of a distance.</param>
readonly record struct SamplerLap(double Sampler, double TensorLoop, double ReferenceLoop, double CompiledLoop, double Difference);

/// <summary>Runs the sampler and three loops over its candidates on the same maps and anchors, in turn, round after round.</summary>
sealed class SamplerRace : IDisposable
{
    static readonly TimeSpan s_lap = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1.5);

    readonly NonLocalSampler _sampler = new();
    readonly int _kept;
    readonly bool _processorTime;
    readonly Tensor _maps;
    readonly SamplerLoops _loops;
    readonly long[] _rows;
    readonly long[] _columns;

    /// <param name="pictures">Maps in the batch.</param>
    /// <param name="channels">Of each map.</param>
    /// <param name="side">Of each map, in pixels.</param>
    /// <param name="kept">Patches to keep.</param>
    /// <param name="processorTime">Whether to measure the process's processor time, to which other processes add little; it suits one thread.</param>
    public SamplerRace(int pictures, int channels, int side, int kept, bool processorTime)
    {
        (_kept, _processorTime) = (kept, processorTime);
        Random random = new(1);
        float[] values = [.. Enumerable.Range(0, pictures * channels * side * side).Select(_ => random.NextSingle())];
        _maps = tensor(values, [pictures, channels, side, side]);
        // Where no border cuts the window: every anchor has all 1600 candidates.
        int margin = Math.Min((SamplerLoops.Window / 2) + (SamplerLoops.Patch / 2), side / 2);
        _rows = [.. Enumerable.Range(0, pictures).Select(_ => (long)random.Next(margin, side - margin + 1))];
        _columns = [.. Enumerable.Range(0, pictures).Select(_ => (long)random.Next(margin, side - margin + 1))];
        _loops = new SamplerLoops(_maps, values, kept, _rows, _columns);
    }

    public SamplerLap Run(int rounds, CancellationToken cancellation)
    {
        using IDisposable still = no_grad();
        Func<double[]>[] contestants = [Sampler, _loops.ByTensors, _loops.AsInTheTest, _loops.Compiled];
        double[][] times = [.. contestants.Select(_ => new double[rounds])];
        double[][] distances = [.. contestants.Select(run => run())];
        // Until the runtime has compiled it at its best, as in a training that goes on for hours: that takes hundreds of calls.
        foreach (Func<double[]> contestant in contestants) { MillisecondsPerCall(contestant, s_warmUp); }
        for (int round = 0; round < rounds; round++)
        {
            for (int index = 0; index < contestants.Length; index++)
            {
                cancellation.ThrowIfCancellationRequested();
                times[index][round] = MillisecondsPerCall(contestants[index], s_lap);
            }
        }
        double difference = distances.Skip(1).Max(other => other.Zip(distances[0], (a, b) => Math.Abs(a - b)).Max());
        return new SamplerLap(Median(times[0]), Median(times[1]), Median(times[2]), Median(times[3]), difference);
    }

    public void Dispose() => _maps.Dispose();

    /// <summary>Mean time of as many calls as fit: one call alone would be timed with the caches that another contestant left.</summary>
    double MillisecondsPerCall(Func<double[]> contestant, TimeSpan least)
    {
        TimeSpan start = Clock();
        int calls = 0;
        do
        {
            contestant();
            calls++;
        }
        while (Clock() - start < least);
        return (Clock() - start).TotalMilliseconds / calls;
    }

    TimeSpan Clock() => _processorTime ? Environment.CpuUsage.TotalTime : Stopwatch.GetElapsedTime(0);

    static double Median(double[] times) => times.Order().ElementAt(times.Length / 2);

    double[] Sampler()
    {
        using DisposeScope scope = NewDisposeScope();
        return SamplerLoops.Numbers(_sampler.SampleAround(_maps, _kept, _rows, _columns).Distances);
    }
}
