using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Train;

/// <summary>One clean picture or video file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Folder">Reads the picture, whole or a half of it; null for a video.</param>
sealed record CleanSource(string Path, PictureFolder? Folder)
{
    static readonly string[] s_videos = [".mp4", ".mkv", ".mov", ".avi", ".webm", ".m4v"];

    public bool IsVideo => Folder is null;

    /// <summary>Whether a name is that of a video file.</summary>
    public static bool IsVideoName(string file) => s_videos.Contains(System.IO.Path.GetExtension(file).ToLowerInvariant());

    /// <summary>The sources that --clean means: a file, or DIR, DIR:left, DIR:right, DIR/*.jpg.</summary>
    public static IReadOnlyList<CleanSource> Find(string clean)
    {
        if (File.Exists(clean))
        {
            return [new(clean, IsVideoName(clean) ? null : new PictureFolder { Path = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(clean))! })];
        }
        PictureFolder folder = PictureFolder.Parse(clean);
        if (!Directory.Exists(folder.Path)) { throw new CommandException(ExitCodes.Input, $"'{folder.Path}' is not there."); }
        CleanSource[] sources = [.. folder.Files().Select(file => new CleanSource(file, folder))];
        return sources.Length > 0 ? sources : throw new CommandException(ExitCodes.Input, $"folder '{folder.Path}' has no pictures '{folder.Pattern}'.");
    }

    /// <summary>The picture as CV_32FC3, BGR, 0..1; an alpha channel is left out.</summary>
    public Mat Load()
    {
        using Mat picture = Folder!.Read(Path);
        return ToFloat(picture);
    }

    /// <summary>Any picture as CV_32FC3, BGR, 0..1.</summary>
    public static Mat ToFloat(Mat picture)
    {
        double scale = picture.Depth() switch { MatType.CV_8U => 1.0 / 255, MatType.CV_16U => 1.0 / 65535, _ => 1 };
        Mat result = new();
        picture.ConvertTo(result, MatType.CV_32F, scale);
        if (result.Channels() != 3)
        {
            Cv2.CvtColor(result, result, result.Channels() == 1 ? ColorConversionCodes.GRAY2BGR : ColorConversionCodes.BGRA2BGR);
        }
        return result;
    }
}
