namespace NLCL.CommandLine;

/// <summary>A signal stopped the work, and there is something to say about it.</summary>
/// <param name="message">One line: how far it came, how to go on.</param>
/// <param name="innerException">The cancellation.</param>
public sealed class StoppedException(string message, Exception innerException) : OperationCanceledException(message, innerException);
