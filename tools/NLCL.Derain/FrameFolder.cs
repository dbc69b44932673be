using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>The frames of a clip, whether it is a video file or a folder of numbered pictures.</summary>
static class FrameFolder
{
    /// <summary>Reads frame by frame; the caller owns each.</summary>
    /// <param name="path">A video file, or a folder as <see cref="PictureFolder.Parse"/> takes it.</param>
    /// <returns>8-bit BGR, in the order they are shown, with the time in seconds where the file says one.</returns>
    /// <exception cref="CommandException">There are no frames, or the video cannot be read.</exception>
    public static IEnumerable<(Mat Frame, double? Time)> Read(string path)
    {
        if (File.Exists(path))
        {
            foreach ((Mat, double?) frame in ReadVideo(path)) { yield return frame; }
            yield break;
        }
        PictureFolder folder = PictureFolder.Parse(path);
        if (!Directory.Exists(folder.Path)) { throw new CommandException(ExitCodes.Input, $"'{path}' is not there; name a video file, or a folder of numbered frames."); }
        IReadOnlyList<string> files = folder.Files();
        if (files.Count == 0) { throw new CommandException(ExitCodes.Input, $"folder '{folder.Path}' has no pictures '{folder.Pattern}'."); }
        foreach (string file in files)
        {
            yield return (PictureForms.ToEightBitBgr(folder.ReadHushed(file)), null);
        }
    }

    static IEnumerable<(Mat Frame, double? Time)> ReadVideo(string path)
    {
        using VideoFrames frames = new(path);
        for (int index = 0; frames.Read(); index++)
        {
            using Mat rgb = Mat.FromPixelData(frames.Height, frames.Width, MatType.CV_8UC3, frames.Rgb);
            Mat bgr = new();
            Cv2.CvtColor(rgb, bgr, ColorConversionCodes.RGB2BGR);
            yield return (bgr, index < frames.Times.Count ? frames.Times[index] : null);
        }
    }
}
