using OpenCvSharp;

namespace NLCL.Training;

/// <summary>A frame as video encoders hold it: brightness, and colour at half its resolution. Values of 0..255, sizes whole blocks.</summary>
sealed class CodedFrame
{
    CodedFrame(params CodedPlane[] planes) => Planes = planes;

    /// <summary>Brightness (Y), and, half as wide and high, red and blue without it (Cr, Cb).</summary>
    public IReadOnlyList<CodedPlane> Planes { get; }

    /// <summary>Brightness.</summary>
    public CodedPlane Luma => Planes[0];

    /// <param name="picture">CV_32FC3, BGR, 0..1.</param>
    /// <param name="offset">Of the picture's first pixel in its block.</param>
    public static CodedFrame From(Mat picture, Point offset)
    {
        int width = Whole(picture.Width + offset.X), height = Whole(picture.Height + offset.Y);
        using Mat padded = new(), ycc = new();
        Cv2.CopyMakeBorder(picture, padded, offset.Y, height - picture.Height - offset.Y, offset.X, width - picture.Width - offset.X, BorderTypes.Replicate);
        Cv2.CvtColor(padded, ycc, ColorConversionCodes.BGR2YCrCb);
        Mat[] planes = Cv2.Split(ycc);
        try
        {
            return new(CodedPlane.From(planes[0]), Half(planes[1]), Half(planes[2]));
        }
        finally
        {
            foreach (Mat plane in planes) { plane.Dispose(); }
        }
    }

    /// <summary>Writes the frame over a picture of the size that it was made of.</summary>
    public void CopyTo(Mat picture, Point offset)
    {
        using Mat luma = Luma.ToMat(), red = Double(Planes[1]), blue = Double(Planes[2]), ycc = new(), bgr = new();
        Cv2.Merge([luma, red, blue], ycc);
        Cv2.CvtColor(ycc, bgr, ColorConversionCodes.YCrCb2BGR);
        using Mat window = new(bgr, new Rect(offset.X, offset.Y, picture.Width, picture.Height));
        window.CopyTo(picture);
        foreach (ref float value in picture.Floats()) { value = Math.Clamp(value, 0, 1); }
    }

    static int Whole(int side) => (side + HybridCodec.Macroblock - 1) / HybridCodec.Macroblock * HybridCodec.Macroblock;

    static CodedPlane Half(Mat plane)
    {
        using Mat half = new();
        Cv2.Resize(plane, half, new Size(plane.Width / 2, plane.Height / 2), 0, 0, InterpolationFlags.Area);
        return CodedPlane.From(half);
    }

    static Mat Double(CodedPlane plane)
    {
        using Mat half = plane.ToMat();
        Mat whole = new();
        Cv2.Resize(half, whole, new Size(2 * half.Width, 2 * half.Height), 0, 0, InterpolationFlags.Linear);
        return whole;
    }
}
