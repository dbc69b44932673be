using OpenCvSharp;

namespace NLCL.Training;

/// <summary>Pictures as networks see them: planes of red, green and blue, 0..1.</summary>
static class PlanarPicture
{
    /// <summary>Writes a picture as three planes.</summary>
    /// <param name="picture">32FC3, BGR.</param>
    /// <param name="planes">Receives [3, height, width].</param>
    public static unsafe void Copy(Mat picture, Span<float> planes)
    {
        if (picture.Type() != MatType.CV_32FC3) { throw new ArgumentException($"The picture is {picture.Type()}; it must be CV_32FC3.", nameof(picture)); }
        (int width, int height) = (picture.Width, picture.Height);
        int plane = width * height;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> row = new((void*)picture.Ptr(y), width * 3);
            for (int x = 0; x < width; x++)
            {
                int at = (y * width) + x;
                planes[at] = row[(3 * x) + 2];
                planes[plane + at] = row[(3 * x) + 1];
                planes[(2 * plane) + at] = row[3 * x];
            }
        }
    }

    /// <summary>An 8-bit picture of planes, rounded and clamped.</summary>
    /// <param name="planes">[3, height, width], 0..1 after adding <paramref name="offset"/>.</param>
    /// <param name="width">Of the planes.</param>
    /// <param name="shown">The part to take, from the upper left corner.</param>
    /// <param name="offset">Added to each value: 0.5 shows a signed layer around grey.</param>
    /// <returns>8UC3, BGR; the caller disposes it.</returns>
    public static unsafe Mat Create(ReadOnlySpan<float> planes, int width, Size shown, float offset = 0)
    {
        int plane = planes.Length / 3;
        Mat picture = new(shown, MatType.CV_8UC3);
        for (int y = 0; y < shown.Height; y++)
        {
            Span<byte> row = new((void*)picture.Ptr(y), shown.Width * 3);
            for (int x = 0; x < shown.Width; x++)
            {
                for (int channel = 0; channel < 3; channel++)
                {
                    float value = (planes[((2 - channel) * plane) + (y * width) + x] + offset) * 255;
                    row[(3 * x) + channel] = (byte)Math.Clamp(MathF.Round(value), 0, 255);
                }
            }
        }
        return picture;
    }
}
