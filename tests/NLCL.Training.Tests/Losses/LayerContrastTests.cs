using static TorchSharp.torch;

namespace NLCL.Training.Tests;

public sealed class LayerContrastTests
{
    public static TheoryData<string> Names => ["symmetric", "cvpr", "asymmetric", "uneven"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Equals_the_sum_over_all_pairs(string name)
    {
        var background = Values.Directions(1, 2, 4, 6);
        var rain = Values.Directions(2, 2, 9, 6);
        Assert.Equal(Reference(background, rain, Settings(name)), LayerContrast.Loss(background, rain, Settings(name)).item<double>(), 1e-11);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_match_differences(string name)
    {
        var background = Values.Directions(3, 2, 3, 4);
        var rain = Values.Directions(4, 2, 4, 4);
        Gradients.AssertMatchDifferences(variable => LayerContrast.Loss(variable, rain, Settings(name)), background, 1e-5);
        Gradients.AssertMatchDifferences(variable => LayerContrast.Loss(background, variable, Settings(name)), rain, 1e-5);
    }

    [Fact]
    public void The_released_setting_weighs_each_anchor_alike()
    {
        var background = Values.Directions(5, 1, 8, 6);
        var rain = Values.Directions(6, 1, 128, 6);
        Assert.Equal(SupervisedContrast(background, rain), LayerContrast.Loss(background, rain, LayerContrastSettings.Cvpr).item<double>(), 1e-10);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Equal_features_cost_the_logarithm_of_the_choices(string name)
    {
        var equal = ones(1, 5, 4, dtype: ScalarType.Float64) / 2;
        var settings = Settings(name);
        // Each positive has 1/9 of the choices; the mean over positives is that too.
        Assert.Equal((settings.BackgroundWeight + settings.RainWeight) * Math.Log(9), LayerContrast.Loss(equal, equal, settings).item<double>(), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Separated_layers_cost_less_than_mixed_ones(string name)
    {
        var background = Cluster(1, 0);
        var rain = Cluster(2, 1);
        Tensor MixedHalves(int first) => cat([background.narrow(1, first, 4), rain.narrow(1, first, 4)], 1);
        Assert.True(LayerContrast.Loss(background, rain, Settings(name)).item<double>()
            < LayerContrast.Loss(MixedHalves(0), MixedHalves(4), Settings(name)).item<double>());
    }

    [Fact]
    public void Backgrounds_may_form_two_clusters_only_where_any_positive_counts()
    {
        var background = cat([Cluster(1, 0, 4), Cluster(2, 2, 4)], 1);
        var rain = Cluster(3, 1);
        var onlyBackground = LayerContrastSettings.Asymmetric with { RainWeight = 0 };
        var any = LayerContrast.Loss(background, rain, onlyBackground).item<double>();
        var each = LayerContrast.Loss(background, rain, onlyBackground with { BackgroundPooling = PositivePooling.EachPositive }).item<double>();
        Assert.True(each > any + 3, $"each {each:0.00}, any {any:0.00}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-20)]
    [InlineData(1e15)]
    public void Extreme_features_stay_finite(double scale)
    {
        var features = (Values.Normal(8, 1, 5, 4) * scale).to_type(ScalarType.Float32);
        foreach (var name in Names)
        {
            Gradients.AssertFinite(background => LayerContrast.Loss(background, features, Settings(name.Data)), features);
        }
    }

    [Fact]
    public void Pictures_are_not_mixed()
    {
        var background = Values.Directions(1, 2, 4, 6);
        var rain = Values.Directions(2, 2, 5, 6);
        double Of(int picture) => LayerContrast.Loss(background.narrow(0, picture, 1), rain.narrow(0, picture, 1)).item<double>();
        Assert.Equal((Of(0) + Of(1)) / 2, LayerContrast.Loss(background, rain).item<double>(), 1e-12);
    }

    [Fact]
    public void A_single_patch_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LayerContrast.Loss(ones(1, 1, 4), ones(1, 2, 4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => LayerContrast.Loss(ones(1, 2, 4), ones(1, 1, 4)));
    }

    static LayerContrastSettings Settings(string name) => name switch
    {
        "symmetric" => LayerContrastSettings.Symmetric,
        "cvpr" => LayerContrastSettings.Cvpr,
        "asymmetric" => LayerContrastSettings.Asymmetric,
        _ => new()
        {
            BackgroundPooling = PositivePooling.EachPositive,
            RainPooling = PositivePooling.AnyPositive,
            BackgroundTemperature = 0.3,
            RainTemperature = 0.5,
            BackgroundWeight = 0.7,
            RainWeight = 1.3,
        },
    };

    // Eight unit vectors near one axis of six.
    static Tensor Cluster(int seed, int axis, int count = 8)
    {
        var near = Values.Normal(seed, 1, count, 6) * 0.05;
        near.select(2, axis).add_(1);
        return near / near.square().sum(-1, keepdim: true).sqrt();
    }

    static double Reference(Tensor background, Tensor rain, LayerContrastSettings settings)
    {
        var pictures = (int)background.shape[0];
        var total = 0.0;
        for (var picture = 0; picture < pictures; picture++)
        {
            total += settings.BackgroundWeight * Side(background, rain, picture, settings.BackgroundTemperature, settings.BackgroundPooling);
            total += settings.RainWeight * Side(rain, background, picture, settings.RainTemperature, settings.RainPooling);
        }

        return total / pictures;
    }

    static double Side(Tensor anchors, Tensor others, int picture, double temperature, PositivePooling pooling)
    {
        var (count, otherCount) = ((int)anchors.shape[1], (int)others.shape[1]);
        var total = 0.0;
        for (var i = 0; i < count; i++)
        {
            var z = Values.Vector(anchors, picture, i);
            var positives = Enumerable.Range(0, count).Where(p => p != i)
                .Select(p => Math.Exp(Values.Dot(z, Values.Vector(anchors, picture, p)) / temperature)).ToArray();
            var all = positives.Sum() + Enumerable.Range(0, otherCount)
                .Sum(a => Math.Exp(Values.Dot(z, Values.Vector(others, picture, a)) / temperature));
            total += pooling == PositivePooling.EachPositive
                ? -positives.Average(positive => Math.Log(positive / all))
                : -Math.Log(positives.Average() / all);
        }

        return total / count;
    }

    // The released form: one set with labels, each member an anchor.
    static double SupervisedContrast(Tensor background, Tensor rain)
    {
        var vectors = Enumerable.Range(0, 8).Select(i => (Label: 1, Z: Values.Vector(background, 0, i)))
            .Concat(Enumerable.Range(0, 128).Select(i => (Label: 0, Z: Values.Vector(rain, 0, i)))).ToArray();
        var total = 0.0;
        for (var i = 0; i < vectors.Length; i++)
        {
            var similarities = vectors.Select(other => Math.Exp(Values.Dot(vectors[i].Z, other.Z) / 0.07)).ToArray();
            var all = similarities.Sum() - similarities[i];
            total -= Enumerable.Range(0, vectors.Length).Where(p => p != i && vectors[p].Label == vectors[i].Label)
                .Average(p => Math.Log(similarities[p] / all));
        }

        return total / vectors.Length;
    }
}
