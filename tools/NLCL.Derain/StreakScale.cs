using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>
/// The scale at which a network finds the rain of a large, sharp picture. There streaks are as much wider than those that it has learned from as the picture is larger, and of such it finds
/// little; at half or a quarter of the size it finds them. So it is asked: where it takes clearly more out at the coarser scale, that is the one.
/// </summary>
static class StreakScale
{
    /// <summary>Smaller pictures are seen as they are: streaks are rarely that wide in them.</summary>
    public const int SmallestPixels = 1_000_000;

    // Four places of the picture are enough to tell, and cost as much in every picture.
    const int Window = 640;

    // Of the layer's standard deviation at the finer scale; and in levels of 255. Of 195 pictures without rain none reached both.
    const double ClearlyMore = 1.15, Least = 2;

    static readonly int[] s_scales = [1, 2, 4];

    /// <param name="picture">8 or 16 bits or floats of 0..1; grey, BGR or BGRA.</param>
    /// <param name="at">The derainer of a scale.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <returns>1, 2 or 4.</returns>
    public static int Of(Mat picture, Func<int, Derainer> at, CancellationToken cancellation = default)
    {
        if ((long)picture.Width * picture.Height < SmallestPixels) { return s_scales[0]; }
        double found = Found(picture, at(s_scales[0]), cancellation);
        int best = s_scales[0];
        foreach (int scale in s_scales[1..])
        {
            double more = Found(picture, at(scale), cancellation);
            if (more < Least || more < ClearlyMore * found) { break; }
            (best, found) = (scale, more);
        }
        return best;
    }

    /// <summary>Standard deviation of what is taken out, in levels of 255.</summary>
    static double Found(Mat picture, Derainer derainer, CancellationToken cancellation)
    {
        double variance = 0;
        Rect[] windows = [.. Windows(picture.Width, picture.Height)];
        foreach (Rect window in windows)
        {
            using Mat rainy = new(picture, window);
            using Mat background = derainer.Derain(rainy, cancellation);
            using Mat taken = new();
            Cv2.Subtract(rainy, background, taken, dtype: MatType.CV_32F);
            Cv2.MeanStdDev(taken, out _, out Scalar deviation);
            // The layer is nearly the same in every colour; alpha has none.
            double levels = deviation.Val0 / (rainy.Depth() switch { MatType.CV_8U => 1, MatType.CV_16U => 257, _ => 1 / 255.0 });
            variance += levels * levels / windows.Length;
        }
        return Math.Sqrt(variance);
    }

    static IEnumerable<Rect> Windows(int width, int height)
    {
        (int across, int down) = (Math.Min(Window, width), Math.Min(Window, height));
        foreach (int y in (int[])[1, 3])
        {
            foreach (int x in (int[])[1, 3])
            {
                yield return new Rect(Math.Clamp((width * x / 4) - (across / 2), 0, width - across), Math.Clamp((height * y / 4) - (down / 2), 0, height - down), across, down);
            }
        }
    }
}
