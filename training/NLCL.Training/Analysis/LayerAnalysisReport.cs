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
            if (Rain.Groups == 0) { return "No group of patches holds any rain: the claim cannot be checked on these layers."; }
            int k = Options.TableNeighbours, index = Options.Neighbours.ToList().IndexOf(k);
            return "The paper's claim, look-alike patches of the background have a higher intrinsic dimension than those of the rain, " +
                $"{Outcome(group => group.MaximumLikelihood[index])} by maximum likelihood (k = {k}: {Pair(layer => layer.MaximumLikelihood[k])}; {Differences(group => group.MaximumLikelihood[index])}) " +
                $"and {Outcome(group => group.PrincipalComponents)} by principal components (for 95 % of the variance: {Pair(layer => layer.PrincipalComponents)}; {Differences(group => group.PrincipalComponents)}).";
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

    // Groups of one picture resemble each other, so pictures are what is counted. Less than two standard errors decide nothing.
    string Outcome(Func<GroupDimensions, double> value)
    {
        (MeanSpread difference, int pictures) = PictureDifferences(value);
        return Math.Abs(difference.Mean) <= 2 * difference.Spread / Math.Sqrt(pictures) ? "is undecided" : difference.Mean > 0 ? "holds" : "is reversed";
    }

    string Differences(Func<GroupDimensions, double> value)
    {
        (MeanSpread difference, int pictures) = PictureDifferences(value);
        return string.Create(CultureInfo.InvariantCulture, $"difference {difference.Mean:+0.0;-0.0} with a standard error of {difference.Spread / Math.Sqrt(pictures):0.0} over {pictures} pictures");
    }

    // Background minus rain, in the pictures that have both.
    (MeanSpread Difference, int Pictures) PictureDifferences(Func<GroupDimensions, double> value)
    {
        double[] differences = [.. _groups
            .Where(group => (group.Layer == PictureLayer.Background || group.Spread >= Options.SmallestSpread) && double.IsFinite(value(group)))
            .GroupBy(group => group.Picture, StringComparer.Ordinal)
            .Select(picture => picture.ToLookup(group => group.Layer, value))
            .Where(layers => layers.Contains(PictureLayer.Background) && layers.Contains(PictureLayer.Rain))
            .Select(layers => layers[PictureLayer.Background].Average() - layers[PictureLayer.Rain].Average())];
        return (MeanSpread.Of(differences), differences.Length);
    }

    string Pair(Func<LayerDimensions, MeanSpread> value) => string.Create(
        CultureInfo.InvariantCulture, $"background {value(Background).Mean:0.0} ± {value(Background).Spread:0.0}, rain {value(Rain).Mean:0.0} ± {value(Rain).Spread:0.0}");
}
