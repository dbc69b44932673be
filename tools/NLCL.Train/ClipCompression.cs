using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Train;

/// <summary>What a camera's video encoder does to the frames of a clip: they go through H.264 and come back.</summary>
static class ClipCompression
{
    /// <summary>Replaces the numbered pictures of a folder by what is left of them.</summary>
    /// <param name="folder">Frames 00000.png, 00001.png, …, of even width and height.</param>
    /// <param name="rateFactor">x264's constant rate factor: 18 is hardly seen, 28 is a cheap camera's.</param>
    public static void Apply(string folder, int rateFactor)
    {
        string encoded = Path.Combine(folder, ".encoded.mkv");
        try
        {
            Encode(folder, encoded, rateFactor);
            using VideoFrames frames = new(encoded);
            for (int index = 0; frames.Read(); index++)
            {
                using Mat rgb = Mat.FromPixelData(frames.Height, frames.Width, MatType.CV_8UC3, frames.Rgb), bgr = new();
                Cv2.CvtColor(rgb, bgr, ColorConversionCodes.RGB2BGR);
                PictureFile.Write(Path.Combine(folder, $"{index:00000}.png"), bgr, new PictureWriteOptions { Overwrite = true });
            }
        }
        finally
        {
            File.Delete(encoded);
        }
    }

    static void Encode(string folder, string encoded, int rateFactor)
    {
        ProcessStartInfo start = new("ffmpeg", [
            "-v", "error", "-nostdin", "-y", "-framerate", "25", "-i", Path.Combine(folder.Replace("%", "%%", StringComparison.Ordinal), "%05d.png"),
            "-vf", "scale=out_color_matrix=bt709:out_range=tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
            "-c:v", "libx264", "-crf", rateFactor.ToString(CultureInfo.InvariantCulture), "-threads", "1", "-pix_fmt", "yuv420p", encoded])
        {
            RedirectStandardError = true,
        };
        try
        {
            using Process ffmpeg = Process.Start(start)!;
            string complaint = ffmpeg.StandardError.ReadToEnd().Trim();
            ffmpeg.WaitForExit();
            if (ffmpeg.ExitCode != 0) { throw new CommandException(ExitCodes.Input, $"the frames in '{folder}' cannot be encoded as H.264: {complaint.Split('\n')[0]}"); }
        }
        catch (Win32Exception missing)
        {
            throw new CommandException(ExitCodes.Missing, "ffmpeg is needed for --h264: apt-get install ffmpeg.", missing);
        }
    }
}
