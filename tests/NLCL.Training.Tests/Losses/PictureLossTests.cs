using static TorchSharp.torch;

namespace NLCL.Training.Tests;

public sealed class PictureLossTests
{
    [Fact]
    public void The_discriminator_wants_one_for_clean_and_zero_for_derained()
    {
        var clean = Values.Normal(1, 2, 1, 3, 3);
        var derained = Values.Normal(2, 2, 1, 4, 4);
        var expected = (Values.Of(clean).Average(value => (value - 1) * (value - 1)) + Values.Of(derained).Average(value => value * value)) / 2;
        Assert.Equal(expected, LeastSquaresAdversary.OfDiscriminator(clean, derained).item<double>(), 1e-12);
        Assert.Equal(0, LeastSquaresAdversary.OfDiscriminator(ones(1, 1, 2, 2), zeros(1, 1, 2, 2)).item<float>());
        Assert.Equal(0.25, LeastSquaresAdversary.OfDiscriminator(full(2, 2, 0.5), full(2, 2, 0.5)).item<float>(), 1e-7);
        Gradients.AssertMatchDifferences(variable => LeastSquaresAdversary.OfDiscriminator(variable, derained), clean);
        Gradients.AssertMatchDifferences(variable => LeastSquaresAdversary.OfDiscriminator(clean, variable), derained);
    }

    [Fact]
    public void The_derainer_wants_one()
    {
        var judgement = Values.Normal(3, 2, 1, 3, 3);
        Assert.Equal(Values.Of(judgement).Average(value => (value - 1) * (value - 1)), LeastSquaresAdversary.OfDerainer(judgement).item<double>(), 1e-12);
        Gradients.AssertMatchDifferences(LeastSquaresAdversary.OfDerainer, judgement);
    }

    [Fact]
    public void Accuracy_is_the_share_of_right_judgements() =>
        Assert.Equal(0.625, LeastSquaresAdversary.Accuracy(tensor(new[] { 0.9f, 0.6f, 0.4f, 0.7f }), tensor(new[] { 0.1f, 0.8f })).item<float>());

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Consistency_is_the_mean_square_of_what_the_layers_miss(int rainChannels)
    {
        var (background, rain, rainy) = (Values.Normal(1, 2, 3, 2, 2), Values.Normal(2, 2, rainChannels, 2, 2), Values.Normal(3, 2, 3, 2, 2));
        var (b, r, o) = (Values.Of(background), Values.Of(rain.expand(2, 3, 2, 2)), Values.Of(rainy));
        var expected = Enumerable.Range(0, b.Length).Average(i => (b[i] + r[i] - o[i]) * (b[i] + r[i] - o[i]));
        Assert.Equal(expected, Consistency.Loss(background, rain, rainy).item<double>(), 1e-12);
        Gradients.AssertMatchDifferences(variable => Consistency.Loss(background, variable, rainy), rain);
        Gradients.AssertMatchDifferences(variable => Consistency.Loss(variable, rain, rainy), background);
    }

    [Fact]
    public void Sparsity_is_the_mean_absolute_difference()
    {
        var (rainy, background) = (Values.Normal(4, 1, 3, 3, 2), Values.Normal(5, 1, 3, 3, 2));
        Assert.Equal(Values.Of(rainy).Zip(Values.Of(background), (a, b) => Math.Abs(a - b)).Average(), Sparsity.Loss(rainy, background).item<double>(), 1e-12);
        Gradients.AssertMatchDifferences(variable => Sparsity.Loss(rainy, variable), background);
        Gradients.AssertFinite(variable => Sparsity.Loss(variable, variable.detach()), background);
    }

