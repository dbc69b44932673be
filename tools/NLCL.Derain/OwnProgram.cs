using System.Diagnostics;
using System.Globalization;

namespace NLCL.Derain;

/// <summary>What a run of this program in a process of its own came to.</summary>
/// <param name="Code">Its exit code; null: it was ended at its limit.</param>
/// <param name="Printed">Its standard output.</param>
/// <param name="PeakBytes">Its resident memory, at most; 0 where the system does not tell.</param>
readonly record struct OwnRun(int? Code, string Printed, long PeakBytes);

/// <summary>Runs this program once more: its memory and its faults are then nobody else's.</summary>
static class OwnProgram
{
    /// <param name="arguments">What would stand behind <c>nlcl</c>.</param>
    /// <param name="limit">Time after which it is ended.</param>
    /// <param name="cancellation">Ends it.</param>
    public static OwnRun Run(IEnumerable<string> arguments, TimeSpan limit, CancellationToken cancellation = default)
    {
        // Started as 'dotnet nlcl-derain.dll' the process is the muxer.
        string[] program = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        ProcessStartInfo start = new(Environment.ProcessPath!, [.. program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        Task<string> printed = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Stopwatch clock = Stopwatch.StartNew();
        string id = process.Id.ToString(CultureInfo.InvariantCulture);
        long peak = 0;
        while (!process.WaitForExit(50))
        {
            peak = Math.Max(peak, ProcessWatch.Status(id, "VmHWM"));
            if (clock.Elapsed > limit || cancellation.IsCancellationRequested)
            {
                process.Kill();
                cancellation.ThrowIfCancellationRequested();
                return new(null, "", peak);
            }
        }
        _ = errors.GetAwaiter().GetResult();
        return new(process.ExitCode, printed.GetAwaiter().GetResult(), peak);
    }
}
