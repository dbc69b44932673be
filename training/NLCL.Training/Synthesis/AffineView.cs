using OpenCvSharp;

namespace NLCL.Training;

/// <summary>Looks at a picture turned, stretched and shifted, in one resampling.</summary>
static class AffineView
{
    /// <param name="picture">What is looked at.</param>
    /// <param name="size">Of the view.</param>
    /// <param name="column">The picture's column for a pixel of the view: factor of its column, factor of its row, start.</param>
    /// <param name="row">The picture's row, likewise.</param>
    /// <param name="interpolation">Between pixels.</param>
    /// <param name="border">Beyond the picture.</param>
    /// <returns>The view, of the picture's type; the caller disposes it.</returns>
    public static Mat Of(
        Mat picture, Size size, (double X, double Y, double Start) column, (double X, double Y, double Start) row, InterpolationFlags interpolation, BorderTypes border)
    {
        using Mat map = new(2, 3, MatType.CV_64FC1);
        map.Set(0, 0, column.X);
        map.Set(0, 1, column.Y);
        map.Set(0, 2, column.Start);
        map.Set(1, 0, row.X);
        map.Set(1, 1, row.Y);
        map.Set(1, 2, row.Start);
        Mat view = new();
        Cv2.WarpAffine(picture, view, map, size, interpolation | InterpolationFlags.WarpInverseMap, border);
        return view;
    }
}
