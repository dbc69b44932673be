using OpenCvSharp;

namespace NLCL.Runtime;

/// <summary>
/// The scale at which a network finds the rain of a large, sharp picture. There streaks are as much wider than those that it has learned from as the picture is larger, and of such it finds
/// little; at half or a quarter of the size it finds them. So it is asked: where it takes clearly more out at the coarser scale, that is the one.
/// </summary>
static class StreakScale
{
    // Streaks are rarely that wide in smaller pictures.
    const long SmallestPixels = 1_000_000;

    // Four places of a picture are enough to tell, and cost as much in every picture.
    const int Window = 640;

    // Of what is taken out at the finer scale; and in levels of 255. Of 291 pictures and clips without rain none reached both.
    const double ClearlyMore = 1.1, Least = 2;

    /// <summary>Smaller pictures are seen as they are.</summary>
    public static bool IsLarge(int width, int height) => (long)width * height >= SmallestPixels;

    /// <param name="found">The standard deviation of what a network takes out at a scale, in levels of 255.</param>
    /// <returns>1, 2 or 4.</returns>
    public static int Of(Func<int, double> found)
    {
        // The coarser look costs a quarter, and where it finds nothing the other is spared.
        var half = found(2);
        return half < Least || half < ClearlyMore * found(1) ? 1 : found(4) < ClearlyMore * half ? 2 : 4;
    }

    /// <summary>For a picture, or a frame of a clip: then with its neighbours, else with itself for both.</summary>
    public static int Of(Mat previous, Mat frame, Mat next, Func<int, Derainer> at, CancellationToken cancellationToken) =>
        IsLarge(frame.Width, frame.Height) ? Of(scale => Found(previous, frame, next, at(scale), cancellationToken)) : 1;

    static double Found(Mat previous, Mat frame, Mat next, Derainer derainer, CancellationToken cancellationToken) =>
        Math.Sqrt(Windows(frame.Width, frame.Height).Average(window => Variance(previous, frame, next, window, derainer, cancellationToken)));

    static double Variance(Mat previous, Mat frame, Mat next, Rect window, Derainer derainer, CancellationToken cancellationToken)
    {
        using var before = previous.SubMat(window);
        using var rainy = frame.SubMat(window);
        using var after = next.SubMat(window);
        using var background = derainer.Derain(before, rainy, after, cancellationToken);
        using var taken = new Mat();
        Cv2.Subtract(rainy, background, taken, dtype: MatType.CV_32F);
        Cv2.MeanStdDev(taken, out _, out var deviation);
        // The layer is nearly the same in every colour; alpha has none.
        var levels = deviation.Val0 / (rainy.Depth() switch { MatType.CV_8U => 1, MatType.CV_16U => 257, _ => 1 / 255.0 });
        return levels * levels;
    }

    static IEnumerable<Rect> Windows(int width, int height)
    {
        var (across, down) = (Math.Min(Window, width), Math.Min(Window, height));
        foreach (var y in (int[])[1, 3])
        {
            foreach (var x in (int[])[1, 3])
            {
                yield return new Rect(Math.Clamp((width * x / 4) - (across / 2), 0, width - across), Math.Clamp((height * y / 4) - (down / 2), 0, height - down), across, down);
            }
        }
    }
}
