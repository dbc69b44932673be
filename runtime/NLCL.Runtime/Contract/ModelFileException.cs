namespace NLCL.Runtime;

/// <summary>A model file that this runtime must not or cannot run. One line: the path, every problem found, the remedy.</summary>
public sealed class ModelFileException : Exception
{
    /// <summary>Puts the path, the problems and the remedy into one line.</summary>
    public ModelFileException(string path, IReadOnlyList<string> problems, string remedy, Exception? innerException = null)
        : base($"{path}: {string.Join("; ", problems)}. {remedy}", innerException)
    {
        Path = path;
        Problems = problems;
    }

    /// <summary>The file as the caller named it.</summary>
    public string Path { get; }

    /// <summary>Every problem that was found, each with what was expected.</summary>
    public IReadOnlyList<string> Problems { get; }
}
