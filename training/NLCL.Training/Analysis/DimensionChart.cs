using System.Globalization;
using OpenCvSharp;

namespace NLCL.Training;

/// <summary>Draws both layers' curves: dimension by number of neighbours, and share of the variance by number of components.</summary>
static class DimensionChart
{
    static readonly Size s_plot = new(620, 460);
    static readonly Scalar s_background = new(180, 100, 20), s_rain = new(30, 90, 220); // BGR: blue and orange, told apart by the colour-blind

    public static byte[] Png(LayerAnalysisReport report)
    {
        using Mat canvas = new(s_plot.Height + 70, 2 * s_plot.Width, MatType.CV_8UC3, Scalar.All(255));
        LinePlot likelihood = new(canvas, new Rect(0, 70, s_plot.Width, s_plot.Height), "Maximum likelihood (mean, one standard deviation)", "neighbours k", "intrinsic dimension");
        (double, double, double)[] background = Likelihood(report.Background), rain = Likelihood(report.Rain);
        likelihood.Axes(report.Options.Neighbours[^1], background.Concat(rain).Select(point => point.Item2 + point.Item3).DefaultIfEmpty(1).Max() * 1.05);
        likelihood.Curve(background, s_background, shift: -3);
        likelihood.Curve(rain, s_rain, shift: 3);

        LinePlot components = new(canvas, new Rect(s_plot.Width, 70, s_plot.Width, s_plot.Height), "Principal components (mean)", "components", "share of the variance");
        components.Axes(Math.Max(Math.Max(report.Background.VarianceShares.Count, report.Rain.VarianceShares.Count), 10), 1);
        components.Level(0.95, "95 %");
        components.Curve(Shares(report.Background), s_background);
        components.Curve(Shares(report.Rain), s_rain);

        string dimensions = string.Create(CultureInfo.InvariantCulture, $"{report.Pictures} pictures, groups of {report.Options.Patches} patches of {report.Options.Sampler.PatchSize} x {report.Options.Sampler.PatchSize}");
        LinePlot.Text(canvas, "Intrinsic dimension of both layers: " + dimensions, new Point(24, 30), 0.6, Scalar.All(0));
        Legend(canvas, $"background ({report.Background.Groups} groups)", 24, s_background);
        Legend(canvas, $"rain ({report.Rain.Groups} groups, {report.GroupsWithoutRain} more without rain)", 330, s_rain);
        return canvas.ImEncode(".png");
    }

    static (double, double, double)[] Likelihood(LayerDimensions layer) =>
        [.. layer.MaximumLikelihood.Where(item => !double.IsNaN(item.Value.Mean)).OrderBy(item => item.Key).Select(item => ((double)item.Key, item.Value.Mean, item.Value.Spread))];

    static (double, double, double)[] Shares(LayerDimensions layer) => [.. layer.VarianceShares.Select((share, index) => (index + 1.0, share, 0.0))];

    static void Legend(Mat canvas, string text, int left, Scalar colour)
    {
        Cv2.Line(canvas, left, 55, left + 30, 55, colour, 3, LineTypes.AntiAlias);
        LinePlot.Text(canvas, text, new Point(left + 40, 60), 0.5, Scalar.All(0));
    }
}
