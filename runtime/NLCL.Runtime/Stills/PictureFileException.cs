namespace NLCL.Runtime;

/// <summary>A picture file that cannot be read or written. One line: path, what was expected, what was found, the remedy.</summary>
public sealed class PictureFileException : Exception
{
    /// <summary>Puts the four into one line.</summary>
    public PictureFileException(string path, string expected, string found, string remedy, Exception? innerException = null)
        : base($"{path}: expected {expected}, found {found}. {remedy}".ReplaceLineEndings(" "), innerException) => Path = path;

    /// <summary>The file as the caller named it.</summary>
    public string Path { get; }

    /// <summary>It is the output that cannot be written; otherwise the input is at fault.</summary>
    public bool ConcernsOutput { get; init; }
}