    [Fact]
    public void Tone_is_the_square_of_local_means()
    {
        var clean = Values.Picture(5, 1, 3, 4, 6).to_type(ScalarType.Float64);
        var background = clean + Values.Normal(6, 1, 3, 4, 6);
        // So small a picture lies in one square as a whole.
        var means = Enumerable.Range(0, 3).Select(channel => Values.Of((background - clean)[0, channel]).Average());
        Assert.Equal(means.Average(mean => mean * mean), Tone.Loss(background, clean).item<double>(), 1e-12);
        Gradients.AssertMatchDifferences(variable => Tone.Loss(variable, clean), background);

        // Streaks finer than the square hardly count, a shift does in full.
        var flat = zeros(1, 3, 64, 64, dtype: ScalarType.Float64);
        var streaks = flat.clone();
        streaks.slice(3, 0, 64, 2).add_(0.2);
        Assert.InRange(Tone.Loss(streaks - 0.1, flat).item<double>(), 0, 0.1 * 0.1 / 500);
        Assert.Equal(0.1 * 0.1, Tone.Loss(flat + 0.1, flat).item<double>(), 1e-12);
    }

    [Fact]
    public void Log_error_is_a_tenth_of_the_decibels_of_each_picture()
    {
        var clean = Values.Picture(5, 2, 3, 4, 6).to_type(ScalarType.Float64);
        var background = clean + (Values.Normal(6, 2, 3, 4, 6) * tensor(new[] { 0.5, 0.01 }).view(2, 1, 1, 1));
        var expected = Enumerable.Range(0, 2).Average(n => Math.Log10(Values.Of((background - clean)[n]).Average(value => value * value) + LogError.Floor));
        Assert.Equal(expected, LogError.Loss(background, clean).item<double>(), 1e-12);
        Assert.Equal(-4, LogError.Loss(clean, clean).item<double>(), 1e-12);
        Gradients.AssertMatchDifferences(variable => LogError.Loss(variable, clean), background);
    }

    [Fact]
    public void Kept_tone_is_what_the_mean_moves_where_rain_did_not_move_it()
    {
        var clean = Values.Picture(5, 3, 3, 4, 6).to_type(ScalarType.Float64);
        // The first picture gets streaks that brighten as much as they darken, the second a veil, the third nothing.
        var streaks = cat([full([1, 1, 4, 3], 0.1, dtype: ScalarType.Float64), full([1, 1, 4, 3], -0.1, dtype: ScalarType.Float64)], 3);
        var rainy = clean + cat([streaks, full([1, 1, 4, 6], 0.01, dtype: ScalarType.Float64), zeros(1, 1, 4, 6, dtype: ScalarType.Float64)]);
        var background = clean + 0.001 * Values.Normal(6, 3, 3, 4, 6) + tensor(new[] { 0.02, 0.5, -0.003 }).view(3, 1, 1, 1);
        var shifts = Enumerable.Range(0, 3).Select(n => Math.Abs(Values.Of((background - clean)[n]).Average())).ToArray();
        Assert.Equal((shifts[0] + shifts[2]) / 3, KeptTone.Loss(rainy, background, clean).item<double>(), 1e-12);
        Gradients.AssertMatchDifferences(variable => KeptTone.Loss(rainy, variable, clean), background);
    }

    [Fact]
    public void Dark_rain_is_the_mean_of_the_negative_part()
    {
        var rain = Values.Normal(9, 2, 1, 3, 2);
        Assert.Equal(Values.Of(rain).Average(value => Math.Max(0, -value)), DarkRain.Loss(rain).item<double>(), 1e-12);
        Gradients.AssertMatchDifferences(DarkRain.Loss, rain);
    }

    [Fact]
    public void Achromatic_rain_is_measured_against_its_grey()
    {
        var rain = Values.Normal(6, 2, 3, 2, 2);
        var values = Values.Of(rain.permute(0, 2, 3, 1)).Chunk(3);
        var expected = values.Average(pixel => pixel.Average(value => Math.Abs(value - pixel.Average())));
        Assert.Equal(expected, AchromaticRain.Loss(rain).item<double>(), 1e-12);
        Assert.Equal(0, AchromaticRain.Loss(rain.narrow(1, 0, 1)).item<double>());
        Gradients.AssertMatchDifferences(AchromaticRain.Loss, rain);
    }

