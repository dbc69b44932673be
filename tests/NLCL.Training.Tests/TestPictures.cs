using NLCL.Runtime;
using NLCL.Training;
using OpenCvSharp;

namespace NLCL.Tests;

/// <summary>Small made-up pictures: soft gradients with boxes; rainy ones with bright upright strokes.</summary>
static class TestPictures
{
    public static Mat Create(int seed, int width, int height, bool rainy = false)
    {
        Random random = new(seed);
        Mat picture = new(height, width, MatType.CV_8UC3, new Scalar(random.Next(60, 120), random.Next(60, 120), random.Next(60, 120)));
        for (int box = 0; box < 16; box++)
        {
            Rect place = new(random.Next(width - 3), random.Next(height - 3), random.Next(1, 4), random.Next(1, 4));
            using Mat part = new(picture, place);
            part.SetTo(new Scalar(random.Next(160), random.Next(160), random.Next(160)));
        }
        for (int stroke = 0; rainy && stroke < 12; stroke++)
        {
            using Mat part = new(picture, new Rect(random.Next(width), random.Next(height - 16), 1, 12));
            part.SetTo(new Scalar(230, 230, 230));
        }
        return picture;
    }

    /// <summary>Writes pictures 0.png, 1.png, … into a new folder.</summary>
    public static string Folder(string path, int count, int width = 96, int height = 80, bool rainy = false)
    {
        Directory.CreateDirectory(path);
        for (int index = 0; index < count; index++)
        {
            using Mat picture = Create(index, width, height, rainy);
            PictureFile.Write(Path.Combine(path, $"{index}.png"), picture);
        }
        return path;
    }

    /// <summary>Side-by-side pairs: the left half dark (below 100), the right half bright (above 150).</summary>
    public static string Pairs(string path, int count, int side = 80)
    {
        Directory.CreateDirectory(path);
        for (int index = 0; index < count; index++)
        {
            using Mat picture = new(side, 2 * side, MatType.CV_8UC3, Scalar.All(50 + (index % 50)));
            using Mat right = new(picture, new Rect(side, 0, side, side));
            right.SetTo(Scalar.All(150 + (index % 50)));
            PictureFile.Write(Path.Combine(path, $"pair{index:D3}.png"), picture);
        }
        return path;
    }

    /// <summary>Everything that a smoke training needs.</summary>
    public static TrainingSources Sources(string root) => new()
    {
        Rainy = [PictureFolder.Parse(Folder(Path.Combine(root, "rainy"), 4, rainy: true))],
        Clean = [PictureFolder.Parse(Folder(Path.Combine(root, "clean"), 4))],
        DevelopmentRainy = [PictureFolder.Parse(Folder(Path.Combine(root, "dev-rainy"), 2, 50, 45, rainy: true))],
        DevelopmentClean = [PictureFolder.Parse(Folder(Path.Combine(root, "dev-clean"), 2, 50, 45))],
    };
}
