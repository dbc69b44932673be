using NLCL.CommandLine;
using NLCL.OnnxExport;
using NLCL.Runtime;
using NLCL.Training;

namespace NLCL.Train;

/// <summary>Which exit code a failure of the training libraries means.</summary>
static class LibraryFailures
{
    /// <summary>The exit code; null: not a failure that the libraries document.</summary>
    public static int? ExitCodeOf(Exception failure) => failure switch
    {
        TrainingDivergedException => ExitCodes.Diverged,
        PictureFileException { ConcernsOutput: true } => ExitCodes.Output,
        TrainingException or CheckpointException or PictureFileException => ExitCodes.Input,
        ExportException { InnerException: IOException or UnauthorizedAccessException } => ExitCodes.Output,
        ExportException or ModelFileException => ExitCodes.Model,
        DeviceException => ExitCodes.Device,
        ArgumentException => ExitCodes.Usage,
        FileNotFoundException or DirectoryNotFoundException => ExitCodes.Input,
        UnauthorizedAccessException or IOException => ExitCodes.Output,
        _ => null,
    };
}
