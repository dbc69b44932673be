using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>A picture with edges and slopes, drawn: soaks and benchmarks need no files.</summary>
static class TestScene
{
    /// <summary>8-bit BGR; the caller owns it.</summary>
    public static Mat Draw(int width, int height, int seed)
    {
        Random random = new(seed);
        Mat scene = new(height, width, MatType.CV_8UC3, new Scalar(90, 110, 100));
        for (int disc = 0; disc < 12; disc++)
        {
            Cv2.Circle(scene, random.Next(width), random.Next(height), random.Next(2, Math.Max(width, height) / 3), new Scalar(random.Next(40, 180), random.Next(40, 180), random.Next(40, 180)), -1);
        }
        for (int streak = 0; streak < width * height / 300; streak++)
        {
            int x = random.Next(width), y = random.Next(height);
            Cv2.Line(scene, x, y, x + 2, y + 9, new Scalar(200, 200, 200), 1);
        }
        return scene;
    }
}
