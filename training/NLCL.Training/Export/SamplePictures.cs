using NLCL.OnnxExport;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Training;

/// <summary>
/// Rainy pictures that set the scales of an 8-bit file, and others that measure it: every third is held back. At most
/// <see cref="Most"/>, evenly taken from the folders, the middle of each.
/// </summary>
sealed class SamplePictures
{
    /// <summary>Pictures used at most.</summary>
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
        return parts.Count >= HeldEvery
            ? new SamplePictures(
                [.. parts.Where((_, index) => index % HeldEvery != HeldEvery - 1)], [.. parts.Where((_, index) => index % HeldEvery == HeldEvery - 1)])
            : throw new TrainingException(
                $"{string.Join(", ", folders.Select(folder => folder.Path))}: expected at least {HeldEvery} rainy pictures to calibrate and measure with, found {parts.Count}; name a folder with more by --calibrate.");
    }
}

/// <summary>Part of a picture as bytes, <c>[height, width, 3]</c>, BGR.</summary>
sealed record PicturePart(byte[] Bytes, int Width, int Height)
{
    public static unsafe PicturePart Middle(Mat picture, int width, int height)
    {
        byte[] bytes = new byte[height * width * 3];
        int left = (picture.Width - width) / 2, top = (picture.Height - height) / 2;
        for (int y = 0; y < height; y++)
        {
            new ReadOnlySpan<byte>((byte*)picture.Ptr(top + y) + (left * 3), width * 3).CopyTo(bytes.AsSpan(y * width * 3));
        }
        return new PicturePart(bytes, width, height);
    }

    public SampleInput ToFrame() => SampleInput.Of(Bytes, 1, Height, Width, 3);

    /// <param name="frames">How often: a picture is its own neighbour.</param>
    public SampleInput ToPlanes(int frames)
    {
        int plane = Width * Height;
        float[] planes = new float[3 * frames * plane];
        for (int at = 0; at < plane; at++)
        {
            for (int channel = 0; channel < 3 * frames; channel++) { planes[(channel * plane) + at] = Bytes[(3 * at) + 2 - (channel % 3)] / 255f; }
        }
        return SampleInput.Of(planes, 1, 3 * frames, Height, Width);
    }
}
