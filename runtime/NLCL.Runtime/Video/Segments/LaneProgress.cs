namespace NLCL.Runtime;

/// <summary>Adds up what lanes have done; tells it as one clip's progress, from one thread at a time.</summary>
/// <param name="whole">Is told.</param>
/// <param name="before">Frames that were done already.</param>
/// <param name="lanes">How many there are.</param>
sealed class LaneProgress(IProgress<VideoProgress> whole, long before, int lanes)
{
    readonly Lock _gate = new();
    readonly long[] _done = new long[lanes];

    /// <summary>For one of them to report to.</summary>
    public IProgress<VideoProgress> Of(int lane) => new Lane(this, lane);

    sealed class Lane(LaneProgress all, int lane) : IProgress<VideoProgress>
    {
        public void Report(VideoProgress value) => all.Report(lane, value);
    }

    void Report(int lane, VideoProgress progress)
    {
        lock (_gate)
        {
            _done[lane] = progress.FramesDone;
            whole.Report(progress with { FramesDone = before + _done.Sum() });
        }
    }
}
