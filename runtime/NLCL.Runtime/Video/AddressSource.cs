using System.Diagnostics;
using System.Globalization;

namespace NLCL.Runtime;

/// <summary>
/// What a network address shows, through an ffmpeg. A thread of its own takes every frame of a live stream; a file on a server,
/// which has a length, waits until each of its frames is derained.
/// </summary>
sealed class AddressSource : ILiveSource
{
    // ffmpeg hands out in one go what it took in while it looked at the stream: the first seconds of a recording.
    const int WaitingBytes = 128 << 20;

    static readonly Rational s_tick = new(1, 90_000); // a transport stream's; milliseconds fit too
    static readonly Rational s_millisecond = new(1, 1000);

    // Without sound and with samples that are processed; other samples become the nearest of these.
    static readonly string[] s_frames = ["-map", "0:v:0", "-vf", "format=yuv420p|yuvj420p|yuv422p|yuvj422p|yuv444p|yuvj444p|yuv420p10le|yuv422p10le|yuv444p10le"];

    readonly ChildProcess _child;
    readonly StreamDescription _description = new();
    readonly NutReader _reader;
    readonly LiveFrames _frames;
    readonly Thread _thread;
    readonly Stopwatch _clock = Stopwatch.StartNew();
    readonly CancellationTokenRegistration _end;
    readonly bool _isLive;
    long _errorsAtStart;
    string? _failure;
    volatile bool _stop;

