namespace NLCL.Runtime;

/// <summary>An ffmpeg that encodes frames from its standard input and takes everything else from the original file.</summary>
sealed class FfmpegEncoder : IFrameSink
{
    static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(2);

    readonly string _output;
    readonly ChildProcess _child;
    readonly Rational _tick;
    readonly Rational _frameRate;
    bool _finishing;
    NutWriter? _writer;
    long _lastPts = -1;
    double _shift;

    FfmpegEncoder(string output, ChildProcess child, Rational tick, Rational frameRate)
    {
        _output = output;
        _child = child;
        _tick = tick;
        _frameRate = frameRate;
    }

    /// <summary>Frames written so far.</summary>
    public long Frames { get; private set; }

    /// <summary>How far the frame that moved most is from its time.</summary>
    public TimeSpan LargestShift => TimeSpan.FromSeconds(_shift);

    /// <param name="tool">The installed ffmpeg.</param>
    /// <param name="arguments">All arguments, see <see cref="EncoderPlan"/>.</param>
    /// <param name="output">The file that messages name.</param>
    /// <param name="tick">Time base to count in when the format knows only constant frame rates; else unknown.</param>
    /// <param name="frameRate">Only a hint for rate control.</param>
    public static FfmpegEncoder Start(FfmpegTool tool, IEnumerable<string> arguments, string output, Rational tick, Rational frameRate) =>
        new(output, ChildProcess.Start(tool.Ffmpeg, arguments), tick, frameRate);

    /// <inheritdoc/>
    public void OnFailure(Action<Exception> fail) => _ = _child.Exited.ContinueWith(
        _ =>
        {
            try
            {
                if (!Volatile.Read(ref _finishing))
                {
                    fail(Ended(null));
                }
            }
            catch (InvalidOperationException)
            {
                // All was over by then: it was ended because the work was stopped.
            }
        },
        TaskScheduler.Default);

    /// <summary>Encodes one frame.</summary>
    /// <exception cref="VideoException">The encoder has ended.</exception>
    public void Write(NutVideoFormat format, FrameSlot slot) => Write(format, slot, 0);

    /// <summary>Encodes one frame, its time moved by a number of ticks.</summary>
    public void Write(NutVideoFormat format, FrameSlot slot, long offset)
    {
        try
        {
            var pts = slot.Pts + offset;
            if (_tick.IsKnown)
            {
                var time = pts * format.TimeBase.Value;
                pts = Math.Max(Rational.Rescale(pts, format.TimeBase, _tick), _lastPts + 1);
                _shift = Math.Max(_shift, Math.Abs(pts * _tick.Value - time));
                format = format with { TimeBase = _tick };
            }

            _lastPts = pts;
            _writer ??= new NutWriter(_child.Input, format, _frameRate);
            _writer.Write(pts, slot.Samples);
            Frames++;
        }
        catch (IOException e)
        {
            throw Ended(e);
        }
    }

    /// <summary>Tells the encoder that this was all, and waits until it has written the rest.</summary>
    /// <exception cref="VideoException">It could not.</exception>
    public void Finish()
    {
        EndInput();
        _child.Exited.Wait();
        if (_child.ExitCode != 0)
        {
            throw Ended(null);
        }
    }

    /// <summary>Tells the encoder that this was all, and does not wait.</summary>
    public void EndInput()
    {
        if (Interlocked.Exchange(ref _finishing, true))
        {
            return;
        }

        try
        {
            _child.Input.Close();
        }
        catch (IOException e)
        {
            throw Ended(e);
        }
    }

    /// <summary>The reason that the encoder gave, as an exception.</summary>
    public VideoException Ended(Exception? inner)
    {
        // A broken pipe is seen before the reason for it.
        if (!_child.Exited.Wait(s_lastWords))
        {
            _child.Kill();
            _child.Exited.Wait();
        }

        var reason = _child.Ending;
        return new VideoException(_output, $"encoding stopped after {Frames} frames: {reason}; {Remedy(reason)}", inner) { ConcernsOutput = true, CanGoOn = true };
    }

    public void Kill() => _child.Kill();

    public void Dispose() => _child.Dispose();

    /// <summary>The last thing that the encoder said, with what to do about it; empty when it said nothing.</summary>
    public string LastWords => _child.LastError is { } reason ? $": {reason}; {Remedy(reason)}" : "";

    internal static string Remedy(string reason)
    {
        bool Says(string text) => reason.Contains(text, StringComparison.OrdinalIgnoreCase);
        return Says("No space left") || Says("File too large") || Says("quota")
            ? "free some space in the output folder and run again"
            : Says("Unknown encoder") || Says("Unrecognized option") || Says("Error while opening encoder") || Says("incompatible with output codec")
            ? "choose another Codec, Quality or Preset"
            : Says("header") || Says("not currently supported in container") ? "write to a .mkv file, or choose another Codec"
            : Says("killed") ? "the system or a user ended ffmpeg; run again"
            : "nothing was written; run again or choose another Codec";
    }
}
