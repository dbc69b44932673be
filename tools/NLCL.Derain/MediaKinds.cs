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
    public static readonly string[] Pictures = [".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp"];
    public static readonly string[] Video = [".mp4", ".mkv", ".mov", ".avi", ".webm", ".m4v", ".ts", ".mpg", ".mpeg", ".y4m"];

    public static MediaKind Of(string file)
    {
        string extension = Path.GetExtension(file).ToLowerInvariant();
        return Pictures.Contains(extension) ? MediaKind.Picture : Video.Contains(extension) ? MediaKind.Video : MediaKind.Unknown;
    }
}
