using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>
/// How much a model takes out of rainy pictures whose clean ones nobody knows: the spread (standard deviation) of each picture's rain layer, in levels of 255 of brightness.
/// Says nothing on whether it was rain; a model that leaves real rain alone shows here and in no figure against truth.
/// </summary>
/// <param name="Spreads">One for each picture, ascending.</param>
sealed record RainyFigures(IReadOnlyList<double> Spreads)
{
    /// <summary>A layer that spreads less than this is not seen.</summary>
    public const double Visible = 0.5;

    /// <summary>Pictures that stay as they are.</summary>
    public int Untouched => Spreads.Count(spread => spread < Visible);

    /// <summary>The spread that a share of the pictures does not reach.</summary>
    /// <param name="share">0..1.</param>
    public double Quantile(double share) => Spreads[(int)(share * (Spreads.Count - 1))];

    /// <summary>Derains every picture of a folder.</summary>
    public static RainyFigures Measure(PictureFolder folder, Derainer derainer, CancellationToken cancellation)
    {
        List<double> spreads = [];
        foreach (string file in folder.Files())
        {
            cancellation.ThrowIfCancellationRequested();
            using Mat picture = PictureForms.ToEightBitBgr(folder.ReadHushed(file)), result = derainer.Derain(picture, cancellation);
            spreads.Add(Spread(picture, result));
        }
        return new([.. spreads.Order()]);
    }

    /// <summary>Of one picture and what was made of it.</summary>
    public static double Spread(Mat picture, Mat result)
    {
        using Mat taken = PictureForms.TakenOut(picture, result);
        Cv2.MeanStdDev(taken, out _, out Scalar spread);
        return spread.Val0;
    }
}
