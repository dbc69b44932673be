using OpenCvSharp;

namespace NLCL.Training.Tests;

/// <summary>Pictures and measures for the synthesis tests.</summary>
static class SynthesisPictures
{
    public static Mat Grey(int width, int height, double value) => new(height, width, MatType.CV_32FC3, Scalar.All(value));

    /// <summary>A smooth colourful picture of 0.1..0.9.</summary>
    public static Mat Hills(int width, int height)
    {
        var picture = Grey(width, height, 0);
        var values = picture.Floats();
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i % 3, x = i / 3 % width, y = i / 3 / width;
            values[i] = (float)(0.5 + (0.4 * Math.Sin((x * 0.11) + channel) * Math.Cos((y * 0.07) - channel)));
        }
        return picture;
    }

    public static double Deviation(ReadOnlySpan<float> values)
    {
        double sum = 0, squares = 0;
        foreach (float value in values)
        {
            sum += value;
            squares += value * (double)value;
        }
        double mean = sum / values.Length;
        return Math.Sqrt((squares / values.Length) - (mean * mean));
    }

    /// <summary>Direction of the streaks in degrees from the vertical, by the structure tensor; positive leans to the right going down.</summary>
    public static double Direction(ReadOnlySpan<float> layer, int width)
    {
        double xx = 0, yy = 0, xy = 0;
        for (int y = 1; y < (layer.Length / width) - 1; y++)
        {
            for (int x = 1; x < width - 1; x++)
            {
                int i = (y * width) + x;
                double dx = layer[i + 1] - layer[i - 1], dy = layer[i + width] - layer[i - width];
                (xx, yy, xy) = (xx + (dx * dx), yy + (dy * dy), xy + (dx * dy));
            }
        }
        // The gradient points across the streaks; an angle from the x axis there is minus the angle from the vertical.
        return -0.5 * Math.Atan2(2 * xy, xx - yy) * 180 / Math.PI;
    }
}
