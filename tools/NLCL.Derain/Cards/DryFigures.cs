using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>What a model does to pictures without rain.</summary>
/// <param name="Pictures">How many.</param>
/// <param name="Mean">Figures of the result against the picture itself; pictures that stay exactly as they are count as 100 dB.</param>
/// <param name="WorstShift">Largest shift of a channel's mean over a picture, in levels of 255.</param>
/// <param name="Shifted">Pictures with a channel's mean shifted by more than one level.</param>
readonly record struct DryFigures(int Pictures, Figures Mean, double WorstShift, int Shifted)
{
    const double Exact = 100;

    /// <summary>Derains every picture of some folders.</summary>
    public static DryFigures Measure(IReadOnlyList<PictureFolder> folders, Derainer derainer, CancellationToken cancellation)
    {
        List<Figures> figures = [];
        double worst = 0;
        int shifted = 0;
        foreach ((PictureFolder folder, string file) in folders.SelectMany(folder => folder.Files().Select(file => (folder, file))))
        {
            cancellation.ThrowIfCancellationRequested();
            using Mat picture = folder.ReadHushed(file);
            using Mat result = derainer.Derain(picture, cancellation);
            Figures one = Figures.Measure(result, picture);
            figures.Add(one with { PsnrY = Math.Min(one.PsnrY, Exact), PsnrRgb = Math.Min(one.PsnrRgb, Exact) });
            double shift = Shift(picture, result);
            worst = Math.Max(worst, shift);
            shifted += shift > 1 ? 1 : 0;
        }
        return new(figures.Count, Figures.Mean(figures), worst, shifted);
    }

    static double Shift(Mat picture, Mat result)
    {
        double levels = picture.Depth() switch { MatType.CV_8U => 1, MatType.CV_16U => 1 / 257.0, _ => 255 };
        Scalar before = Cv2.Mean(picture), after = Cv2.Mean(result);
        return levels * Enumerable.Range(0, Math.Min(3, picture.Channels())).Max(channel => Math.Abs(after[channel] - before[channel]));
    }
}
