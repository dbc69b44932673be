using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>Which exit code a failure of the runtime library means.</summary>
static class LibraryFailures
{
    /// <summary>The exit code; null: not a failure that the library documents.</summary>
    public static int? ExitCodeOf(Exception failure) => failure switch
    {
        ModelFileException => ExitCodes.Model,
        DeviceException => ExitCodes.Device,
        PictureFileException { ConcernsOutput: true } => ExitCodes.Output,
        PictureFileException => ExitCodes.Input,
        VideoException { ConcernsOutput: true } => ExitCodes.Output,
        VideoException => ExitCodes.Input,
        FileNotFoundException { FileName: "ffmpeg" } => ExitCodes.Missing,
        FileNotFoundException or DirectoryNotFoundException => ExitCodes.Input,
        UnauthorizedAccessException => ExitCodes.Output,
        IOException => ExitCodes.Output,
        _ => null,
    };
}
