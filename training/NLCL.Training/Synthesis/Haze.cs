using OpenCvSharp;

namespace NLCL.Training;

/// <summary>
/// Depth and haze of a picture whose depth nobody knows: far at a horizon, near at the lower edge, disturbed by smooth patches
/// and by the picture's own brightness.
/// </summary>
static class Haze
{
    /// <summary>Depth 0 (near) .. 1 (far) for every pixel of a crop.</summary>
    public static float[] Depth(Mat clean, RainParameters parameters)
    {
        var veil = parameters.Veil ?? new VeilParameters(0, 0, 0, 0.3, 150, 0, 0.2, 0, parameters.Seed);
        int width = clean.Width, height = clean.Height;
        var depth = new float[width * height];
        SmoothNoise.Fill(depth, width, veil.Seed, veil.PatchSize * 1.5, veil.PatchSize, parameters.Top);
        using var blurred = new Mat();
        if (veil.FollowsPicture > 0)
        {
            Cv2.Blur(clean, blurred, new Size(7, 7));
        }
        Span<float> light = veil.FollowsPicture > 0 ? blurred.Floats() : default;
        float patches = (float)(2 * veil.Patches), follows = (float)veil.FollowsPicture;
        for (int y = 0, i = 0; y < height; y++)
        {
            double down = ((parameters.Top + y) / parameters.PictureHeight) - veil.Horizon;
            float ramp = (float)(1 - Math.Clamp(down / (1 - veil.Horizon), 0, 1));
            for (int x = 0; x < width; x++, i++)
            {
                float bright = light.IsEmpty ? 0 : ((light[3 * i] + light[(3 * i) + 1] + light[(3 * i) + 2]) / 3) - 0.5f;
                depth[i] = Math.Clamp(ramp + (patches * (depth[i] - 0.5f)) + (follows * bright), 0, 1);
            }
        }
        return depth;
    }

    /// <summary>Lays the veil over a BGR picture: seen = t * picture + (1 - t) * airlight.</summary>
    public static void Apply(Span<float> picture, ReadOnlySpan<float> depth, VeilParameters veil)
    {
        float thickness = (float)veil.Thickness, even = (float)veil.Even;
        float blue = (float)(veil.Airlight * (1 + (veil.Tint / 2))), green = (float)veil.Airlight, red = (float)(veil.Airlight * (1 - (veil.Tint / 2)));
        for (int i = 0; i < depth.Length; i++)
        {
            float passes = MathF.Exp(-thickness * (even + ((1 - even) * depth[i])));
            var pixel = picture.Slice(3 * i, 3);
            pixel[0] = blue + ((pixel[0] - blue) * passes);
            pixel[1] = green + ((pixel[1] - green) * passes);
            pixel[2] = red + ((pixel[2] - red) * passes);
        }
    }
}
