using System.Globalization;

namespace NLCL.Training;

/// <summary>Writes what an ablation found.</summary>
static class AblationTable
{
    /// <param name="folder">Where to.</param>
    /// <param name="options">The full method.</param>
    /// <param name="rainy">The development pictures as they are: what there is to beat.</param>
    /// <param name="variants">Rows; the others are compared with the first.</param>
    /// <param name="cells">What is done so far.</param>
    public static void Write(string folder, TrainingOptions options, DevelopmentFigures rainy, IReadOnlyList<AblationVariant> variants, IReadOnlyList<AblationCell> cells)
    {
        AtomicFile.WriteText(Path.Combine(folder, "ablation.csv"), string.Concat(Csv(cells).Select(row => row + "\n")));
        AtomicFile.WriteText(Path.Combine(folder, "ablation.md"), string.Concat(Markdown(options, rainy, variants, cells).Select(row => row + "\n")));
    }

    static IEnumerable<string> Csv(IReadOnlyList<AblationCell> cells) => cells
        .Select(cell => string.Create(
            CultureInfo.InvariantCulture,
            $"{cell.Variant},{cell.Seed},{cell.Figures.PsnrY:R},{cell.Figures.SsimY:R},{cell.Figures.MeanRain:R},{cell.Seconds:0.0}"))
        .Prepend("variant,seed,psnrY,ssimY,meanRain,seconds");

    static IEnumerable<string> Markdown(TrainingOptions options, DevelopmentFigures rainy, IReadOnlyList<AblationVariant> variants, IReadOnlyList<AblationCell> cells)
    {
        bool networks = variants.Select(variant => Cost(variant, options)).Distinct().Count() > 1;
        yield return $"| variant | {(networks ? "multiply-adds a pixel | " : "")}seeds | Y-PSNR, dB | against the first | Y-SSIM | mean \\|rain\\| |";
        yield return $"|{(networks ? "---|" : "")}---|---|---|---|---|---|";
        yield return string.Create(CultureInfo.InvariantCulture, $"| rainy pictures as they are | {(networks ? "| " : "")}| {rainy.PsnrY:0.00} | | {rainy.SsimY:0.000} | 0 |");
        AblationCell[] full = [.. cells.Where(cell => cell.Variant == variants[0].Name)];
        foreach (AblationVariant variant in variants)
        {
            AblationCell[] own = [.. cells.Where(cell => cell.Variant == variant.Name)];
            if (own.Length == 0) { continue; }
            string cost = networks ? string.Create(CultureInfo.InvariantCulture, $"{Cost(variant, options):N0} | ") : "";
            yield return $"| {variant.Description} | {cost}{own.Length} | {Show(own, cell => cell.Figures.PsnrY, "0.00")} | {Difference(own, full)} | {Show(own, cell => cell.Figures.SsimY, "0.000")} | {Show(own, cell => cell.Figures.MeanRain, "0.0000")} |";
        }
        yield return "";
        yield return $"Mean ± standard deviation over seeds; {options.Iterations} iterations, crops of {options.Crop}, the last weights' running mean on the development pictures.";
        yield return "\"Against the first\" is the mean difference to the first row with the same seed.";
    }

    static double Cost(AblationVariant variant, TrainingOptions options) => new LeanDerainerGeometry(variant.Change(options).Lean).MultiplyAddsPerPixel;

    static string Show(AblationCell[] cells, Func<AblationCell, double> value, string format)
    {
        MeanSpread all = MeanSpread.Of([.. cells.Select(value)]);
        return $"{all.Mean.ToString(format, CultureInfo.InvariantCulture)} ± {all.Spread.ToString(format, CultureInfo.InvariantCulture)}";
    }

    // Seeds decide crops and first weights for all variants alike, so pairs differ less than means.
    static string Difference(AblationCell[] own, AblationCell[] full)
    {
        double[] differences = [.. own.Join(full, cell => cell.Seed, cell => cell.Seed, (cell, other) => cell.Figures.PsnrY - other.Figures.PsnrY)];
        if (differences.Length == 0 || own[0].Variant == full[0].Variant) { return ""; }
        MeanSpread all = MeanSpread.Of(differences);
        return $"{(Math.Round(all.Mean, 2) + 0.0).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture)} ± {all.Spread.ToString("0.00", CultureInfo.InvariantCulture)}";
    }
}
