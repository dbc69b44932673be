namespace NLCL.Runtime;

/// <summary>
/// Reads one frame ahead, so that each frame comes with the one before and the one after it. Frames are neighbours within a
/// segment only: what a segment holds must not depend on the run that made it. Used by one thread.
/// </summary>
/// <param name="read">Reads the next frame into a slot; false at the end.</param>
/// <param name="frameBytes">Size of a frame as source and sink see it.</param>
sealed class FrameWindow(Func<FrameSlot, bool> read, int frameBytes) : IDisposable
{
    readonly FrameSlot _ahead = new(frameBytes);
    NativeBuffer _last = new(frameBytes);
    (long Pts, long Segment)? _lastSeen;
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

        if (!_more)
        {
            return false;
        }

        slot.Take(_ahead);
        slot.HasPrevious = Follows(slot, _lastSeen);
        slot.TakePrevious(ref _last);
        // A copy: the slot's samples become the background.
        slot.Samples.CopyTo(_last.Bytes);
        _lastSeen = (slot.Pts, slot.Segment);
        _more = read(_ahead);
        slot.HasNext = _more && Follows(_ahead, _lastSeen);
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

    // Where segments are passed over, the last frame that was handed out need not be the one before.
    static bool Follows(FrameSlot frame, (long Pts, long Segment)? last) =>
        last is { } known && frame.Segment == known.Segment && (frame.Before is not { } before || before.Pts == known.Pts);
}
