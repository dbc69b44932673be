namespace NLCL.Runtime;

/// <summary>The frames that are still to be done: those of finished segments and of other shards are passed over.</summary>
sealed class SegmentSource : IFrameSource
{
    // Decoding begins this much earlier, in seconds: the frames that a network may look at must be seen, and one before them.
    const double Lead = 1.0;
    const int LeadFrames = FrameRepeat.Farthest + 1;

    readonly EncoderPlan _plan;
    readonly string _input;
    readonly long _delay;
    readonly SegmentGrid _grid;
    readonly long _from;
    readonly long _to;
    readonly IReadOnlyDictionary<long, FinishedSegment> _finished;
    readonly Lock _gate = new();
    FfmpegDecoder _decoder;
    (long Pts, long Mark)? _before;
    bool _jumped;
    int _seen;
    int _behind;
    bool _ended;
    bool _killed;

    /// <param name="plan">How to decode.</param>
    /// <param name="grid">Says to which segment a frame belongs.</param>
    /// <param name="lane">The segments that are wanted.</param>
    /// <param name="finished">Those that earlier runs have finished.</param>
    /// <param name="input">The clip.</param>
    /// <param name="delay">Seconds that all times are moved by.</param>
    public SegmentSource(EncoderPlan plan, SegmentGrid grid, SegmentLane lane, IReadOnlyDictionary<long, FinishedSegment> finished, string input, long delay)
    {
        (_plan, _input, _delay, _finished, _grid) = (plan, input, delay, finished, grid);
        (_from, _to) = (lane.From, lane.To);
        var jump = JumpSeconds();
        _jumped = jump > 0;
        _decoder = FfmpegDecoder.Start(plan, input, delay, jump);
    }

    /// <inheritdoc/>
    public NutVideoFormat Format => _decoder.Format;

    /// <inheritdoc/>
    public long Frames { get; private set; }

    /// <inheritdoc/>
    public string? Complaint => _decoder.Complaint;

    /// <inheritdoc/>
    public bool TryRead(FrameSlot slot)
    {
        while (_behind == 0 && TryReadAny(slot))
        {
            if (!slot.IsPassedOver)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public bool TryReadAny(FrameSlot slot)
    {
        while (!_ended && _decoder.TryRead(slot))
        {
            slot.Segment = _grid.NumberOf(slot.Pts, _decoder.Format.TimeBase);
            slot.Mark = FrameMark.Of(slot.Samples);
            slot.Before = _before;
            if (_jumped && MustStartOver(slot))
            {
                StartOver();
                continue;
            }

            _before = (slot.Pts, slot.Mark);
            _seen++;
            _behind += slot.Segment >= _to ? 1 : 0;
            _ended = _behind == FrameRepeat.Farthest;
            slot.IsPassedOver = _behind > 0 || slot.Segment < _from || _finished.ContainsKey(slot.Segment);
            Frames += slot.IsPassedOver ? 0 : 1;
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Kill()
    {
        lock (_gate)
        {
            _killed = true;
            _decoder.Kill();
        }
    }

    public void Dispose() => _decoder.Dispose();

    // What comes before the first frame to do must have been seen, and not been jumped over. And where an earlier run
    // has decoded the same frame, both must have seen the same picture.
    bool MustStartOver(FrameSlot slot) =>
        _seen < LeadFrames && slot.Segment >= _from && !_finished.ContainsKey(slot.Segment)
        || _finished.TryGetValue(slot.Segment, out var done) && done.Last == slot.Pts && done.LastMark != slot.Mark;

    void StartOver()
    {
        _decoder.Dispose();
        _jumped = false;
        _before = null;
        (_seen, _behind) = (0, 0);
        if (Frames > 0)
        {
            throw new VideoException(_input, "cannot be decoded from a key frame on as from its start; switch Seek off") { CanGoOn = true };
        }

        lock (_gate)
        {
            _decoder = FfmpegDecoder.Start(_plan, _input, _delay);
            if (_killed)
            {
                _decoder.Kill();
            }
        }
    }

    double JumpSeconds()
    {
        if (!_plan.CanJump)
        {
            return 0;
        }

        var first = _from;
        while (_finished.ContainsKey(first))
        {
            first++;
        }

        var frame = _plan.Source.Video!.FrameRate is { IsKnown: true } rate ? 1 / rate.Value : Lead;
        var start = _grid.StartOf(first) - Math.Max(Lead, (LeadFrames + 2) * frame) - (_plan.Source.Format.StartTime ?? 0);
        return first == 0 ? 0 : Math.Max(0, start);
    }
}
