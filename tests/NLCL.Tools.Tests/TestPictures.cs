using OpenCvSharp;

namespace NLCL.Tools.Tests;

/// <summary>Small pictures with structure and with rain of a kind, drawn in the test.</summary>
static class TestPictures
{
    /// <summary>A soft scene: gradients and discs, 8-bit BGR.</summary>
    public static Mat Scene(int width, int height, int seed)
    {
        Random random = new(seed);
        Mat scene = new(height, width, MatType.CV_8UC3, new Scalar(90, 110, 100));
        for (int disc = 0; disc < 12; disc++)
        {
            Cv2.Circle(scene, random.Next(width), random.Next(height), random.Next(8, 40), new Scalar(random.Next(40, 180), random.Next(40, 180), random.Next(40, 180)), -1);
        }
        Cv2.GaussianBlur(scene, scene, new Size(7, 7), 2);
        return scene;
    }

    /// <summary>The scene with bright slanted streaks.</summary>
    public static Mat Rainy(Mat scene, int seed)
    {
        Random random = new(seed);
        Mat rainy = scene.Clone();
        for (int streak = 0; streak < scene.Width * scene.Height / 300; streak++)
        {
            int x = random.Next(scene.Width), y = random.Next(scene.Height);
            Cv2.Line(rainy, x, y, x + 2, y + 14, new Scalar(210, 210, 210), 1);
        }
        Cv2.AddWeighted(scene, 0.4, rainy, 0.6, 0, rainy);
        return rainy;
    }

    /// <summary>Writes count pairs into folder/rainy and folder/clean.</summary>
    public static void WritePairs(string folder, int count, int width, int height)
    {
        Directory.CreateDirectory(Path.Combine(folder, "rainy"));
        Directory.CreateDirectory(Path.Combine(folder, "clean"));
        for (int index = 0; index < count; index++)
        {
            using Mat scene = Scene(width, height, index);
            using Mat rainy = Rainy(scene, index + 1000);
            Cv2.ImWrite(Path.Combine(folder, "clean", $"{index}.png"), scene);
            Cv2.ImWrite(Path.Combine(folder, "rainy", $"{index}.png"), rainy);
        }
    }
}
