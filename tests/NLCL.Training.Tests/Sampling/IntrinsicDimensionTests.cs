using static TorchSharp.torch;

namespace NLCL.Training.Tests;

public sealed class IntrinsicDimensionTests
{
    [Theory]
    [InlineData(1, 0.15)]
    [InlineData(2, 0.25)]
    [InlineData(5, 0.7)]
    [InlineData(8, 1.6)]
    public void Likelihood_finds_the_dimension_of_a_turned_gaussian(int dimension, double tolerance)
    {
        var points = Values.Normal(1, 1500, dimension).matmul(Values.Normal(2, dimension, 24));
        Assert.Equal(dimension, IntrinsicDimension.MaximumLikelihood(points, 15), tolerance);
    }

    [Fact]
    public void Likelihood_sees_through_curvature_where_components_do_not()
    {
        // A closed curve that winds through many directions: one dimension, many components.
        var angle = Values.Picture(3, 2000).to_type(ScalarType.Float64) * (2 * Math.PI);
        var points = stack([.. Enumerable.Range(1, 6).SelectMany(k => new[] { (angle * (double)k).sin(), (angle * (double)k).cos() })], 1);
        Assert.Equal(1, IntrinsicDimension.MaximumLikelihood(points, 10), 0.15);
        Assert.InRange(IntrinsicDimension.PrincipalComponents(points), 10, 12);
    }

    [Fact]
    public void Likelihood_equals_the_sum_over_neighbours()
    {
        var points = Values.Normal(4, 40, 3);
        var rows = Values.Of(points).Chunk(3).ToArray();
        var sum = 0.0;
        foreach (var row in rows)
        {
            var distances = rows.Where(other => other != row)
                .Select(other => Math.Sqrt(row.Zip(other, (a, b) => (a - b) * (a - b)).Sum())).Order().Take(6).ToArray();
            sum += distances[..5].Sum(distance => Math.Log(distances[5] / distance));
        }

        Assert.Equal(40 * 5 / sum, IntrinsicDimension.MaximumLikelihood(points, 6), 1e-9);
    }

    [Fact]
    public void Neither_scale_nor_a_shift_matters()
    {
        var points = Values.Normal(5, 200, 4);
        Assert.Equal(IntrinsicDimension.MaximumLikelihood(points), IntrinsicDimension.MaximumLikelihood((points * 1e-3) + 100), 1e-3);
        Assert.Equal(IntrinsicDimension.PrincipalComponents(points), IntrinsicDimension.PrincipalComponents((points * 1e-3) + 100));
    }

    [Theory]
    [InlineData(500, 30)]
    [InlineData(20, 300)]
    public void Components_count_what_holds_the_variance(int count, int length)
    {
        // Three directions with variances of about 81, 16 and 1: the first two hold 99 percent.
        var points = (Values.Normal(6, count, 3) * tensor(new[] { 9.0, 4.0, 1.0 })).matmul(linalg.qr(Values.Normal(7, length, 3)).Q.transpose(0, 1));
        Assert.Equal(2, IntrinsicDimension.PrincipalComponents(points));
        Assert.Equal(3, IntrinsicDimension.PrincipalComponents(points, 0.9999));
        Assert.InRange(IntrinsicDimension.ParticipationRatio(points), 1.1, 1.9);
    }

    [Fact]
    public void Equal_points_have_no_dimension()
    {
        var points = ones(50, 4);
        Assert.Equal(0, IntrinsicDimension.MaximumLikelihood(points));
        Assert.Equal(0, IntrinsicDimension.PrincipalComponents(points));
        Assert.Equal(0, IntrinsicDimension.ParticipationRatio(points));
    }

    [Fact]
    public void Doubled_points_do_not_spoil_the_estimate()
    {
        var points = Values.Normal(8, 1000, 3);
        Assert.Equal(3, IntrinsicDimension.MaximumLikelihood(cat([points, points], 0), 20), 0.6);
    }

    [Fact]
    public void Too_few_points_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => IntrinsicDimension.MaximumLikelihood(zeros(20, 2), 20));
        Assert.Throws<ArgumentOutOfRangeException>(() => IntrinsicDimension.MaximumLikelihood(zeros(20, 2), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => IntrinsicDimension.PrincipalComponents(zeros(1, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => IntrinsicDimension.PrincipalComponents(zeros(3, 2), 1.5));
    }

    [Fact]
    public void Shares_of_the_variance_are_those_of_the_axes()
    {
        // Along axes of variance 9 : 4 : 1 that the points lie on exactly.
        var points = tensor(new double[] { 3, 0, 0, -3, 0, 0, 0, 2, 0, 0, -2, 0, 0, 0, 1, 0, 0, -1 }).reshape(6, 3);
        var shares = IntrinsicDimension.VarianceShares(points);
        Assert.Equal(9 / 14.0, shares[0], 1e-12);
        Assert.Equal(13 / 14.0, shares[1], 1e-12);
        Assert.Equal(1, shares[2], 1e-12);
        Assert.All(IntrinsicDimension.VarianceShares(ones(5, 4)), share => Assert.Equal(0, share));
    }
}
