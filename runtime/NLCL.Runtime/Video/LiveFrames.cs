namespace NLCL.Runtime;

/// <summary>
/// Stands between a thread that takes every frame of a live source and one that derains as fast as it can. When deraining is
/// slower, the oldest frames that wait are passed over.
/// </summary>
/// <param name="frameBytes">Size of a frame.</param>
/// <param name="most">Frames that wait at most; with 1 the picture never lags behind the world.</param>
/// <param name="keepsAll">Pass no frame over: <see cref="Offer"/> waits instead.</param>
sealed class LiveFrames(int frameBytes, int most, bool keepsAll) : IDisposable
{
    // A source that says nothing for so long is gone.
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly object _gate = new();
    readonly Queue<(NativeBuffer Samples, long Pts)> _waiting = new();
    readonly Stack<NativeBuffer> _free = new();
    NativeBuffer _next = new(frameBytes);
    long _lastPts = -1;
    bool _over;

    /// <summary>Where the frame goes that is offered next. For the thread that offers alone.</summary>
    public Span<byte> Next => _next.Bytes;

    /// <summary>Frames that were passed over.</summary>
    public long Dropped { get; private set; }

    /// <summary>Frames that were taken.</summary>
    public long Taken { get; private set; }

    /// <summary>Nothing was offered for as long as one waits.</summary>
    public bool FellSilent { get; private set; }

    /// <summary>Offers what lies in <see cref="Next"/>.</summary>
    /// <returns>False when nobody wants frames any more.</returns>
    public bool Offer(long pts)
    {
        lock (_gate)
        {
            while (keepsAll && _waiting.Count == most && !_over)
            {
                Monitor.Wait(_gate);
            }

            if (_over)
            {
                return false;
            }

            if (_waiting.Count == most)
            {
                _free.Push(_waiting.Dequeue().Samples);
                Dropped++;
            }

            _waiting.Enqueue((_next, pts));
            _next = _free.TryPop(out var free) ? free : new NativeBuffer(frameBytes);
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>Waits for the oldest frame that waits.</summary>
    /// <returns>False at the end, or when the source fell silent.</returns>
    public bool TryTake(FrameSlot slot)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_over && !FellSilent)
            {
                FellSilent = !Monitor.Wait(_gate, Patience) && _waiting.Count == 0 && !_over;
            }

            if (!_waiting.TryDequeue(out var frame))
            {
                return false;
            }

            // Two frames at one time would make the encoder drop one.
            slot.Pts = _lastPts = Math.Max(frame.Pts, _lastPts + 1);
            frame.Samples.Bytes.CopyTo(slot.Samples);
            _free.Push(frame.Samples);
            Taken++;
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>No more frames.</summary>
    /// <param name="atOnce">Those that wait are not wanted either.</param>
    public void End(bool atOnce)
    {
        lock (_gate)
        {
            _over = true;
            while (atOnce && _waiting.Count > 1)
            {
                _free.Push(_waiting.Dequeue().Samples);
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Only after the thread that offers frames has ended.</summary>
    public void Dispose()
    {
        _next.Dispose();
        foreach (var buffer in (IEnumerable<NativeBuffer>)[.. _free, .. _waiting.Select(frame => frame.Samples)])
        {
            buffer.Dispose();
        }
    }
}
