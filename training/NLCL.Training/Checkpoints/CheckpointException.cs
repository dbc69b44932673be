namespace NLCL.Training;

/// <summary>A checkpoint is damaged, or belongs to another training. The message is one line: path, problem, remedy.</summary>
/// <param name="path">The file.</param>
/// <param name="problem">What was expected and what was found.</param>
/// <param name="remedy">What to do about it.</param>
public sealed class CheckpointException(string path, string problem, string remedy = "restore the file from a copy, or start the training anew")
    : Exception($"{path}: {problem}; {remedy}.")
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
