namespace NLCL.Derain;

/// <summary>What a file holds, by its extension.</summary>
enum MediaKind
{
    Unknown,
    Picture,
    Video,
}

/// <summary>The extensions that the command line takes.</summary>
static class MediaKinds
{
    public static readonly string[] Pictures = [".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp", ".ppm", ".pgm", ".pnm"];
    public static readonly string[] Video = [".mp4", ".mkv", ".mov", ".avi", ".webm", ".m4v", ".ts", ".mpg", ".mpeg", ".y4m"];

    /// <summary>Video that is read, and written as something else.</summary>
    public static readonly string[] OnlyRead = [".gif", ".apng", ".wmv", ".asf", ".flv", ".3gp", ".3g2", ".mts", ".m2ts", ".vob", ".mxf", ".ogv", ".nut", ".h264", ".hevc"];

    /// <summary>A video, by its name, that can only be an input.</summary>
    public static bool IsOnlyRead(string file) => OnlyRead.Contains(Path.GetExtension(file).ToLowerInvariant());

    public static MediaKind Of(string file)
    {
        string extension = Path.GetExtension(file).ToLowerInvariant();
        return Pictures.Contains(extension) ? MediaKind.Picture : Video.Contains(extension) ? MediaKind.Video : MediaKind.Unknown;
    }
}
