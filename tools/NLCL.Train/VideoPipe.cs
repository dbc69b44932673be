using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using NLCL.CommandLine;
using OpenCvSharp;

namespace NLCL.Train;

/// <summary>Writes BGR float frames into a video file through ffmpeg; under a temporary name until finished.</summary>
/// <param name="path">The video file.</param>
/// <param name="rate">Frames per second, as ffmpeg writes it: 30000/1001; null: 25.</param>
/// <param name="rateFactor">x264's constant rate factor; null: nearly without loss.</param>
sealed class VideoPipe(string path, string? rate = null, int? rateFactor = null) : IDisposable
{
    const string FramesPerSecond = "25";
    const int NearlyLossless = 10;

    readonly string _temporary = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, ".part-" + Path.GetFileName(path));
    Process? _ffmpeg;

    public void Write(Mat frame)
    {
        _ffmpeg ??= Start(frame.Size());
        using Mat bytes = new();
        frame.ConvertTo(bytes, MatType.CV_8UC3, 255);
        byte[] row = new byte[frame.Width * 3];
        for (int y = 0; y < frame.Height; y++)
        {
            System.Runtime.InteropServices.Marshal.Copy(bytes.Ptr(y), row, 0, row.Length);
            _ffmpeg.StandardInput.BaseStream.Write(row);
        }
    }

    /// <summary>Closes the file and gives it its name.</summary>
    public void Finish()
    {
        if (_ffmpeg is null) { throw new CommandException(ExitCodes.Input, $"no frames for '{path}'."); }
        _ffmpeg.StandardInput.Close();
        _ffmpeg.WaitForExit();
        if (_ffmpeg.ExitCode != 0) { throw new CommandException(ExitCodes.Output, $"ffmpeg ended with code {_ffmpeg.ExitCode} while writing '{path}'."); }
        File.Move(_temporary, path, overwrite: true);
    }

    public void Dispose()
    {
        if (_ffmpeg is { HasExited: false }) { _ffmpeg.Kill(); }
        _ffmpeg?.Dispose();
        File.Delete(_temporary);
    }

    Process Start(Size size)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_temporary)!);
        ProcessStartInfo start = new("ffmpeg") { RedirectStandardInput = true };
        string input = string.Create(CultureInfo.InvariantCulture, $"-v error -y -f rawvideo -pix_fmt bgr24 -s {size.Width}x{size.Height} -r {rate ?? FramesPerSecond} -i -");
        string encoding = string.Create(CultureInfo.InvariantCulture, $"-vf scale=out_color_matrix=bt709:out_range=tv -colorspace bt709 -color_primaries bt709 -color_trc bt709 -c:v libx264 -crf {rateFactor ?? NearlyLossless} -pix_fmt yuv420p");
        foreach (string argument in $"{input} {encoding}".Split(' ')) { start.ArgumentList.Add(argument); }
        start.ArgumentList.Add(_temporary);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new CommandException(ExitCodes.Missing, "ffmpeg is needed to write a video: apt-get install ffmpeg.", missing);
        }
    }
}
