using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>Pictures in the few forms that measuring and showing need.</summary>
static class PictureForms
{
    /// <summary>Any picture as 8-bit BGR. Takes ownership of what it gets; the caller owns what comes back.</summary>
    public static Mat ToEightBitBgr(Mat picture)
    {
        if (picture.Type() == MatType.CV_8UC3) { return picture; }
        using (picture)
        {
            double scale = picture.Depth() switch { MatType.CV_8U => 1, MatType.CV_16U => 1 / 257.0, _ => 255 };
            using Mat bytes = new();
            picture.ConvertTo(bytes, MatType.MakeType(MatType.CV_8U, picture.Channels()), scale);
            Mat bgr = new();
            switch (bytes.Channels())
            {
                case 1: Cv2.CvtColor(bytes, bgr, ColorConversionCodes.GRAY2BGR); break;
                case 4: Cv2.CvtColor(bytes, bgr, ColorConversionCodes.BGRA2BGR); break;
                default: bytes.CopyTo(bgr); break;
            }
            return bgr;
        }
    }

    /// <summary>The brightness that was taken out.</summary>
    /// <param name="rainy">8-bit BGR.</param>
    /// <param name="background">8-bit BGR, same size.</param>
    /// <returns>16-bit signed, levels of 255; the caller disposes it.</returns>
    public static Mat TakenOut(Mat rainy, Mat background)
    {
        using Mat before = new(), after = new();
        Cv2.CvtColor(rainy, before, ColorConversionCodes.BGR2GRAY);
        Cv2.CvtColor(background, after, ColorConversionCodes.BGR2GRAY);
        Mat difference = new();
        Cv2.Subtract(before, after, difference, dtype: MatType.CV_16S);
        return difference;
    }

    /// <summary>The rain layer as a picture: grey 128 where nothing was taken out, brighter where light was, by twice its levels.</summary>
    /// <param name="rainy">8-bit BGR.</param>
    /// <param name="background">8-bit BGR, same size.</param>
    /// <returns>8-bit BGR.</returns>
    public static Mat RainLayer(Mat rainy, Mat background)
    {
        using Mat difference = TakenOut(rainy, background), shown = new();
        difference.ConvertTo(shown, MatType.CV_8U, 2, 128);
        Mat layer = new();
        Cv2.CvtColor(shown, layer, ColorConversionCodes.GRAY2BGR);
        return layer;
    }

    /// <summary>A smaller copy whose longer side is <paramref name="side"/>; the same picture where it is small enough.</summary>
    public static Mat Fit(Mat picture, int side)
    {
        double scale = side / (double)Math.Max(picture.Width, picture.Height);
        if (scale >= 1) { return picture.Clone(); }
        Mat smaller = new();
        Cv2.Resize(picture, smaller, new Size(Math.Max(1, (int)Math.Round(picture.Width * scale)), Math.Max(1, (int)Math.Round(picture.Height * scale))), 0, 0, InterpolationFlags.Area);
        return smaller;
    }
}
