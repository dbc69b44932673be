using static TorchSharp.torch;

namespace NLCL.Interop.Tests;

/// <summary>What the torch tests share: seeded tensors and a comparison that says where it failed.</summary>
static class TorchValues
{
    public static Tensor Draw(int seed, params long[] shape)
    {
        using var generator = new Generator((ulong)seed);
        return randn(shape, dtype: ScalarType.Float64, generator: generator);
    }

    public static double[] Doubles(Tensor tensor) => tensor.to(ScalarType.Float64).data<double>().ToArray();

    public static void AreClose(double[] expected, Tensor actual, double tolerance = 1e-9)
    {
        var found = Doubles(actual);
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < found.Length; i++)
        {
            var allowed = tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(Math.Abs(expected[i] - found[i]) <= allowed, $"element {i}: expected {expected[i]}, found {found[i]}");
        }
    }

    public static void AreClose(Tensor expected, Tensor actual, double tolerance = 1e-9)
    {
        Assert.Equal(expected.shape, actual.shape);
        AreClose(Doubles(expected), actual, tolerance);
    }
}
