using System.Diagnostics;
using System.Globalization;
using NLCL.CommandLine;

namespace NLCL.Derain;

/// <summary>Makes a clip of moving test patterns with ffmpeg.</summary>
static class TestClip
{
    /// <summary>H.264, 8-bit 4:2:0, 25 frames a second, no sound.</summary>
    /// <exception cref="CommandException">There is no ffmpeg, or it failed.</exception>
    public static void Make(string path, FrameSize size, int frames, CancellationToken cancellation) => Run(
        ["-f", "lavfi", "-i", $"testsrc2=size={size}:rate=25", "-frames:v", frames.ToString(CultureInfo.InvariantCulture),
            "-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-pix_fmt", "yuv420p", path],
        cancellation);

    /// <summary>Runs ffmpeg to its end.</summary>
    /// <returns>What it wrote to standard error.</returns>
    public static string Run(IEnumerable<string> arguments, CancellationToken cancellation)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo("ffmpeg", ["-hide_banner", "-nostdin", "-loglevel", "error", "-y", .. arguments]) { RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new CommandException(ExitCodes.Missing, "ffmpeg is missing. Run: apt-get install -y ffmpeg", missing);
        }
        using (process)
        using (cancellation.Register(process.Kill))
        {
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            return process.ExitCode == 0 ? errors : throw new CommandException(ExitCodes.Missing, $"ffmpeg cannot do it: {errors.Trim()}");
        }
    }
}
