namespace NLCL.Training;

/// <summary>The loss stopped being a number many times in a row; the last checkpoint holds the state before.</summary>
/// <param name="message">Since when, which loss, what to change.</param>
public sealed class TrainingDivergedException(string message) : Exception(message);
