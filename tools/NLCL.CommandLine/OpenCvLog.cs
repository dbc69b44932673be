using System.Runtime.InteropServices;

namespace NLCL.CommandLine;

/// <summary>
/// Keeps OpenCV from writing warnings of its own to standard error: what is wrong with a file is said once, in our line. OpenCV looks into
/// the environment when it is loaded, which is later, and whichever OpenCV it is; asking it by its API would load it for commands that need none.
/// </summary>
static partial class OpenCvLog
{
    const string Level = "OPENCV_LOG_LEVEL";

    /// <summary>Unless the user has chosen a level, or looks for a defect.</summary>
    public static void Silence()
    {
        if (!OperatingSystem.IsWindows() && Environment.GetEnvironmentVariable(CommandProgram.TraceVariable) is null or "")
        {
            // .NET's own copy of the environment is not what libraries see.
            _ = SetVariable(Level, "SILENT", overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
