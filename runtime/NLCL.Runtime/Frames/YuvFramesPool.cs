namespace NLCL.Runtime;

/// <summary>Keeps the buffers of the last YUV formats, so that a frame costs no allocation.</summary>
sealed class YuvFramesPool : IDisposable
{
    // Callers at the same time; more than that allocate.
    const int Most = 4;

    readonly Lock _gate = new();
    readonly List<YuvFrames> _idle = [];
    bool _disposed;

    public YuvFrames Rent(FrameFormat format, int frames)
    {
        lock (_gate)
        {
            for (var i = _idle.Count - 1; i >= 0; i--)
            {
                var candidate = _idle[i];
                if (candidate.Frames >= frames && candidate.Format == format)
                {
                    _idle.RemoveAt(i);
                    return candidate;
                }
            }
        }
        return new YuvFrames(format, frames);
    }

    public void Return(YuvFrames frames)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                frames.Dispose();
                return;
            }
            if (_idle.Count == Most)
            {
                _idle[0].Dispose();
                _idle.RemoveAt(0);
            }
            _idle.Add(frames);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _idle.ForEach(frames => frames.Dispose());
            _idle.Clear();
        }
    }
}
