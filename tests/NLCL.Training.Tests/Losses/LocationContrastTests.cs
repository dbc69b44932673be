using static TorchSharp.torch;

namespace NLCL.Training.Tests;

public sealed class LocationContrastTests
{
    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(3, 7, 5)]
    public void Equals_the_sum_over_all_pairs(int pictures, int count, int length)
    {
        var query = Values.Directions(1, pictures, count, length);
        var key = Values.Directions(2, pictures, count, length);
        Assert.Equal(Reference(query, key, 0.2), LocationContrast.Loss(query, key, 0.2).item<double>(), 1e-12);
    }

    [Fact]
    public void Gradient_matches_differences()
    {
        var key = Values.Directions(3, 2, 4, 3);
        Gradients.AssertMatchDifferences(query => LocationContrast.Loss(query, key, 0.5), Values.Directions(4, 2, 4, 3));
    }

    [Fact]
    public void No_gradient_reaches_the_rainy_picture()
    {
        var query = Values.Directions(5, 1, 4, 3).requires_grad_();
        var key = Values.Directions(6, 1, 4, 3).requires_grad_();
        LocationContrast.Loss(query, key).backward();
        Assert.NotNull(query.grad);
        Assert.Null(key.grad);
    }

    [Fact]
    public void Equal_features_cost_the_logarithm_of_their_number()
    {
        var equal = ones(2, 16, 8, dtype: ScalarType.Float64) / Math.Sqrt(8);
        Assert.Equal(Math.Log(16), LocationContrast.Loss(equal, equal).item<double>(), 1e-12);
    }

    [Fact]
    public void Matching_places_cost_less_than_swapped_ones()
    {
        var key = Values.Directions(7, 1, 8, 16);
        Assert.True(LocationContrast.Loss(key, key).item<double>() < LocationContrast.Loss(key.flip(1), key).item<double>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-20)]
    [InlineData(1e15)]
    public void Extreme_features_stay_finite(double scale)
    {
        var features = (Values.Normal(8, 2, 5, 4) * scale).to_type(ScalarType.Float32);
        Gradients.AssertFinite(query => LocationContrast.Loss(query, features), features);
    }

    [Fact]
    public void Taps_are_averaged()
    {
        Tensor[] queries = [Values.Directions(1, 1, 4, 3), Values.Directions(2, 1, 6, 5)];
        Tensor[] keys = [Values.Directions(3, 1, 4, 3), Values.Directions(4, 1, 6, 5)];
        var expected = (LocationContrast.Loss(queries[0], keys[0]).item<double>() + LocationContrast.Loss(queries[1], keys[1]).item<double>()) / 2;
        Assert.Equal(expected, LocationContrast.Loss(queries, keys).item<double>(), 1e-12);
    }

    [Fact]
    public void A_single_place_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LocationContrast.Loss(ones(1, 1, 4), ones(1, 1, 4)));

    // As published: the positive apart, the diagonal of the rest blanked.
    static double Reference(Tensor query, Tensor key, double temperature)
    {
        var (pictures, count) = ((int)query.shape[0], (int)query.shape[1]);
        var total = 0.0;
        for (var picture = 0; picture < pictures; picture++)
        {
            for (var i = 0; i < count; i++)
            {
                var q = Values.Vector(query, picture, i);
                var positive = Math.Exp(Values.Dot(q, Values.Vector(key, picture, i)) / temperature);
                var sum = positive;
                for (var j = 0; j < count; j++)
                {
                    sum += j == i ? 0 : Math.Exp(Values.Dot(q, Values.Vector(key, picture, j)) / temperature);
                }

                total -= Math.Log(positive / sum);
            }
        }

        return total / (pictures * count);
    }
}
