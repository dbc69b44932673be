namespace NLCL.Runtime;

/// <summary>How far a clip has come.</summary>
/// <param name="FramesDone">Frames handed to the encoder.</param>
/// <param name="FramesTotal">Frames that the file's header promises, or duration times rate; null when it says neither.</param>
/// <param name="Elapsed">Time since the start.</param>
public sealed record VideoProgress(long FramesDone, long? FramesTotal, TimeSpan Elapsed);
