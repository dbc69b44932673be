namespace NLCL.Runtime;

/// <summary>
/// Reads ahead, so that each frame comes with the one before and the one after it, also where those are of a segment that is done already or
/// of another shard: what a segment holds must not depend on the run that made it. Frames that repeat their neighbour (<see cref="FrameRepeat"/>)
/// are looked past. Used by one thread.
/// </summary>
/// <param name="read">Reads the next frame into a slot, with those that are passed over; false at the end.</param>
/// <param name="frameBytes">Size of a frame as source and sink see it.</param>
/// <param name="bits">Of a sample.</param>
/// <param name="farthestAhead">Frames that are read ahead at most.</param>
sealed class FrameWindow(Func<FrameSlot, bool> read, int frameBytes, int bits, int farthestAhead) : IDisposable
{
    // Read and not handed out: one frame, and as many more as repeat it.
    readonly List<FrameSlot> _ahead = [];
    readonly List<FrameSlot> _free = [];

    // The frame handed out last, how many before it show the same, and the one before those, where it is still held.
    NativeBuffer _last = new(frameBytes);
    long? _lastPts;
    int _repeats;
    NativeBuffer? _other;
    bool _holdsOther;

    /// <summary>For a network that sees neighbours; null for any other.</summary>
    public static FrameWindow? For(FrameNetwork network, Func<FrameSlot, bool> read, FrameConversion conversion, int farthestAhead) =>
        network.Window > 1 ? new FrameWindow(read, conversion.FrameBytes, conversion.Samples.Bits, farthestAhead) : null;

    /// <summary>Reads the next frame and its neighbours into a slot.</summary>
    /// <returns>False at the end.</returns>
    public bool TryRead(FrameSlot slot)
    {
        while (ReadAhead(1))
        {
            var frame = _ahead[0];
            var isPassedOver = frame.IsPassedOver;
            var repeated = ReadAhead(2) && _ahead[1].IsRepeat;
            _repeats = frame.IsRepeat ? _repeats + 1 : 0;
            if (isPassedOver)
            {
                PassOver(frame, repeated);
            }
            else
            {
                HandOut(frame, repeated, slot);
            }

            _lastPts = frame.Pts;
            _ahead.RemoveAt(0);
            _free.Add(frame);
            if (!isPassedOver)
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        foreach (var slot in (IEnumerable<FrameSlot>)[.. _ahead, .. _free])
        {
            slot.Dispose();
        }
        _last.Dispose();
        _other?.Dispose();
    }

    void HandOut(FrameSlot frame, bool repeated, FrameSlot slot)
    {
        slot.HasPrevious = frame.Follows;
        var next = Next(repeated);
        slot.HasNext = next is not null;
        next?.Samples.CopyTo(slot.Next);
        slot.Take(frame);
        if (frame.IsRepeat && _holdsOther && _repeats < FrameRepeat.Farthest)
        {
            _other!.Bytes.CopyTo(slot.Previous);
        }
        else
        {
            slot.TakePrevious(ref _last);
        }

        if (!frame.IsRepeat)
        {
            _holdsOther = repeated && frame.Follows;
            if (_holdsOther)
            {
                slot.Previous.CopyTo((_other ??= new(frameBytes)).Bytes);
            }
        }

        // A copy: the slot's samples become the background.
        slot.Samples.CopyTo(_last.Bytes);
    }

    void PassOver(FrameSlot frame, bool repeated)
    {
        if (!frame.IsRepeat)
        {
            _holdsOther = repeated && frame.Follows;
            if (_holdsOther)
            {
                _other ??= new(frameBytes);
                (_other, _last) = (_last, _other);
            }
        }

        frame.GiveSamples(ref _last);
    }

    /// <summary>The first frame that shows something else than the one that is handed out.</summary>
    FrameSlot? Next(bool repeated)
    {
        for (var i = 1; repeated && i <= farthestAhead && ReadAhead(i + 1) && _ahead[i].Follows; i++)
        {
            if (!_ahead[i].IsRepeat)
            {
                return _ahead[i];
            }
        }

        return _ahead.Count > 1 && _ahead[1].Follows ? _ahead[1] : null;
    }

    /// <returns>Whether there are so many frames.</returns>
    bool ReadAhead(int count)
    {
        while (_ahead.Count < count)
        {
            if (_free.Count == 0)
            {
                _free.Add(new FrameSlot(frameBytes));
            }

            var slot = _free[^1];
            if (!read(slot))
            {
                return false;
            }

            slot.Follows = Follows(slot, _ahead.Count > 0 ? _ahead[^1].Pts : _lastPts);
            slot.IsRepeat = slot.Follows && FrameRepeat.Shows(slot.Samples, _ahead.Count > 0 ? _ahead[^1].Samples : _last.Bytes, bits);
            _free.RemoveAt(_free.Count - 1);
            _ahead.Add(slot);
        }

        return true;
    }

    // Time goes back where a source starts over; and it may tell itself which frame it saw before.
    static bool Follows(FrameSlot frame, long? last) => frame.Pts >= last && (frame.Before is not { } before || before.Pts == last);
}
