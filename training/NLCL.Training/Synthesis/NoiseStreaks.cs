using OpenCvSharp;

namespace NLCL.Training;

/// <summary>
/// Rain as photo editors make it: white noise, levels, motion blur. The noise is made at the width of a streak, so that the
/// blur is short and the turn into the picture enlarges it.
/// </summary>
static class NoiseStreaks
{
    /// <summary>A layer of about 0..1 (negative too where <see cref="StreakParameters.Signed"/>), typical bright streaks at 1.</summary>
    public static Mat Render(StreakParameters layer, Size picture, double fallen)
    {
        double cell = Math.Max(0.8, layer.Width);
        int length = Math.Max(1, (int)Math.Round(layer.Length / cell));
        var frame = new FallFrame(layer.Angle, cell, cell, 0, -fallen / cell);
        var window = frame.Window(picture).Taller((length / 2) + 2);

        // A pixel sees `length` cells, so this share of lit cells puts Density streaks over it.
        double lit = 1 - Math.Exp(-layer.Density / length);
        using var field = Noise(layer, window, (float)lit);
        if (layer.Tapered && length > 2)
        {
            Cv2.Blur(field, field, new Size(1, length - (length / 2)));
            Cv2.Blur(field, field, new Size(1, (length / 2) + 1));
        }
        else
        {
            Cv2.Blur(field, field, new Size(1, length));
        }

        // Levels after the blur, from the moments of thresholded noise: no look at the pixels, so a crop matches its picture.
        double mean = lit / (1 + layer.Softness);
        double variance = (lit / (1 + (2 * layer.Softness))) - (mean * mean);
        double deviation = Math.Sqrt(variance * (layer.Tapered ? 4.0 / 3 : 1) / length);
        double range = Math.Max(3 * deviation, 1.0 / length);
        Level(field.Floats(), (float)(mean + (layer.Floor * deviation)), (float)(1 / range), layer.Signed ? -0.6f : 0);
        return frame.ToPicture(field, window, picture);
    }

    static Mat Noise(StreakParameters layer, FieldWindow window, float lit)
    {
        var field = new Mat(window.Height, window.Width, MatType.CV_32FC1);
        var values = field.Floats();
        float dark = 1 - lit, scale = 1 / lit, softness = (float)layer.Softness;
        for (int y = 0; y < window.Height; y++)
        {
            ulong row = NoiseHash.RowSeed(layer.Seed, window.Top + y);
            var line = values.Slice(y * window.Width, window.Width);
            for (int x = 0; x < line.Length; x++)
            {
                float value = (NoiseHash.Uniform(row, window.Left + x) - dark) * scale;
                line[x] = value <= 0 ? 0 : softness == 1 ? value : MathF.Pow(value, softness);
            }
        }
        return field;
    }

    static void Level(Span<float> values, float black, float scale, float lowest)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Clamp((values[i] - black) * scale, lowest, 1.5f);
        }
    }
}
