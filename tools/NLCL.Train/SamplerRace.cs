using System.Diagnostics;
using System.Runtime.CompilerServices;
using NLCL.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NLCL.Train;

/// <summary>Shortest times in ms of one call, and by how much the contestants' sorted distances differ at most.</summary>
readonly record struct SamplerLap(double Sampler, double TensorLoop, double CompiledLoop, double Difference);

/// <summary>Runs the sampler and two loops over its candidates on the same maps and anchors, in turn, round after round.</summary>
sealed class SamplerRace : IDisposable
{
    const int Patch = 16;
    const int Window = 40;

    static readonly TimeSpan s_lap = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1.5);

    readonly NonLocalSampler _sampler = new();
    readonly int _kept;
    readonly int _side;
    readonly int _channels;
    readonly bool _processorTime;
    readonly Tensor _maps;
    readonly float[] _values;
    readonly long[] _rows;
    readonly long[] _columns;

    /// <param name="pictures">Maps in the batch.</param>
    /// <param name="channels">Of each map.</param>
    /// <param name="side">Of each map, in pixels.</param>
    /// <param name="kept">Patches to keep.</param>
    /// <param name="processorTime">Whether to measure the process's processor time, to which other processes add little; it suits one thread.</param>
    public SamplerRace(int pictures, int channels, int side, int kept, bool processorTime)
    {
        (_channels, _side, _kept, _processorTime) = (channels, side, kept, processorTime);
        Random random = new(1);
        _values = [.. Enumerable.Range(0, pictures * channels * side * side).Select(_ => random.NextSingle())];
        _maps = tensor(_values, [pictures, channels, side, side]);
        // Where no border cuts the window: every anchor has all 1600 candidates.
        int margin = Math.Min((Window / 2) + (Patch / 2), side / 2);
        _rows = [.. Enumerable.Range(0, pictures).Select(_ => (long)random.Next(margin, side - margin + 1))];
        _columns = [.. Enumerable.Range(0, pictures).Select(_ => (long)random.Next(margin, side - margin + 1))];
    }

    public SamplerLap Run(int rounds, CancellationToken cancellation)
    {
        using IDisposable still = no_grad();
        Func<double[]>[] contestants = [Sampler, TensorLoop, CompiledLoop];
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
        return new SamplerLap(times[0].Min(), times[1].Min(), times[2].Min(), difference);
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

    double[] Sampler()
    {
        using DisposeScope scope = NewDisposeScope();
        return Numbers(_sampler.SampleAround(_maps, _kept, _rows, _columns).Distances);
    }

    double[] TensorLoop()
    {
        using DisposeScope all = NewDisposeScope();
        List<double> found = [];
        for (int picture = 0; picture < _rows.Length; picture++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor map = _maps.select(0, picture);
            Tensor anchor = Cut(map, _rows[picture], _columns[picture]);
            List<Tensor> distances = [];
            foreach ((long row, long column) in Candidates(picture))
            {
                using DisposeScope candidate = NewDisposeScope();
                distances.Add((Cut(map, row, column) - anchor).square().sum().sqrt().MoveToOuterDisposeScope());
            }
            (Tensor nearest, _) = stack(distances).topk(_kept, 0, false, true);
            found.AddRange(Numbers(nearest));
        }
        return [.. found];
    }

    static Tensor Cut(Tensor map, long row, long column) => map.narrow(1, row - (Patch / 2), Patch).narrow(2, column - (Patch / 2), Patch);

    double[] CompiledLoop()
    {
        List<double> found = [];
        for (int picture = 0; picture < _rows.Length; picture++)
        {
            int start = picture * _channels * _side * _side;
            List<float> distances = [];
            foreach ((long row, long column) in Candidates(picture))
            {
                int candidate = start + (((int)row - (Patch / 2)) * _side) + (int)column - (Patch / 2);
                int anchor = start + (((int)_rows[picture] - (Patch / 2)) * _side) + (int)_columns[picture] - (Patch / 2);
                distances.Add(MathF.Sqrt(SquaredDistance(candidate, anchor)));
            }
            found.AddRange(distances.Order().Take(_kept).Select(distance => (double)distance));
        }
        return [.. found];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    float SquaredDistance(int first, int second)
    {
        float sum = 0;
        for (int channel = 0; channel < _channels; channel++)
        {
            for (int y = 0; y < Patch; y++)
            {
                int offset = ((channel * _side) + y) * _side;
                for (int x = 0; x < Patch; x++)
                {
                    float difference = _values[first + offset + x] - _values[second + offset + x];
                    sum += difference * difference;
                }
            }
        }
        return sum;
    }

    IEnumerable<(long Row, long Column)> Candidates(int picture)
    {
        for (long row = _rows[picture] - (Window / 2); row < _rows[picture] + (Window / 2); row++)
        {
            for (long column = _columns[picture] - (Window / 2); column < _columns[picture] + (Window / 2); column++)
            {
                yield return (row, column);
            }
        }
    }

    static double[] Numbers(Tensor values) => [.. values.flatten().data<float>().ToArray().Select(value => (double)value)];
}
