namespace NLCL.Runtime;

/// <summary>Who reads and writes video files.</summary>
public enum VideoEngine
{
    /// <summary>ffmpeg when it is installed, otherwise OpenCV.</summary>
    Auto,

    /// <summary>Child processes of ffmpeg: keeps timestamps, colour, sound, subtitles and metadata.</summary>
    Ffmpeg,

    /// <summary>OpenCV's own reader and writer: pictures only; <see cref="VideoReport.Losses"/> says what is lost.</summary>
    OpenCv,
}
