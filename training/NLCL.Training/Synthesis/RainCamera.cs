using OpenCvSharp;

namespace NLCL.Training;

/// <summary>Sensor and file format: sharpening, noise that grows with the light, clipping, JPEG.</summary>
static class RainCamera
{
    /// <summary>Changes a BGR float picture in place; afterwards it lies within 0..1.</summary>
    public static void Expose(Mat picture, RainParameters parameters, int frame)
    {
        var values = picture.Floats();
        // Before the noise: cameras smooth it first, and what is left is what the options mean.
        parameters.Sharpening?.Apply(picture);
        if (parameters.NoiseSigma > 0)
        {
            AddNoise(values, picture.Width * 3, (float)parameters.NoiseSigma, unchecked(parameters.Seed + (frame * 7919L)));
        }
        foreach (ref float value in values)
        {
            value = Math.Clamp(value, 0, 1);
        }
        if (parameters.JpegQuality > 0)
        {
            Compress(picture, parameters);
        }
    }

    static void Compress(Mat picture, RainParameters parameters)
    {
        // A crop lies anywhere on the 8x8 grid of the picture it comes from.
        bool crop = picture.Height < parameters.PictureHeight;
        int left = crop ? (int)(parameters.Seed & 7) : 0, top = crop ? (int)parameters.Top & 7 : 0;
        using var bytes = new Mat();
        picture.ConvertTo(bytes, MatType.CV_8UC3, 255);
        Cv2.CopyMakeBorder(bytes, bytes, top, 0, left, 0, BorderTypes.Replicate);
        Cv2.ImEncode(".jpg", bytes, out byte[] file, new ImageEncodingParam(ImwriteFlags.JpegQuality, parameters.JpegQuality));
        using var decoded = Cv2.ImDecode(file, ImreadModes.Color);
        using var window = new Mat(decoded, new Rect(left, top, picture.Width, picture.Height));
        window.ConvertTo(picture, MatType.CV_32FC3, 1 / 255.0);
    }

    static void AddNoise(Span<float> values, int stride, float sigma, long seed)
    {
        for (int y = 0; y < values.Length / stride; y++)
        {
            ulong row = NoiseHash.RowSeed(seed, y);
            var line = values.Slice(y * stride, stride);
            for (int x = 0; x < stride; x++)
            {
                // Half the variance at mid-grey is read noise, half is shot noise.
                float spread = sigma * MathF.Sqrt(0.5f + Math.Clamp(line[x], 0, 1));
                line[x] += spread * NoiseHash.Normal(row, x);
            }
        }
    }
}
