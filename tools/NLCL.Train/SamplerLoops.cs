using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace NLCL.Train;

/// <summary>Three loops over the candidates of given anchors, for the sampler to be compared with.</summary>
/// <param name="maps"><c>[N, C, H, H]</c>.</param>
/// <param name="values">The same numbers.</param>
/// <param name="kept">Patches to keep.</param>
/// <param name="rows">Row of each map's anchor.</param>
/// <param name="columns">Column of each map's anchor.</param>
sealed class SamplerLoops(Tensor maps, float[] values, int kept, long[] rows, long[] columns)
{
    public const int Patch = 16;
    public const int Window = 40;

    readonly int _channels = (int)maps.shape[1];
    readonly int _side = (int)maps.shape[2];

    /// <summary>Candidate after candidate by operations on tensors, as the method's released code does.</summary>
    public double[] ByTensors()
    {
        using DisposeScope all = NewDisposeScope();
        List<double> found = [];
        for (int picture = 0; picture < rows.Length; picture++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor map = maps.select(0, picture);
            Tensor anchor = Cut(map, rows[picture], columns[picture]);
            List<Tensor> distances = [];
            foreach ((long row, long column) in Candidates(picture))
            {
                using DisposeScope candidate = NewDisposeScope();
                distances.Add((Cut(map, row, column) - anchor).square().sum().sqrt().MoveToOuterDisposeScope());
            }
            (Tensor nearest, _) = stack(distances).topk(kept, 0, false, true);
            found.AddRange(Numbers(nearest));
        }
        return [.. found];
    }

    /// <summary>The double loop that NonLocalSamplerTests holds the sampler to: the map read as numbers of 64 bits, then plain C#.</summary>
    public double[] AsInTheTest()
    {
        using DisposeScope all = NewDisposeScope();
        List<double> found = [];
        for (int picture = 0; picture < rows.Length; picture++)
        {
            double[] map = maps.select(0, picture).to_type(ScalarType.Float64).contiguous().flatten().data<double>().ToArray();
            List<double> distances = [];
            foreach ((long row, long column) in Candidates(picture))
            {
                distances.Add(Math.Sqrt(SquaredDistance(map, Start(row, column), Start(rows[picture], columns[picture]))));
            }
            found.AddRange(distances.Order().Take(kept));
        }
        return [.. found];
    }

    /// <summary>The same in 32 bits on numbers that lie ready, compiled at its best.</summary>
    public double[] Compiled()
    {
        List<double> found = [];
        for (int picture = 0; picture < rows.Length; picture++)
        {
            ReadOnlySpan<float> map = values.AsSpan(picture * _channels * _side * _side);
            List<float> distances = [];
            foreach ((long row, long column) in Candidates(picture))
            {
                distances.Add(MathF.Sqrt(SquaredDistance(map, Start(row, column), Start(rows[picture], columns[picture]))));
            }
            found.AddRange(distances.Order().Take(kept).Select(distance => (double)distance));
        }
        return [.. found];
    }

    public static double[] Numbers(Tensor values) => Array.ConvertAll(values.data<float>().ToArray(), value => (double)value);

    static Tensor Cut(Tensor map, long row, long column) => map.narrow(1, row - (Patch / 2), Patch).narrow(2, column - (Patch / 2), Patch);

    int Start(long row, long column) => (((int)row - (Patch / 2)) * _side) + (int)column - (Patch / 2);

    double SquaredDistance(double[] map, int first, int second)
    {
        double sum = 0;
        for (int channel = 0; channel < _channels; channel++)
        {
            for (int y = 0; y < Patch; y++)
            {
                for (int x = 0; x < Patch; x++)
                {
                    double difference = map[(((channel * _side) + y) * _side) + first + x] - map[(((channel * _side) + y) * _side) + second + x];
                    sum += difference * difference;
                }
            }
        }
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    float SquaredDistance(ReadOnlySpan<float> map, int first, int second)
    {
        float sum = 0;
        for (int channel = 0; channel < _channels; channel++)
        {
            for (int y = 0; y < Patch; y++)
            {
                int offset = ((channel * _side) + y) * _side;
                for (int x = 0; x < Patch; x++)
                {
                    float difference = map[first + offset + x] - map[second + offset + x];
                    sum += difference * difference;
                }
            }
        }
        return sum;
    }

    IEnumerable<(long Row, long Column)> Candidates(int picture)
    {
        for (long row = rows[picture] - (Window / 2); row < rows[picture] + (Window / 2); row++)
        {
            for (long column = columns[picture] - (Window / 2); column < columns[picture] + (Window / 2); column++)
            {
                yield return (row, column);
            }
        }
    }
}
