using System.Text.Json;
using System.Text.Json.Serialization;
using NLCL.Runtime;
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

    static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Writes rainy/NAME, clean/NAME and rain/NAME below a folder.</summary>
    public static void Write(string folder, string name, RainSample sample, bool overwrite)
    {
        WritePicture(Path.Combine(folder, "rainy", name), sample.Rainy, MatType.CV_8UC3, 255, 0, overwrite);
        WritePicture(Path.Combine(folder, "clean", name), sample.Clean, MatType.CV_8UC3, 255, 0, overwrite);
        WritePicture(Path.Combine(folder, "rain", name), sample.Rain, MatType.CV_16UC1, Zero - 1, Zero, overwrite);
    }

    /// <summary>Writes what was drawn into the file of that name with .json behind it.</summary>
    public static void WriteParameters(string beside, RainParameters parameters) =>
        WriteText(beside + ".json", JsonSerializer.Serialize(parameters, s_json));

    /// <summary>Writes a text file under a temporary name first.</summary>
    public static void WriteText(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string temporary = path + ".part";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }

    static void WritePicture(string path, Mat picture, MatType type, double scale, double zero, bool overwrite)
    {
        using Mat stored = new();
        picture.ConvertTo(stored, type, scale, zero);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        PictureFile.Write(path, stored, new PictureWriteOptions { Overwrite = overwrite });
    }
}
