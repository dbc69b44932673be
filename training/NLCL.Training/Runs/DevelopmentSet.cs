using NLCL.Runtime;
using OpenCvSharp;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>Pairs of rainy and clean pictures that are never trained on: the yardstick during training.</summary>
sealed class DevelopmentSet : IDisposable
{
    /// <summary>SSIM's window.</summary>
    const int SmallestSide = 11;

    readonly List<(Mat Rainy, Mat Clean)> _pairs = [];

    /// <summary>Reads the pairs: pictures of the same file name.</summary>
    /// <param name="rainy">Rainy pictures.</param>
    /// <param name="clean">Their clean counterparts.</param>
    /// <param name="most">Take so many, evenly spread; 0: all.</param>
    public DevelopmentSet(PictureFolder rainy, PictureFolder clean, int most)
    {
        Dictionary<string, string> cleanFiles = clean.Files().ToDictionary(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal);
        (string Rainy, string Clean)[] found = [.. rainy.Files()
            .Select(file => (Rainy: file, Clean: cleanFiles.GetValueOrDefault(Path.GetFileNameWithoutExtension(file), "")))
            .Where(pair => pair.Clean.Length > 0)];
        if (found.Length == 0) { throw new TrainingException($"{rainy.Path}: no development picture has a namesake in {clean.Path}; pairs must share their file names."); }
        int count = most == 0 ? found.Length : Math.Min(most, found.Length);
        for (int index = 0; index < count; index++)
        {
            (string rainyFile, string cleanFile) = found[(int)((long)index * found.Length / count)];
            Mat rainyPicture = PicturePool.ToEightBit(rainy.Read(rainyFile)), cleanPicture = PicturePool.ToEightBit(clean.Read(cleanFile));
            _pairs.Add((rainyPicture, cleanPicture));
            if (Math.Min(rainyPicture.Width, rainyPicture.Height) < SmallestSide)
            {
                throw new TrainingException($"{rainyFile}: {rainyPicture.Width}x{rainyPicture.Height} pixels are too few to measure SSIM on; leave it out of the development pictures.");
            }
            if (rainyPicture.Size() != cleanPicture.Size())
            {
                throw new TrainingException($"{rainyFile}: {rainyPicture.Width}x{rainyPicture.Height}, but its clean counterpart is {cleanPicture.Width}x{cleanPicture.Height}.");
            }
        }
    }

    public IReadOnlyList<(Mat Rainy, Mat Clean)> Pairs => _pairs;

    /// <summary>Opens all development sets that the sources name.</summary>
    public static IEnumerable<DevelopmentSet> Open(TrainingSources sources, int most)
    {
        if (sources.DevelopmentRainy.Count != sources.DevelopmentClean.Count)
        {
            throw new TrainingException($"{sources.DevelopmentRainy.Count} rainy development folders, but {sources.DevelopmentClean.Count} clean ones; name one clean folder for each rainy one.");
        }
        return sources.DevelopmentRainy.Zip(sources.DevelopmentClean, (rainy, clean) => new DevelopmentSet(rainy, clean, most));
    }

    /// <summary>Derains all pictures.</summary>
    /// <returns>Means over the pictures, on 8-bit results.</returns>
    public DevelopmentFigures Measure(IDerainer network, Device device)
    {
        double psnr = 0, ssim = 0, taken = 0;
        for (int index = 0; index < _pairs.Count; index++)
        {
            (Mat rainy, Mat clean) = _pairs[index];
            (Mat background, Mat rain) = WholePicture.Split(network, rainy, device, Neighbours(index));
            using (background)
            using (rain)
            {
                psnr += Quality.PsnrY(background, clean);
                ssim += Quality.SsimY(background, clean);
                taken += Cv2.Norm(rainy, background, NormTypes.L1) / (3 * rainy.Total() * 255.0);
            }
        }
        return new DevelopmentFigures(psnr / _pairs.Count, ssim / _pairs.Count, taken / _pairs.Count);
    }

    // For a network that sees neighbouring frames the set is a clip, in the order of the names. At its ends a frame stands in for the missing one.
    (Mat Before, Mat After)? Neighbours(int index)
    {
        (Mat before, Mat after) = (_pairs[Math.Max(0, index - 1)].Rainy, _pairs[Math.Min(_pairs.Count - 1, index + 1)].Rainy);
        return before.Size() == _pairs[index].Rainy.Size() && after.Size() == before.Size() ? (before, after) : null;
    }

    /// <summary>The figures of doing nothing.</summary>
    public DevelopmentFigures MeasureRainy() =>
        new(_pairs.Average(pair => Quality.PsnrY(pair.Rainy, pair.Clean)), _pairs.Average(pair => Quality.SsimY(pair.Rainy, pair.Clean)), 0);

    public void Dispose()
    {
        foreach ((Mat rainy, Mat clean) in _pairs)
        {
            rainy.Dispose();
            clean.Dispose();
        }
    }
}
