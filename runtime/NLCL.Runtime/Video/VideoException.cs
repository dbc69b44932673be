namespace NLCL.Runtime;

/// <summary>A clip could not be read, derained or written. The message is one line: the file, what was found, what to do.</summary>
public sealed class VideoException : IOException
{
    /// <summary>Makes the exception for one file.</summary>
    public VideoException(string path, string problem, Exception? inner = null)
        : base($"{OneLine(path)}: {OneLine(problem)}", inner) => Path = path;

    /// <summary>The file that the message is about.</summary>
    public string Path { get; }

    /// <summary>It is the output that cannot be written; otherwise the input is at fault.</summary>
    public bool ConcernsOutput { get; init; }

    /// <summary>What is finished so far is good, and worth going on from.</summary>
    internal bool CanGoOn { get; init; }

    internal static VideoException Output(string path, string problem, Exception? inner = null) => new(path, problem, inner) { ConcernsOutput = true };

    // File names may hold line breaks; a message may not.
    static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
