using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>How rainy a frame is to a model: the mean of its rain layer, in levels of 255, over the middle of the frame.</summary>
sealed class RainScore(Derainer derainer)
{
    static readonly Size s_middle = new(960, 540);

    /// <param name="bgr">8-bit BGR.</param>
    /// <param name="cancellation">Stops the network.</param>
    /// <returns>The score, and the sharpness of what is left without the rain.</returns>
    public (double Rain, double Sharpness) Of(Mat bgr, CancellationToken cancellation)
    {
        int width = Math.Min(bgr.Width, s_middle.Width), height = Math.Min(bgr.Height, s_middle.Height);
        using Mat part = new(bgr, new Rect((bgr.Width - width) / 2, (bgr.Height - height) / 2, width, height));
        using Mat background = derainer.Derain(part, cancellation), taken = PictureForms.TakenOut(part, background);
        return (Cv2.Norm(taken, NormTypes.L1) / taken.Total(), FrameMeasures.Sharpness(background));
    }
}
