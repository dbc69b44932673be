namespace NLCL.Runtime;

/// <summary>One stage of the pipeline and the time that it worked; waiting for its neighbours is not counted.</summary>
/// <param name="Name">decode, rgb, derain, yuv or encode.</param>
/// <param name="Busy">Working time over the whole clip. For decode and encode this is time spent in the pipe, so it holds
/// the wait for the ffmpeg process; a GPU converts within derain, so that rgb and yuv take no time.</param>
public sealed record VideoStage(string Name, TimeSpan Busy);
