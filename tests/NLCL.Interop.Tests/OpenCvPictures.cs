using System.Runtime.InteropServices;
using OpenCvSharp;

namespace NLCL.Tests;

/// <summary>Synthetic pictures and what the OpenCV tests ask of them.</summary>
static partial class OpenCvPictures
{
    /// <summary>Classes of this collection run one after another, so that counting matrices means something.</summary>
    public const string Collection = "OpenCV";

    public static bool BindingIsOurs => File.Exists(Path.Combine(AppContext.BaseDirectory, "libnlcl_opencv.so"));

    public const string NotOurs = "this is the original OpenCvSharp, which counts nothing and has a larger surface";

    [LibraryImport("nlcl_opencv", EntryPoint = "nlcl_cv_live_mats")]
    public static partial long LiveMats();

    /// <summary>Uniform noise over the whole range of the type; 0 to 1 for floating point.</summary>
    public static Mat Noise(int rows, int cols, MatType type, int seed = 1)
    {
        var mat = new Mat(rows, cols, type);
        using var channels = mat.Reshape(1);
        var random = new Random(seed);
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < cols * type.Channels; x++)
            {
                switch (type.Depth)
                {
                    case MatType.CV_8U: channels.Set(y, x, (byte)random.Next(256)); break;
                    case MatType.CV_16U: channels.Set(y, x, (ushort)random.Next(65536)); break;
                    case MatType.CV_32F: channels.Set(y, x, random.NextSingle()); break;
                    default: throw new ArgumentException("no noise of this type", nameof(type));
                }
            }
        }
        return mat;
    }

    /// <summary>A ramp without noise, which lossy formats keep well.</summary>
    public static Mat Ramp(int rows, int cols, MatType type)
    {
        using var plane = new Mat(rows, cols, MatType.CV_32FC1);
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < cols; x++) { plane.Set(y, x, 40f + (150f * (x + y) / (rows + cols))); }
        }
        using var all = new Mat();
        Cv2.Merge([.. Enumerable.Repeat(plane, type.Channels)], all);
        var ramp = new Mat();
        all.ConvertTo(ramp, type);
        return ramp;
    }

    public static void AssertSame(Mat expected, Mat actual, double tolerance = 0)
    {
        Assert.Equal(expected.Size(), actual.Size());
        Assert.Equal(expected.Type(), actual.Type());
        Assert.InRange(Cv2.Norm(expected, actual, NormTypes.INF), 0, tolerance);
    }

    public static string TemporaryFile(string extension) => Path.Combine(Path.GetTempPath(), $"nlcl-{Guid.NewGuid():N}{extension}");
}
