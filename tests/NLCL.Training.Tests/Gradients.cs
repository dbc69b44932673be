using static TorchSharp.torch;

namespace NLCL.Training.Tests;

/// <summary>Compares gradients with central differences, in double precision, element by element.</summary>
static class Gradients
{
    const double Step = 1e-5;

    public static void AssertMatchDifferences(Func<Tensor, Tensor> loss, Tensor at, double tolerance = 1e-6)
    {
        var values = at.to_type(ScalarType.Float64).flatten().data<double>().ToArray();
        var variable = Place(values, at.shape).requires_grad_();
        loss(variable).backward();
        var gradient = variable.grad!.flatten().data<double>().ToArray();

        for (var index = 0; index < values.Length; index++)
        {
            var expected = (Evaluate(index, Step) - Evaluate(index, -Step)) / (2 * Step);
            Assert.Equal(expected, gradient[index], tolerance);
        }

        double Evaluate(int index, double offset)
        {
            var moved = (double[])values.Clone();
            moved[index] += offset;
            return loss(Place(moved, at.shape)).item<double>();
        }
    }

    public static void AssertFinite(Func<Tensor, Tensor> loss, Tensor at)
    {
        var variable = at.detach().clone().requires_grad_();
        var value = loss(variable);
        value.backward();
        Assert.True(double.IsFinite(value.to_type(ScalarType.Float64).item<double>()));
        Assert.All(variable.grad!.to_type(ScalarType.Float64).flatten().data<double>().ToArray(), element => Assert.True(double.IsFinite(element)));
    }

    static Tensor Place(double[] values, long[] shape) => tensor(values, dtype: ScalarType.Float64).reshape(shape);
}
