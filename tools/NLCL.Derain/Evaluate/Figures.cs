using System.Globalization;
using System.Text.Json.Nodes;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>The figures of one picture, or the mean of many.</summary>
readonly record struct Figures(double PsnrY, double SsimY, double PsnrRgb, double SsimRgb)
{
    public static Figures Measure(Mat picture, Mat truth) => new(
        Quality.PsnrY(picture, truth), Quality.SsimY(picture, truth), Quality.PsnrRgb(picture, truth), Quality.SsimRgb(picture, truth));

    public static Figures Mean(IReadOnlyList<Figures> all) => new(
        all.Average(one => one.PsnrY), all.Average(one => one.SsimY), all.Average(one => one.PsnrRgb), all.Average(one => one.SsimRgb));

    public JsonObject ToJson() => new()
    {
        ["psnrY"] = Number(PsnrY),
        ["ssimY"] = Number(SsimY),
        ["psnrRgb"] = Number(PsnrRgb),
        ["ssimRgb"] = Number(SsimRgb),
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PsnrY,6:0.00} {SsimY,6:0.0000} {PsnrRgb,6:0.00} {SsimRgb,6:0.0000}");

    /// <summary>Equal pictures have no finite PSNR, and JSON has no infinity.</summary>
    static JsonValue Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 4)) : JsonValue.Create("infinity");
}

/// <summary>The means of one set.</summary>
/// <param name="Pictures">How many there were.</param>
/// <param name="After">Of the results.</param>
/// <param name="Before">Of the rainy pictures; null where results were judged without a model.</param>
readonly record struct SetFigures(int Pictures, Figures After, Figures? Before);
