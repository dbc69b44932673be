namespace NLCL.CommandLine;

/// <summary>Ends a command with one line for the user and a documented exit code.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="message">One line: what, where, what to do.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class CommandException(int exitCode, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The code that the process ends with.</summary>
    public int ExitCode { get; } = exitCode;
}
