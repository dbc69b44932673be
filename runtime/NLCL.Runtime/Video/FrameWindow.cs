namespace NLCL.Runtime;

/// <summary>
/// Reads one frame ahead, so that each frame comes with the one before and the one after it, also where those are of a segment that is done already or
/// of another shard: what a segment holds must not depend on the run that made it. Used by one thread.
/// </summary>
/// <param name="read">Reads the next frame into a slot, with those that are passed over; false at the end.</param>
/// <param name="frameBytes">Size of a frame as source and sink see it.</param>
sealed class FrameWindow(Func<FrameSlot, bool> read, int frameBytes) : IDisposable
{
    readonly FrameSlot _ahead = new(frameBytes);
    NativeBuffer _last = new(frameBytes);
    long? _lastPts;
    bool _started;
    bool _more;

    /// <summary>For a network that sees neighbours; null for any other.</summary>
    public static FrameWindow? For(FrameNetwork network, Func<FrameSlot, bool> read, int frameBytes) => network.Window > 1 ? new FrameWindow(read, frameBytes) : null;

    /// <summary>Reads the next frame and its neighbours into a slot.</summary>
    /// <returns>False at the end.</returns>
    public bool TryRead(FrameSlot slot)
    {
        if (!_started)
        {
            _started = true;
            _more = read(_ahead);
        }

        while (_more && _ahead.IsPassedOver)
        {
            _lastPts = _ahead.Pts;
            _ahead.GiveSamples(ref _last);
            _more = read(_ahead);
        }

        if (!_more)
        {
            return false;
        }

        slot.Take(_ahead);
        slot.HasPrevious = Follows(slot, _lastPts);
        slot.TakePrevious(ref _last);
        // A copy: the slot's samples become the background.
        slot.Samples.CopyTo(_last.Bytes);
        _lastPts = slot.Pts;
        _more = read(_ahead);
        slot.HasNext = _more && Follows(_ahead, _lastPts);
        if (slot.HasNext)
        {
            _ahead.Samples.CopyTo(slot.Next);
        }

        return true;
    }

    public void Dispose()
    {
        _ahead.Dispose();
        _last.Dispose();
    }

    // Time goes back where a source starts over; and it may tell itself which frame it saw before.
    static bool Follows(FrameSlot frame, long? last) => frame.Pts >= last && (frame.Before is not { } before || before.Pts == last);
}
