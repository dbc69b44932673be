namespace NLCL.Runtime;

/// <summary>The frames that are still to be done: those of finished segments and of other shards are passed over.</summary>
sealed class SegmentSource : IFrameSource
{
    // Decoding begins this much earlier: at least one frame of the segment before must be seen.
    const double Lead = 1.0;

    readonly EncoderPlan _plan;
    readonly string _input;
    readonly long _delay;
    readonly SegmentGrid _grid;
    readonly long _from;
    readonly long _to;
    readonly SegmentManifest _manifest;
    readonly Lock _gate = new();
    FfmpegDecoder _decoder;
    (long Pts, long Mark)? _before;
    bool _jumped;
    bool _ended;
    bool _killed;

    public SegmentSource(EncoderPlan plan, SegmentPlan segments, SegmentManifest manifest, string input, long delay)
    {
        (_plan, _input, _delay, _manifest, _grid) = (plan, input, delay, manifest, segments.Grid);
        (_from, _to) = segments.RangeOf(plan.Options.Shard);
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
        while (TryReadAny(slot))
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
            _ended = slot.Segment >= _to;
            slot.IsPassedOver = _ended || slot.Segment < _from || _manifest.Segments.ContainsKey(slot.Segment);
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

    // The first frame to do must not be the first one seen: one before it may have been jumped over. And where an earlier run
    // has decoded the same frame, both must have seen the same picture.
    bool MustStartOver(FrameSlot slot) =>
        slot.Before is null && slot.Segment >= _from && !_manifest.Segments.ContainsKey(slot.Segment)
        || _manifest.Segments.TryGetValue(slot.Segment, out var done) && done.Last == slot.Pts && done.LastMark != slot.Mark;

    void StartOver()
    {
        _decoder.Dispose();
        _jumped = false;
        _before = null;
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

    // Only containers with an index of key frames, whose frames have the same times after a jump.
    double JumpSeconds()
    {
        var format = _plan.Source.Format.FormatName;
        if (!_plan.Options.Seek || _delay > 0 || !(format.Contains("mp4", StringComparison.Ordinal) || format.Contains("matroska", StringComparison.Ordinal)))
        {
            return 0;
        }

        var first = _from;
        while (_manifest.Segments.ContainsKey(first))
        {
            first++;
        }

        var frame = _plan.Source.Video!.FrameRate is { IsKnown: true } rate ? 1 / rate.Value : Lead;
        var start = _grid.StartOf(first) - Math.Max(Lead, 3 * frame) - (_plan.Source.Format.StartTime ?? 0);
        return first == 0 ? 0 : Math.Max(0, start);
    }
}
