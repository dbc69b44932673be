using NLCL.Training;
using OpenCvSharp;

namespace NLCL.Train;

/// <summary>
/// Files of a synthesized sample. The rain layer is signed, so its 16-bit PNG has 0 at <see cref="Zero"/>:
/// stored = Zero + 32767 * rain, for rain of -1..1.
/// </summary>
static class SampleFiles
{
    public const int Zero = 32768;

    /// <summary>Writes rainy/NAME, clean/NAME and rain/NAME below a folder.</summary>
    public static void Write(string folder, string name, RainSample sample)
    {
        WritePicture(Path.Combine(folder, "rainy", name), sample.Rainy, MatType.CV_8UC3, 255, 0);
        WritePicture(Path.Combine(folder, "clean", name), sample.Clean, MatType.CV_8UC3, 255, 0);
        WritePicture(Path.Combine(folder, "rain", name), sample.Rain, MatType.CV_16UC1, Zero - 1, Zero);
    }

    /// <summary>Writes a text file under a temporary name first.</summary>
    public static void WriteText(string path, string text) => Publish(path, temporary => File.WriteAllText(temporary, text));

    static void WritePicture(string path, Mat picture, MatType type, double scale, double zero)
    {
        using Mat stored = new();
        picture.ConvertTo(stored, type, scale, zero);
        Cv2.ImEncode(".png", stored, out byte[] bytes);
        Publish(path, temporary => File.WriteAllBytes(temporary, bytes));
    }

    static void Publish(string path, Action<string> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string temporary = path + ".part";
        write(temporary);
        File.Move(temporary, path, overwrite: true);
    }
}
