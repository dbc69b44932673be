using static TorchSharp.torch;

namespace NLCL.Training.Tests;

/// <summary>Seeded inputs, and tensors as plain numbers for the references.</summary>
static class Values
{
    public static Tensor Normal(int seed, params long[] shape)
    {
        var random = new Random(seed);
        var values = new double[shape.Aggregate(1L, (product, side) => product * side)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        }

        return tensor(values, dtype: ScalarType.Float64).reshape(shape);
    }

    public static Tensor Picture(int seed, params long[] shape)
    {
        var random = new Random(seed);
        var values = new float[shape.Aggregate(1L, (product, side) => product * side)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = random.NextSingle();
        }

        return tensor(values).reshape(shape);
    }

    /// <summary>Vectors of length one along the last axis.</summary>
    public static Tensor Directions(int seed, params long[] shape)
    {
        var normal = Normal(seed, shape);
        return normal / normal.square().sum(-1, keepdim: true).sqrt();
    }

    public static double[] Of(Tensor tensor) => tensor.detach().to_type(ScalarType.Float64).contiguous().flatten().data<double>().ToArray();

    /// <summary>The D numbers of vector k in picture n of <c>[N, K, D]</c>.</summary>
    public static double[] Vector(Tensor vectors, int picture, int index) => Of(vectors.select(0, picture).select(0, index));

    public static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
