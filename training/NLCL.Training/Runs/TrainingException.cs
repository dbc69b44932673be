namespace NLCL.Training;

/// <summary>Training cannot start or go on because of its pictures or its run folder. The message is one line with the remedy.</summary>
/// <param name="message">Path, what was expected, what was found, what to do.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class TrainingException(string message, Exception? innerException = null) : Exception(message, innerException);
