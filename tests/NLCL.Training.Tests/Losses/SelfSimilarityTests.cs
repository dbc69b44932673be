using static TorchSharp.torch;

namespace NLCL.Training.Tests;

public sealed class SelfSimilarityTests
{
    [Fact]
    public void It_is_the_trusted_mean_of_charbonnier_distances()
    {
        Tensor background = Values.Normal(1, 2, 3, 4, 5);
        (Tensor Values, Tensor Trust)[] places = [(Values.Normal(2, 2, 3, 4, 5), Values.Normal(3, 2, 1, 4, 5).square()), (Values.Normal(4, 2, 3, 4, 5), Values.Normal(5, 2, 1, 4, 5).square())];
        double sum = 0, weights = 0;
        foreach ((Tensor values, Tensor trust) in places)
        {
            double[] b = Values.Of(background), v = Values.Of(values), w = Values.Of(trust.expand(2, 3, 4, 5));
            for (int i = 0; i < b.Length; i++)
            {
                sum += w[i] * (Math.Sqrt(((b[i] - v[i]) * (b[i] - v[i])) + 1e-6) - 1e-3);
                weights += w[i];
            }
        }
        Assert.Equal(sum / weights, SelfSimilarity.Loss(background, places).item<double>(), 1e-10);
        Gradients.AssertMatchDifferences(variable => SelfSimilarity.Loss(variable, places), background);
    }

    [Fact]
    public void A_difference_in_tone_can_be_forgiven()
    {
        Tensor background = Values.Normal(1, 1, 3, 9, 9), trust = ones([1, 1, 9, 9], float64);
        (Tensor, Tensor)[] brighter = [(background + 0.2, trust)];
        Assert.Equal(0, SelfSimilarity.Loss(background, brighter, toneSide: 5).item<double>(), 1e-12);
        Assert.Equal(0.2, SelfSimilarity.Loss(background, brighter).item<double>(), 1e-2);
        (Tensor, Tensor)[] other = [(Values.Normal(2, 1, 3, 9, 9), trust)];
        Gradients.AssertMatchDifferences(variable => SelfSimilarity.Loss(variable, other, toneSide: 5), background);
    }

    [Fact]
    public void Nothing_trusted_is_nothing_to_learn() =>
        Assert.Equal(0, SelfSimilarity.Loss(Values.Normal(1, 1, 3, 4, 4), [(Values.Normal(2, 1, 3, 4, 4), zeros([1, 1, 4, 4], float64))]).item<double>());
}
