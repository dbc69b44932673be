using System.Numerics;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>What a frame is judged by before a network looks at it.</summary>
static class FrameMeasures
{
    const int SharpnessSide = 1024;
    const int HashSide = 32;
    const int HashBand = 8;

    /// <summary>
    /// Sharpness: the steepest edges (99.5th percentile of the gradient, grey levels a pixel) over the contrast (99th minus 1st
    /// percentile), at 1024 pixels of longer side at most. An ideal edge of full contrast has 0.5, one blurred by sigma pixels about 0.4 / sigma. 0 where there is no contrast.
    /// </summary>
    /// <param name="bgr">8-bit BGR.</param>
    public static double Sharpness(Mat bgr)
    {
        using Mat small = PictureForms.Fit(bgr, SharpnessSide), grey = Grey(small), dx = new(), dy = new();
        Cv2.Sobel(grey, dx, MatType.CV_16S, 1, 0);
        Cv2.Sobel(grey, dy, MatType.CV_16S, 0, 1);
        dx.GetArray(out short[] across);
        dy.GetArray(out short[] down);
        // Sobel's weights sum to 8 times the slope.
        float[] slopes = new float[across.Length];
        for (int i = 0; i < slopes.Length; i++) { slopes[i] = MathF.Sqrt((across[i] * across[i]) + (down[i] * (float)down[i])) / 8; }
        Array.Sort(slopes);
        grey.GetArray(out byte[] values);
        Array.Sort(values);
        int contrast = values[(int)(0.99 * (values.Length - 1))] - values[(int)(0.01 * (values.Length - 1))];
        return contrast < 8 ? 0 : slopes[(int)(0.995 * (slopes.Length - 1))] / contrast;
    }

    /// <summary>
    /// A perceptual hash: signs of the 8 x 8 lowest frequencies of the discrete cosine transform of the picture at 32 x 32
    /// against their median (C. Zauner, "Implementation and benchmarking of perceptual image hash functions", 2010).
    /// </summary>
    /// <param name="bgr">8-bit BGR.</param>
    public static ulong Hash(Mat bgr)
    {
        using Mat grey = Grey(bgr), small = new();
        Cv2.Resize(grey, small, new Size(HashSide, HashSide), 0, 0, InterpolationFlags.Area);
        small.GetArray(out byte[] values);
        double[] bands = new double[HashBand * HashBand];
        for (int v = 0; v < HashBand; v++)
        {
            for (int u = 0; u < HashBand; u++)
            {
                // The constant term is left out: it says how bright a picture is, not what is in it.
                for (int i = 0; i < values.Length; i++) { bands[(v * HashBand) + u] += values[i] * Wave(u + 1, i % HashSide) * Wave(v + 1, i / HashSide); }
            }
        }
        double median = bands.Order().ElementAt(bands.Length / 2);
        ulong hash = 0;
        for (int i = 0; i < bands.Length; i++) { hash |= bands[i] > median ? 1UL << i : 0; }
        return hash;
    }

    /// <summary>In how many of 64 bits two hashes differ; below about 10 the pictures look alike, strangers differ in about 32.</summary>
    public static int Distance(ulong a, ulong b) => BitOperations.PopCount(a ^ b);

    /// <summary>How much of the picture was exchanged: half the distance of two histograms of 4x4x4 colours in a 4x4 grid of places, 0..1.</summary>
    public static double Exchanged(float[] before, float[] after)
    {
        float sum = 0;
        for (int i = 0; i < before.Length; i++) { sum += Math.Abs(before[i] - after[i]); }
        return sum / 2;
    }

    /// <summary>The histogram for <see cref="Exchanged"/>; sums to 1.</summary>
    /// <param name="bgr">8-bit BGR.</param>
    public static float[] Colours(Mat bgr)
    {
        const int Side = 64;
        using Mat small = new();
        Cv2.Resize(bgr, small, new Size(Side, Side), 0, 0, InterpolationFlags.Area);
        using Mat flat = small.Reshape(1);
        flat.GetArray(out byte[] values);
        float[] histogram = new float[16 * 64];
        for (int i = 0; i < Side * Side; i++)
        {
            int place = (i / Side / 16 * 4) + (i % Side / 16);
            int colour = (values[3 * i] >> 6 << 4) | (values[(3 * i) + 1] >> 6 << 2) | (values[(3 * i) + 2] >> 6);
            histogram[(place * 64) + colour] += 1f / (Side * Side);
        }
        return histogram;
    }

    static double Wave(int frequency, int position) => s_waves[(frequency * HashSide) + position];

    static readonly double[] s_waves = [.. Enumerable.Range(0, (HashBand + 1) * HashSide)
        .Select(i => Math.Cos(Math.PI * (i / HashSide) * ((i % HashSide) + 0.5) / HashSide))];

    static Mat Grey(Mat bgr)
    {
        Mat grey = new();
        Cv2.CvtColor(bgr, grey, ColorConversionCodes.BGR2GRAY);
        return grey;
    }
}
