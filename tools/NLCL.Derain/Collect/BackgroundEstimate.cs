using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>
/// The scene behind the rain from a window of frames of a still camera: a low quantile of each pixel over time, since a drop
/// covers a pixel for a frame or two and brightens it (K. Garg, S. K. Nayar, "Detection and removal of rain from videos",
/// CVPR 2004). Where something else moved, the estimate is marked as not valid.
/// </summary>
static class BackgroundEstimate
{
    /// <summary>A camera stands still when so much of the picture is steady.</summary>
    const double SteadyShare = 0.7;

    /// <summary>Levels by which a steady pixel's lower half varies over time: noise and compression.</summary>
    const int SteadyLevels = 8;

    /// <summary>Levels by which a smoothed frame differs where something stands before the background; rain, smoothed, differs less.</summary>
    const int ThereLevels = 14;

    /// <summary>Estimates the background of the frame in the window's middle.</summary>
    /// <param name="frames">8-bit BGR, one size; at least 5.</param>
    /// <param name="quantile">Which value over time, 0..1.</param>
    /// <returns>Null where the camera moves.</returns>
    public static EstimatedBackground? Make(IReadOnlyList<(int Index, double? Time, Mat Frame)> frames, double quantile)
    {
        (int index, double? time, Mat rainy) = frames[frames.Count / 2];
        (Mat background, Mat valid) = Quantiles([.. frames.Select(frame => frame.Frame)], quantile);
        using Mat steady = valid;
        if (Cv2.CountNonZero(steady) < SteadyShare * steady.Total()) { background.Dispose(); return null; }
        Mat holds = new();
        using (Mat absent = NothingBefore(rainy, background)) { Cv2.BitwiseAnd(steady, absent, holds); }
        return new(index, time, rainy.Clone(), background, holds, Cv2.CountNonZero(holds) / (double)holds.Total());
    }

    /// <summary>Each channel's quantile, and where its lower half is steady.</summary>
    static (Mat Background, Mat Steady) Quantiles(IReadOnlyList<Mat> frames, double quantile)
    {
        (int width, int height) = (frames[0].Width, frames[0].Height);
        byte[][] values = [.. frames.Select(Bytes)];
        byte[] background = new byte[values[0].Length], steady = new byte[width * height];
        int count = frames.Count, chosen = (int)Math.Round(quantile * (count - 1)), middle = count / 2, low = count / 10;
        Span<byte> sorted = stackalloc byte[count];
        for (int i = 0; i < background.Length; i++)
        {
            for (int frame = 0; frame < count; frame++) { sorted[frame] = values[frame][i]; }
            sorted.Sort();
            background[i] = sorted[chosen];
            if (i % 3 == 0) { steady[i / 3] = 255; }
            if (sorted[middle] - sorted[low] > SteadyLevels) { steady[i / 3] = 0; }
        }
        using Mat flat = Mat.FromPixelData(height, width, MatType.CV_8UC3, background), mask = Mat.FromPixelData(height, width, MatType.CV_8UC1, steady);
        using Mat element = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(3, 3));
        // The rim of what moves is half of it and half of the scene.
        Mat trusted = new();
        Cv2.Erode(mask, trusted, element);
        return (flat.Clone(), trusted);
    }

    /// <summary>255 where the frame shows the background, rain or not; 0 where something stands before it.</summary>
    static Mat NothingBefore(Mat rainy, Mat background)
    {
        using Mat difference = new(), grey = new(), smooth = new(), there = new();
        Cv2.Absdiff(rainy, background, difference);
        Cv2.CvtColor(difference, grey, ColorConversionCodes.BGR2GRAY);
        // Streaks are narrow: a median as wide as this does not see them.
        Cv2.MedianBlur(grey, smooth, 15);
        Cv2.Threshold(smooth, there, ThereLevels, 255, ThresholdTypes.Binary);
        using Mat element = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(17, 17));
        Cv2.Dilate(there, there, element);
        Mat absent = new();
        Cv2.Threshold(there, absent, 127, 255, ThresholdTypes.BinaryInv);
        return absent;
    }

    static byte[] Bytes(Mat bgr)
    {
        using Mat flat = bgr.Reshape(1);
        flat.GetArray(out byte[] values);
        return values;
    }
}
