using OpenCvSharp;

namespace NLCL.Training;

/// <summary>Cuts random square crops out of pictures.</summary>
static class CropSampler
{
    /// <summary>One crop: random place, mirrored left to right half of the time; the picture is enlarged first where it is too small.</summary>
    /// <param name="picture">8UC3.</param>
    /// <param name="side">Side of the crop in pixels.</param>
    /// <param name="random">Decides place and mirroring.</param>
    /// <param name="smallestScale">The picture is shrunk by a factor between this and 1 first; 1: never.</param>
    /// <param name="turn">Turn by a multiple of 90 degrees too. Not for rainy pictures: rain falls.</param>
    /// <returns>32FC3, 0..1, a copy; the caller disposes it.</returns>
    public static Mat Cut(Mat picture, int side, Random random, double smallestScale = 1, bool turn = false)
    {
        double scale = 1 - (random.NextDouble() * (1 - smallestScale));
        // Shrinking is done on the part that becomes the crop, not on the whole picture.
        int wanted = Math.Max(side, (int)Math.Round(side / scale));
        int part = Math.Min(wanted, Math.Min(picture.Width, picture.Height));
        Rect place = new(random.Next(picture.Width - part + 1), random.Next(picture.Height - part + 1), part, part);
        bool mirrored = random.Next(2) == 0;
        int quarters = turn ? random.Next(4) : 0;

        using Mat cut = new(picture, place);
        using Mat sized = new();
        // Too small pictures are enlarged to the crop, the authors' way; the rain in them grows with it.
        Cv2.Resize(cut, sized, new Size(side, side), 0, 0, part > side ? InterpolationFlags.Area : InterpolationFlags.Cubic);
        if (mirrored) { Cv2.Flip(sized, sized, FlipMode.Y); }
        if (quarters > 0) { Cv2.Rotate(sized, sized, (RotateFlags)(quarters - 1)); }
        Mat crop = new();
        sized.ConvertTo(crop, MatType.CV_32FC3, 1 / 255.0);
        return crop;
    }
}
