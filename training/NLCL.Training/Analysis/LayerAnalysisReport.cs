using System.Globalization;

namespace NLCL.Training;

/// <summary>What <see cref="LayerAnalysis"/> found.</summary>
public sealed class LayerAnalysisReport
{
    readonly IReadOnlyList<GroupDimensions> _groups;

    internal LayerAnalysisReport(string model, int pictures, LayerAnalysisOptions options, IReadOnlyList<GroupDimensions> groups, IReadOnlyList<string> warnings)
    {
        (Model, Pictures, Options, Warnings, _groups) = (model, pictures, options, warnings, groups);
        GroupDimensions[] rain = [.. groups.Where(group => group.Layer == PictureLayer.Rain)];
        GroupDimensions[] measured = [.. rain.Where(group => group.Spread >= options.SmallestSpread)];
        Background = LayerDimensions.Of([.. groups.Where(group => group.Layer == PictureLayer.Background)], options.Neighbours);
        Rain = LayerDimensions.Of(measured, options.Neighbours);
        GroupsWithoutRain = rain.Length - measured.Length;
    }

    /// <summary>What was measured.</summary>
    public string Model { get; }

    /// <summary>How many pictures were measured.</summary>
    public int Pictures { get; }

    /// <summary>How groups were taken.</summary>
    public LayerAnalysisOptions Options { get; }

    /// <summary>Pictures that were left out, one line each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The background's dimensions.</summary>
    public LayerDimensions Background { get; }

    /// <summary>The rain's dimensions, over the groups that hold any.</summary>
    public LayerDimensions Rain { get; }

    /// <summary>Groups of the rain layer that were left out because there was no rain in them.</summary>
    public int GroupsWithoutRain { get; }

    /// <summary>Which way the paper's claim came out on these layers, in a sentence.</summary>
    public string Verdict
    {
        get
        {
            int k = Options.TableNeighbours;
            if (Rain.Groups == 0) { return "No group of patches holds any rain: the claim cannot be checked on these layers."; }
            MeanSpread likelihoodB = Background.MaximumLikelihood[k], likelihoodR = Rain.MaximumLikelihood[k];
            (MeanSpread componentsB, MeanSpread componentsR) = (Background.PrincipalComponents, Rain.PrincipalComponents);
            return $"The paper's claim, look-alike patches of the background have a higher intrinsic dimension than those of the rain, " +
                $"{Outcome(likelihoodB, likelihoodR)} by maximum likelihood ({Pair(likelihoodB, likelihoodR)} at k = {k}) " +
                $"and {Outcome(componentsB, componentsR)} by principal components ({Pair(componentsB, componentsR)} for 95 % of the variance).";
        }
    }

    /// <summary>Writes dimensions.json, dimensions.csv and dimensions.png; each is there as a whole or not at all.</summary>
    /// <param name="folder">Made if it is not there; files in it are replaced.</param>
    public void Write(string folder)
    {
        AtomicFile.WriteText(Path.Combine(folder, "dimensions.json"), LayerAnalysisJson.Text(this) + "\n");
        AtomicFile.WriteText(Path.Combine(folder, "dimensions.csv"), string.Concat(CsvRows().Select(row => row + "\n")));
        byte[] png = DimensionChart.Png(this);
        AtomicFile.Write(Path.Combine(folder, "dimensions.png"), stream => stream.Write(png));
    }

    // One row per group, groups without rain included: their spread says so.
    IEnumerable<string> CsvRows()
    {
        yield return "picture,layer,spread," + string.Join(',', Options.Neighbours.Select(k => $"mle{k}")) + ",pca95,participation";
        foreach (GroupDimensions group in _groups)
        {
            string likelihoods = string.Join(',', group.MaximumLikelihood.Select(Number));
            yield return $"{Quoted(group.Picture)},{(group.Layer == PictureLayer.Rain ? "rain" : "background")},{Number(group.Spread)},{likelihoods},{group.PrincipalComponents},{Number(group.ParticipationRatio)}";
        }
    }

    static string Quoted(string text) => text.AsSpan().IndexOfAny(',', '"') < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    // Means closer than two standard errors of their difference decide nothing.
    string Outcome(MeanSpread background, MeanSpread rain)
    {
        double error = Math.Sqrt((background.Spread * background.Spread / Background.Groups) + (rain.Spread * rain.Spread / Rain.Groups));
        double difference = background.Mean - rain.Mean;
        return Math.Abs(difference) <= 2 * error ? "is undecided" : difference > 0 ? "holds" : "is reversed";
    }

    static string Pair(MeanSpread background, MeanSpread rain) => string.Create(
        CultureInfo.InvariantCulture, $"background {background.Mean:0.0} ± {background.Spread:0.0}, rain {rain.Mean:0.0} ± {rain.Spread:0.0}");
}
