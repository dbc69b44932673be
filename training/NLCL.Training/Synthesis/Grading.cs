using OpenCvSharp;

namespace NLCL.Training;

/// <summary>How one picture is developed: see <see cref="GradingOptions"/>.</summary>
/// <param name="Warmth">Red is multiplied by 1 + this, blue by 1 - this.</param>
/// <param name="Exposure">All channels are multiplied by it.</param>
/// <param name="Gamma">Values are taken to this power.</param>
/// <param name="Contrast">Factor around mid-grey.</param>
/// <param name="Saturation">Factor around each pixel's own grey, the mean of its channels.</param>
public sealed record Grading(double Warmth, double Exposure, double Gamma, double Contrast, double Saturation)
{
    /// <summary>Draws one, or none.</summary>
    internal static Grading? Draw(GradingOptions options, Random random)
    {
        // Drawn only where it can be: options without it keep their pictures, seed by seed.
        return options.Probability > 0 && random.NextDouble() < options.Probability
            ? new(Half(options.Warmth.Draw, 0), Half(options.Exposure.DrawByFactor, 1), Half(options.Gamma.DrawByFactor, 1), Half(options.Contrast.DrawByFactor, 1), Half(options.Saturation.DrawByFactor, 1))
            : null;

        double Half(Func<Random, double> draw, double otherwise) => random.Next(2) == 0 ? draw(random) : otherwise;
    }

    /// <summary>Grades a BGR float picture in place; afterwards it lies within 0..1.</summary>
    internal void Apply(Mat picture)
    {
        var values = picture.Floats();
        ReadOnlySpan<float> gains = [(float)(Exposure * (1 - Warmth)), (float)Exposure, (float)(Exposure * (1 + Warmth))];
        (float gamma, float contrast, float saturation) = ((float)Gamma, (float)Contrast, (float)Saturation);
        for (int i = 0; i < values.Length; i += 3)
        {
            var pixel = values.Slice(i, 3);
            for (int channel = 0; channel < 3; channel++)
            {
                float value = Math.Clamp(pixel[channel] * gains[channel], 0, 1);
                pixel[channel] = ((gamma == 1 ? value : MathF.Pow(value, gamma)) - 0.5f) * contrast;
            }
            float grey = (pixel[0] + pixel[1] + pixel[2]) / 3;
            foreach (ref float value in pixel) { value = Math.Clamp(0.5f + grey + ((value - grey) * saturation), 0, 1); }
        }
    }
}
