using OpenCvSharp;

namespace NLCL.Runtime;

/// <summary>
/// How fine a picture really is. One that was enlarged, or that a lens or a codec left soft, has streaks several times as wide as any that a network has learned from,
/// and it finds none. Seen at a fraction of its size (<see cref="DerainerOptions.Scale"/>) it is a picture like others. So is one that is large and sharp and has wide streaks
/// all the same; that only the network can tell.
/// </summary>
public static class WorkingScale
{
    /// <summary>The coarsest.</summary>
    public const int Coarsest = 4;

    /// <summary>Pictures with a shorter side than this are left at their size.</summary>
    public const int SmallestSide = 360;

    // Standard deviation of the second derivative, of that at half the size. 161 photos, with rain or without, came to 0.44 and more; 36 enlarged
    // twice or three times to at most 0.39, and at half their size those enlarged twice to 0.53 and more, three times to at most 0.56.
    const double Soft = 0.42, StillSoft = 0.55;

    // In levels of 255: below it there is nothing to tell.
    const double LeastDetail = 1;

    /// <summary>The scale for a picture.</summary>
    /// <param name="picture">8 or 16 bits or floats of 0..1; grey, BGR or BGRA.</param>
    /// <returns>1 (as it is) to <see cref="Coarsest"/>.</returns>
    public static int Of(Mat picture) => Of([picture]);

    /// <summary>The scale for a picture, and where it is as fine as its size, and that a million pixels or more, the one at which the network finds the most rain.</summary>
    /// <param name="picture">As above.</param>
    /// <param name="at">The derainer of a scale: asked for 1, 2 and 4, each at most once.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <returns>1 (as it is) to <see cref="Coarsest"/>.</returns>
    public static int Of(Mat picture, Func<int, Derainer> at, CancellationToken cancellationToken = default) => Of(picture, picture, picture, at, cancellationToken);

    /// <summary>The same for a clip, by one of its frames.</summary>
    /// <param name="previous">The frame before; where there is none, the frame itself.</param>
    /// <param name="frame">As a picture.</param>
    /// <param name="next">The frame after; where there is none, the frame itself.</param>
    /// <param name="at">As above.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <returns>1 (as it is) to <see cref="Coarsest"/>.</returns>
    public static int Of(Mat previous, Mat frame, Mat next, Func<int, Derainer> at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(at);
        var coarse = Of(frame);
        return coarse > 1 ? coarse : StreakScale.Of(previous, frame, next, at, cancellationToken);
    }

    /// <summary>The scale for a clip: that of the finest of some of its frames.</summary>
    /// <param name="frames">At least one; as for a picture.</param>
    /// <returns>1 (as they are) to <see cref="Coarsest"/>.</returns>
    public static int Of(IEnumerable<Mat> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        return Finest(frames.Select(OfOne));
    }

    /// <summary>The finest of some scales; null tells nothing. Behind a 1 no more are asked for.</summary>
    internal static int Finest(IEnumerable<int?> scales)
    {
        int? finest = null;
        foreach (var scale in scales.OfType<int>())
        {
            if (scale == 1)
            {
                return 1;
            }
            finest = Math.Min(scale, finest ?? scale);
        }
        return finest ?? 1;
    }

    // Null: nothing to tell from.
    static int? OfOne(Mat picture) => IsSmall(picture.Width, picture.Height) ? 1 : Of(BrightnessPlane.Of(picture));

    internal static bool IsSmall(int width, int height) => Math.Min(width, height) < SmallestSide;

    /// <summary>The scale by the brightness of a picture that is not small; null: there is nothing to tell from.</summary>
    internal static int? Of(BrightnessPlane whole)
    {
        var half = whole.Halved();
        var (fine, middle, coarse) = (whole.Curvature(), half.Curvature(), half.Halved().Curvature());
        if (middle < LeastDetail)
        {
            return null;
        }
        return fine >= Soft * middle ? 1 : middle < Soft * coarse ? 4 : middle < StillSoft * coarse ? 3 : 2;
    }
}