    [Fact]
    public void Charbonnier_is_absolute_far_and_square_near_zero()
    {
        var (a, b) = (Values.Normal(7, 1, 3, 2, 2), Values.Normal(8, 1, 3, 2, 2));
        var expected = Values.Of(a).Zip(Values.Of(b), (x, y) => Math.Sqrt(((x - y) * (x - y)) + 1e-6) - 1e-3).Average();
        Assert.Equal(expected, Charbonnier.Loss(a, b).item<double>(), 1e-12);
        Assert.Equal(0, Charbonnier.Loss(a, a).item<double>(), 1e-15);
        Gradients.AssertMatchDifferences(variable => Charbonnier.Loss(variable, b), a);
        Gradients.AssertFinite(variable => Charbonnier.Loss(variable, a), a);
    }

    [Fact]
    public void Structural_similarity_is_what_is_measured_but_for_the_offset_of_luma()
    {
        (Tensor a, Tensor b) = (Smooth(1), Smooth(2));
        (double[] x, double[] y) = (Grey(a), Grey(b));
        double sum = 0;
        for (int top = 0; top <= 13 - 11; top++)
        {
            for (int left = 0; left <= 12 - 11; left++) { sum += WindowSimilarity(x, y, top, left); }
        }
        Assert.Equal(1 - (sum / 6), StructuralSimilarity.Loss(a, b).item<double>(), 1e-9);
        Assert.Equal(0, StructuralSimilarity.Loss(a, a).item<double>(), 1e-9);
        Assert.InRange(StructuralSimilarity.Loss(a, -a + 1).item<double>(), 1, 2);
        Gradients.AssertMatchDifferences(variable => StructuralSimilarity.Loss(variable, b), a);
        Gradients.AssertFinite(variable => StructuralSimilarity.Loss(variable, zeros_like(a)), zeros_like(a));

        static Tensor Smooth(int seed) => (Values.Normal(seed, 1, 3, 13, 12) * 0.1) + 0.5;
        static double[] Grey(Tensor picture)
        {
            double[] values = Values.Of(picture);
            return [.. Enumerable.Range(0, 13 * 12).Select(at => (0.299 * values[at]) + (0.587 * values[156 + at]) + (0.114 * values[312 + at]))];
        }
        static double WindowSimilarity(double[] x, double[] y, int top, int left)
        {
            double total = 0, meanX = 0, meanY = 0, squareX = 0, squareY = 0, product = 0;
            for (int row = 0; row < 11; row++)
            {
                for (int column = 0; column < 11; column++)
                {
                    double weight = Math.Exp(-(((row - 5) * (row - 5)) + ((column - 5) * (column - 5))) / 4.5);
                    (double u, double v) = (x[((top + row) * 12) + left + column], y[((top + row) * 12) + left + column]);
                    (total, meanX, meanY) = (total + weight, meanX + (weight * u), meanY + (weight * v));
                    (squareX, squareY, product) = (squareX + (weight * u * u), squareY + (weight * v * v), product + (weight * u * v));
                }
            }
            (meanX, meanY) = (meanX / total, meanY / total);
            double covariance = (product / total) - (meanX * meanY);
            double variances = (squareX / total) - (meanX * meanX) + (squareY / total) - (meanY * meanY);
            return ((2 * meanX * meanY) + 1e-4) * ((2 * covariance) + 9e-4) / (((meanX * meanX) + (meanY * meanY) + 1e-4) * (variances + 9e-4));
        }
    }

    [Fact]
    public void Default_weights_are_these()
    {
        Assert.Equal(new LossWeights { Replay = 10, StructuralSimilarity = 8, SelfReplay = 2, Adversary = 0.05, LocationContrast = 0.05, LayerContrast = 0.05, SelfSimilarity = 6, DarkRain = 1.2 }, new LossWeights());
        Assert.Equal(
            new LossWeights { Replay = 0, StructuralSimilarity = 0, SelfReplay = 0, Adversary = 1, LocationContrast = 1, LayerContrast = 1, SelfSimilarity = 0, DarkRain = 0, Consistency = 4, Sparsity = 0.2 },
            LossWeights.Paper);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LossWeights { Sparsity = -1 }.Validate());
    }
}
