namespace NLCL.Training;

/// <summary>How a streak layer joins the picture behind it.</summary>
static class StreakBlend
{
    /// <summary>Takes streaks away between gusts, and before near background.</summary>
    public static void Thin(Span<float> streaks, int width, StreakParameters layer, float[]? depth, double fallen)
    {
        if (layer.Gust > 0)
        {
            var gusts = new float[streaks.Length];
            SmoothNoise.Fill(gusts, width, layer.Seed ^ 0x6757, layer.GustSize, 2 * layer.GustSize, -fallen);
            float depthOfGust = (float)layer.Gust;
            for (int i = 0; i < streaks.Length; i++)
            {
                streaks[i] *= 1 - (depthOfGust * Math.Clamp((1.6f * gusts[i]) - 0.3f, 0, 1));
            }
        }
        if (layer.FarOnly > 0 && depth is not null)
        {
            float farOnly = (float)layer.FarOnly;
            for (int i = 0; i < streaks.Length; i++)
            {
                streaks[i] *= 1 - (farOnly * (1 - depth[i]));
            }
        }
    }

    /// <summary>
    /// Additive: seen = picture + strength * streak. Covering: seen = picture + a * (light - picture), a = strength * streak,
    /// which is a screen blend for light 1 and darkens what is brighter than the drop. The other two: see <see cref="ApplyTonal"/>.
    /// </summary>
    public static void Apply(Span<float> picture, ReadOnlySpan<float> streaks, StreakParameters layer)
    {
        if (layer.Mixing is StreakMixing.SoftLight or StreakMixing.Overlay)
        {
            ApplyTonal(picture, streaks, layer);
            return;
        }
        bool additive = layer.Mixing == StreakMixing.Additive;
        float strength = (float)layer.Strength, light = (float)layer.Light;
        float blue = (float)layer.Blue, green = (float)layer.Green, red = (float)layer.Red;
        for (int i = 0; i < streaks.Length; i++)
        {
            float streak = strength * streaks[i];
            if (streak == 0)
            {
                continue;
            }
            var pixel = picture.Slice(3 * i, 3);
            if (additive)
            {
                pixel[0] += streak * blue;
                pixel[1] += streak * green;
                pixel[2] += streak * red;
            }
            else
            {
                float cover = Math.Min(streak, 0.95f);
                pixel[0] += cover * ((light * blue) - pixel[0]);
                pixel[1] += cover * ((light * green) - pixel[1]);
                pixel[2] += cover * ((light * red) - pixel[2]);
            }
        }
    }

    /// <summary>
    /// Layer value l = ground + (1 - ground) * streak, opacity min(1, 2 * strength), p the picture in 0..1.
    /// Soft light (as in W3C Compositing and Blending, with the square root throughout): l below 0.5: p - (1 - 2l) p (1 - p); else p + (2l - 1)(√p - p).
    /// Overlay: p below 0.5: 2 p l; else 1 - 2 (1 - p)(1 - l).
    /// </summary>
    static void ApplyTonal(Span<float> picture, ReadOnlySpan<float> streaks, StreakParameters layer)
    {
        float opacity = Math.Min(1, 2 * (float)layer.Strength), ground = (float)layer.Ground;
        bool soft = layer.Mixing == StreakMixing.SoftLight;
        for (int i = 0; i < streaks.Length; i++)
        {
            float value = Math.Clamp(ground + ((1 - ground) * streaks[i]), 0, 1);
            foreach (ref float pixel in picture.Slice(3 * i, 3))
            {
                float p = Math.Clamp(pixel, 0, 1);
                float mixed = soft
                    ? p + (((2 * value) - 1) * (value < 0.5f ? p * (1 - p) : MathF.Sqrt(p) - p))
                    : p < 0.5f ? 2 * p * value : 1 - (2 * (1 - p) * (1 - value));
                pixel += opacity * (mixed - p);
            }
        }
    }

    /// <summary>Mean over the channels of rainy - clean.</summary>
    public static void Difference(ReadOnlySpan<float> rainy, ReadOnlySpan<float> clean, Span<float> rain)
    {
        for (int i = 0; i < rain.Length; i++)
        {
            int at = 3 * i;
            rain[i] = (rainy[at] + rainy[at + 1] + rainy[at + 2] - clean[at] - clean[at + 1] - clean[at + 2]) / 3;
        }
    }
}
