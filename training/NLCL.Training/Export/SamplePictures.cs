using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Training;

/// <summary>
/// Rainy pictures that set the scales of an 8-bit file, and others that measure it: every third is held back. At most
/// <see cref="Most"/>, evenly taken from the folders, the middle of each; and as many with synthetic rain where the network
/// learned from that, for rain that none of the others show would be cut off at the ends of the scales.
/// </summary>
sealed class SamplePictures
{
    /// <summary>Pictures of folders used at most, and with synthetic rain.</summary>
    public const int Most = 24;

    const int HeldEvery = 3;

    /// <summary>Longest side of the part that is used.</summary>
    const int LongestSide = 256;

    SamplePictures(IReadOnlyList<PicturePart> calibration, IReadOnlyList<PicturePart> held) => (Calibration, Held) = (calibration, held);

    public static SamplePictures None { get; } = new([], []);

    public IReadOnlyList<PicturePart> Calibration { get; }

    public IReadOnlyList<PicturePart> Held { get; }

    /// <exception cref="TrainingException">The folders hold fewer than three pictures that are large enough.</exception>
    public static SamplePictures Read(IReadOnlyList<PictureFolder> folders, int sizeMultiple)
    {
        List<PicturePart> parts = Parts(folders, sizeMultiple);
        return parts.Count >= HeldEvery
            ? Divide(parts)
            : throw new TrainingException(
                $"{string.Join(", ", folders.Select(folder => folder.Path))}: expected at least {HeldEvery} rainy pictures to calibrate and measure with, found {parts.Count}; name a folder with more by --calibrate.");
    }

    /// <summary>What a run itself has learned from, as far as it is still there.</summary>
    public static SamplePictures OfRun(TrainingOptions training, TrainingSources sources, int sizeMultiple)
    {
        PictureFolder[] rainy = Present(sources.Rainy.Count > 0 ? sources.Rainy : sources.DevelopmentRainy), clean = Present(sources.Clean);
        bool synthesizes = training.Weights.Replay > 0 && clean.Length > 0 && (sources.Streaks is null || Directory.Exists(sources.Streaks));
        PicturePart[] parts = [.. Parts(rainy, sizeMultiple), .. synthesizes ? Synthetic(training, sources with { Rainy = Present(sources.Rainy), Clean = clean }, sizeMultiple) : []];
        return parts.Length >= HeldEvery ? Divide(parts) : None;
    }

    static SamplePictures Divide(IReadOnlyList<PicturePart> parts) => new(
        [.. parts.Where((_, index) => index % HeldEvery != HeldEvery - 1)], [.. parts.Where((_, index) => index % HeldEvery == HeldEvery - 1)]);

    static PictureFolder[] Present(IReadOnlyList<PictureFolder> folders) => [.. folders.Where(folder => Directory.Exists(folder.Path))];

    static List<PicturePart> Parts(IReadOnlyList<PictureFolder> folders, int sizeMultiple)
    {
        (PictureFolder Folder, string File)[] files = [.. folders.SelectMany(folder => folder.Files().Select(file => (folder, file)))];
        List<PicturePart> parts = [];
        for (int index = 0; index < Math.Min(Most, files.Length); index++)
        {
            (PictureFolder folder, string file) = files[(int)((long)index * files.Length / Math.Min(Most, files.Length))];
            using Mat picture = PicturePool.ToEightBit(folder.Read(file));
            int width = Math.Min(picture.Width, LongestSide) / sizeMultiple * sizeMultiple;
            int height = Math.Min(picture.Height, LongestSide) / sizeMultiple * sizeMultiple;
            // As small as the smallest picture that networks with reflected borders take.
            if (width >= 16 && height >= 16) { parts.Add(PicturePart.Middle(picture, width, height)); }
        }
        return parts;
    }

    static PicturePart[] Synthetic(TrainingOptions training, TrainingSources sources, int sizeMultiple)
    {
        int side = LongestSide / sizeMultiple * sizeMultiple, length = 3 * training.Frames * side * side;
        using PicturePool clean = new("clean", PictureRoles.ToTrainOn(sources, training.HoldOutEvery).Clean, budgetBytes: 0);
        // Each kind alike, and none dry: what is rare in training shall fit the scales, too.
        RainOptions rain = training.Rain with { NoRain = 0, Kinds = [.. training.Rain.Kinds.Select(kind => kind with { Weight = 1 })] };
        using RainSynthesizer synthesizer = new(rain, sources.StreakTextures(training.HoldOutEvery));
        (float[] rainy, _) = new BatchSource(training, null, clean, synthesizer).CreateSynthetic(Most, side, new Random(1));
        return [.. Enumerable.Range(0, Most).Select(index => PicturePart.OfPlanes(rainy.AsSpan(index * length, length), side))];
    }
}
