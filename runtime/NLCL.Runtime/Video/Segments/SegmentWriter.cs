using System.Globalization;

namespace NLCL.Runtime;

/// <summary>
/// Encodes each segment with an encoder of its own, so that a segment's bytes depend on its frames alone. While one
/// encoder writes its last frames out, the next one is at work.
/// </summary>
sealed class SegmentWriter : IFrameSink
{
    // Encoders of different segments that may be at work at a time.
    const int MaxClosing = 2;

    readonly EncoderPlan _plan;
    readonly WorkFolder _folder;
    readonly SegmentManifest _manifest;
    readonly string _output;
    readonly Lock _gate = new();
    readonly List<FfmpegEncoder> _encoders = [];
    readonly Queue<Task> _closing = [];
    Action<Exception>? _fail;
    FfmpegEncoder? _encoder;
    FinishedSegment? _segment;
    string _part = "";

    /// <param name="plan">How to encode.</param>
    /// <param name="folder">Gets the segments.</param>
    /// <param name="manifest">Gets a line for each.</param>
    /// <param name="output">The file that messages name.</param>
    /// <param name="before">Frames that were done already, for <see cref="Frames"/>.</param>
    public SegmentWriter(EncoderPlan plan, WorkFolder folder, SegmentManifest manifest, string output, long before)
    {
        (_plan, _folder, _manifest, _output) = (plan, folder, manifest, output);
        Frames = before;
    }

    /// <inheritdoc/>
    public long Frames { get; private set; }

    /// <inheritdoc/>
    public TimeSpan LargestShift => TimeSpan.Zero;

    /// <summary>
    /// Times in segments are later by this, because a reordering encoder begins before its first frame, and the segments'
    /// format knows no time before 0. Whole seconds that are whole ticks too.
    /// </summary>
    public static long OffsetSeconds(Rational timeBase) => (60 + timeBase.Numerator - 1) / timeBase.Numerator * timeBase.Numerator;

    /// <inheritdoc/>
    public void OnFailure(Action<Exception> fail) => _fail = fail;

    /// <inheritdoc/>
    public void Write(NutVideoFormat format, FrameSlot slot)
    {
        if (_segment is null || _segment.Number != slot.Segment)
        {
            Close();
            Open(format, slot);
        }

        _encoder!.Write(format, slot, OffsetSeconds(format.TimeBase) / format.TimeBase.Numerator * format.TimeBase.Denominator);
        _segment!.Frames++;
        _segment.Last = slot.Pts;
        _segment.LastMark = slot.Mark;
        Frames++;
    }

    /// <inheritdoc/>
    public void Finish()
    {
        Close();
        while (_closing.TryDequeue(out var task))
        {
            task.GetAwaiter().GetResult();
        }
    }

    /// <inheritdoc/>
    public void Kill()
    {
        lock (_gate)
        {
            _encoders.ForEach(encoder => encoder.Kill());
        }
    }

    public void Dispose()
    {
        _encoder?.Dispose();
        lock (_gate)
        {
            _encoders.ForEach(encoder => encoder.Dispose());
            _encoders.Clear();
        }

        // Whatever they met was told before, or does not matter any more.
        Task.WhenAll(_closing).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
    }

    void Open(NutVideoFormat format, FrameSlot slot)
    {
        _segment = new FinishedSegment { Number = slot.Segment, First = slot.Pts, Before = slot.Before?.Pts, BeforeMark = slot.Before?.Mark, TimeBase = format.TimeBase.ToString() };
        _part = _folder.PartPath();
        _encoder = FfmpegEncoder.Start(_plan.Tool, _plan.SegmentArguments(_part), _output, default, _plan.Source.Video!.FrameRate);
        lock (_gate)
        {
            _encoders.Add(_encoder);
        }

        _encoder.OnFailure(failure => _fail?.Invoke(failure));
    }

    void Close()
    {
        if (_encoder is not { } encoder || _segment is not { } segment)
        {
            return;
        }

        while (_closing.Count >= MaxClosing)
        {
            _closing.Dequeue().GetAwaiter().GetResult();
        }

        var part = _part;
        encoder.EndInput();
        _closing.Enqueue(Task.Run(() => Complete(encoder, segment, part)));
        _encoder = null;
        _segment = null;
    }

    void Complete(FfmpegEncoder encoder, FinishedSegment segment, string part)
    {
        try
        {
            encoder.Finish();
            using (var file = new FileStream(part, FileMode.Open, FileAccess.ReadWrite))
            {
                file.Flush(flushToDisk: true);
                segment.Bytes = file.Length;
            }

            Expect(PacketsOf(part), segment.Frames, encoder);
            segment.Sha256 = ContentHash.OfAll(part);
            File.Move(part, _folder.SegmentPath(segment.Number), overwrite: true);
            _manifest.Add(segment);
        }
        catch (Exception e)
        {
            var failure = e as VideoException ?? VideoException.Output(_output, $"a finished segment cannot be kept: {e.Message}; free some space in the output folder and run again", e);
            _fail?.Invoke(failure);
            throw failure;
        }
        finally
        {
            lock (_gate)
            {
                if (_encoders.Remove(encoder))
                {
                    encoder.Dispose();
                }
            }
        }
    }

    // ffmpeg may end well although the disk took only a part.
    void Expect(long found, long frames, FfmpegEncoder encoder)
    {
        if (found != frames)
        {
            throw new VideoException(_output, string.Create(CultureInfo.InvariantCulture, $"{found} frames of a segment were written instead of {frames}{(encoder.LastWords.Length > 0 ? encoder.LastWords : "; choose another Codec or container")}")) { ConcernsOutput = true, CanGoOn = true };
        }
    }

    static long PacketsOf(string part)
    {
        try
        {
            using var file = File.OpenRead(part);
            return new NutReader(file).CountPackets();
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            return 0;
        }
    }
}
