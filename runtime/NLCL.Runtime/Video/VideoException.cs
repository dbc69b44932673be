namespace NLCL.Runtime;

/// <summary>A clip could not be read, derained or written. The message is one line: the file, what was found, what to do.</summary>
public sealed class VideoException : IOException
{
    /// <summary>Makes the exception for one file.</summary>
    public VideoException(string path, string problem, Exception? inner = null)
        : base($"{OneLine(path)}: {OneLine(problem)}", inner) => Path = path;

    /// <summary>The file that the message is about.</summary>
    public string Path { get; }

    // File names may hold line breaks; a message may not.
    static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
