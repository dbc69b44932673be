using OpenCvSharp;

namespace NLCL.Training;

/// <summary>A layer out of focus: each point of a near drop becomes a disc, the image of a round aperture (Pentland, PAMI 1987).</summary>
static class Defocus
{
    /// <summary>Renders a layer with a margin of the disc's radius, so that the borders see what lies beyond them, and blurs it.</summary>
    /// <param name="radius">Of the disc, in pixels; 0: in focus.</param>
    /// <param name="picture">Size of the result.</param>
    /// <param name="render">Renders the layer in a size.</param>
    public static Mat Render(double radius, Size picture, Func<Size, Mat> render)
    {
        if (radius == 0)
        {
            return render(picture);
        }
        int margin = (int)Math.Ceiling(radius);
        using var sharp = render(new Size(picture.Width + (2 * margin), picture.Height + (2 * margin)));
        using var disc = Disc(radius, margin);
        using var blurred = new Mat();
        Cv2.Filter2D(sharp, blurred, -1, disc);
        using var inner = new Mat(blurred, new Rect(margin, margin, picture.Width, picture.Height));
        return inner.Clone();
    }

    /// <summary>Sums to 1: what spreads grows fainter.</summary>
    static Mat Disc(double radius, int margin)
    {
        int side = (2 * margin) + 1;
        var disc = new Mat(side, side, MatType.CV_32FC1);
        var weights = disc.Floats();
        float sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            int x = (i % side) - margin, y = (i / side) - margin;
            weights[i] = (float)Math.Clamp(radius + 0.5 - Math.Sqrt((x * x) + (y * y)), 0, 1);
            sum += weights[i];
        }
        foreach (ref float weight in weights)
        {
            weight /= sum;
        }
        return disc;
    }
}