    /// <summary>Opens an address and waits until it shows a picture.</summary>
    /// <param name="tool">The installed ffmpeg.</param>
    /// <param name="address">What the user asked for.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellationToken">Ends the stream; what came before is kept.</param>
    /// <exception cref="VideoException">Nobody answers, or it shows no picture.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before there was a picture.</exception>
    public AddressSource(FfmpegTool tool, NetworkAddress address, VideoOptions options, CancellationToken cancellationToken)
    {
        Name = address.Shown;
        _child = ChildProcess.Start(tool.Ffmpeg, Arguments(tool, address, options), _description.Listen);
        _reader = new NutReader(_child.Output);
        if (!HasPicture(cancellationToken))
        {
            _child.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new VideoException(Name, Refusal());
        }

        _isLive = !(address.MayHaveEnd && _description.HasEnd);
        Format = _isLive && !_description.HasTimes ? _reader.Format with { TimeBase = s_millisecond } : _reader.Format;
        Video = _description.Video with
        {
            Width = Format.Width,
            Height = Format.Height,
            SampleAspectRatio = string.Create(CultureInfo.InvariantCulture, $"{Format.SampleWidth}:{Format.SampleHeight}"),
            TimeBase = Format.TimeBase.ToString(),
        };
        Layout = FrameLayout.For(Video);
        Conversion = FrameConversion.Of(Layout);
        _frames = new LiveFrames(Conversion.FrameBytes, Math.Max(1, WaitingBytes / Conversion.FrameBytes), keepsAll: !_isLive);
        _thread = new Thread(Grab) { IsBackground = true, Name = "nlcl address" };
        _end = cancellationToken.Register(Kill);
        _thread.Start();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public MediaStream Video { get; }

    /// <inheritdoc/>
    public FrameLayout Layout { get; }

    /// <inheritdoc/>
    public FrameConversion Conversion { get; }

    /// <inheritdoc/>
    public long Dropped => _frames.Dropped;

    /// <inheritdoc/>
    public IReadOnlyList<string> Losses => _description.HasSound ? ["pictures alone are recorded: the stream's sound is left out"] : [];

    /// <inheritdoc/>
    public NutVideoFormat Format { get; }

    /// <inheritdoc/>
    public long Frames => _frames.Taken;

    /// <inheritdoc/>
    public string? Complaint { get; private set; }

    /// <inheritdoc/>
    public bool TryRead(FrameSlot slot)
    {
        if (_frames.TryTake(slot))
        {
            return true;
        }

        Complaint = _stop ? null
            : _frames.FellSilent ? string.Create(CultureInfo.InvariantCulture, $"the stream showed nothing more for {LiveFrames.Patience.TotalSeconds:0} seconds; what came before is kept")
            : Breakdown();
        return false;
    }

    /// <inheritdoc/>
    public void Kill()
    {
        _stop = true;
        _frames.End(atOnce: true);
        _child.Kill();
    }

    public void Dispose()
    {
        _end.Dispose();
        Kill();
        _thread.Join();
        _child.Dispose();
        _frames.Dispose();
    }

    static string[] Arguments(FfmpegTool tool, NetworkAddress address, VideoOptions options) =>
    [
        "-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+info", "-analyzeduration", "2000000", .. InputArguments.Limit(options.MaxFramePixels), .. address.Arguments(tool, options.AllowPlaylists),
        .. s_frames, .. tool.PassEveryFrame, "-enc_time_base", s_tick.ToString(), "-c:v", "rawvideo", "-flush_packets", "1", "-f", "nut", "pipe:1",
    ];

    bool HasPicture(CancellationToken cancellationToken)
    {
        using var stop = cancellationToken.Register(_child.Kill);
        using var watch = new Timer(_ => _child.Kill(), null, LiveFrames.Patience, Timeout.InfiniteTimeSpan);
        try
        {
            // What ffmpeg says comes through another pipe, and may come later.
            return _reader.TryReadFormat() && _description.Known.Wait(NetworkAddress.Patience, CancellationToken.None);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            return false; // the child was ended, or failed and says why
        }
    }

    string Refusal()
    {
        if (_description.IsRefused)
        {
            return "refused: not a plain stream; playlists, which lead to further addresses, are opened only with AllowPlaylists";
        }

        if (_description.IsOutOfReach)
        {
            return "shows no picture: its index lies behind its pictures, and this server cannot go back to them, or some are missing; fetch the whole file first";
        }

        var waited = _clock.Elapsed;
        var reason = waited >= NetworkAddress.Patience ? string.Create(CultureInfo.InvariantCulture, $"no answer for {waited.TotalSeconds:0} seconds")
            : _child.LastError is { } error ? Reason(error)
            : "it ended at once";
        return $"shows no picture: {reason}; check the address, and whether its server runs";
    }

    // "ADDRESS: REASON", and the address is in our message already.
    static string Reason(string error) => NetworkAddress.WithoutPassword(error.LastIndexOf(": ", StringComparison.Ordinal) is var at and >= 0 ? error[(at + 2)..] : error);

    void Grab()
    {
        // Whoever comes in the middle of a stream sees no whole picture at first, and that is normal. A file has no such
        // middle, and may have ended with its errors before its first frame is read here.
        _errorsAtStart = _isLive ? long.MaxValue : 0;
        try
        {
            while (_reader.TryRead(_frames.Next, out var pts))
            {
                _errorsAtStart = Math.Min(_errorsAtStart, _child.ErrorCount);
                if (!_frames.Offer(Format.TimeBase == s_millisecond ? _clock.ElapsedMilliseconds : pts))
                {
                    break;
                }
            }
        }
        catch (EndOfStreamException)
        {
            // The end of a child that was ended; or it says why.
        }
        catch (InvalidDataException e)
        {
            _failure = e.Message; // another size: the stream that was asked for has ended
        }
#pragma warning disable CA1031 // A thread has nobody to throw to.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _failure = e.Message;
        }

        _frames.End(atOnce: false);
    }

    string? Breakdown()
    {
        if (_failure is null)
        {
            _child.Exited.Wait();
        }

        var reason = _failure ?? (_child.ExitCode != 0 || _child.ErrorCount > _errorsAtStart ? Reason(_child.Ending) : null);
        return reason is null ? null : string.Create(CultureInfo.InvariantCulture, $"the stream broke off or was damaged after {Frames} frames ({reason}); what came before is kept");
    }
}
