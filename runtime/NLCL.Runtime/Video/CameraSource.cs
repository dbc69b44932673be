using System.Diagnostics;
using System.Globalization;
using OpenCvSharp;

namespace NLCL.Runtime;

/// <summary>
/// A camera or a network stream, through OpenCV. A thread of its own takes every frame; when deraining is slower, the frames
/// in between are passed over, so that the picture never lags behind the world.
/// </summary>
sealed class CameraSource : IFrameSource
{
    // A camera that says nothing for so long is gone.
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    static readonly string[] s_networks = ["rtsp://", "rtsps://", "rtmp://", "http://", "https://", "udp://", "rtp://", "srt://"];

    readonly VideoCapture _capture;
    readonly Thread _thread;
    readonly Stopwatch _clock = Stopwatch.StartNew();
    readonly Lock _gate = new();
    readonly AutoResetEvent _arrived = new(false);
    readonly CancellationTokenRegistration _end;
    Mat _latest = new();
    Mat _next = new();
    long _time = -1;
    long _last = -1;
    volatile bool _over;
    volatile bool _stop;

    /// <param name="source">"camera:0", or a network address.</param>
    /// <param name="cancellationToken">Ends the stream; what came before is kept.</param>
    /// <exception cref="VideoException">It cannot be opened, or shows nothing.</exception>
    public CameraSource(string source, CancellationToken cancellationToken)
    {
        Name = source;
        _capture = TryCamera(source, out var number) ? new VideoCapture(number) : new VideoCapture(source);
        if (!_capture.IsOpened() || !_capture.Read(_latest) || _latest.Empty() || _latest.Type() != MatType.CV_8UC3)
        {
            Release();
            throw new VideoException(source, source.Contains("://", StringComparison.Ordinal)
                ? "shows no picture; check the address. OpenCvSharp's published Linux library opens none: there let ffmpeg read it (ffmpeg -i ADDRESS -f yuv4mpegpipe -) and pipe that in"
                : "shows no picture; check the number of the camera");
        }

        _time = _clock.ElapsedMilliseconds;
        Video = new MediaStream
        {
            CodecType = "video",
            CodecName = "camera",
            Width = _latest.Width,
            Height = _latest.Height,
            PixelFormat = "bgr24",
            AvgFrameRate = _capture.Fps is > 0 and < 1000 and var rate ? string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Round(rate * 1000)}/1000") : "25/1",
            TimeBase = "1/1000",
        };
        Format = new NutVideoFormat([(byte)'B', (byte)'G', (byte)'R', 24], Video.Width, Video.Height, 0, 0, new Rational(1, 1000));
        // Odd sides: a chroma sample for every pixel, because libx264 takes only whole pairs.
        var (sampling, samples) = (Video.Width | Video.Height) % 2 == 0 ? (ChromaSampling.Yuv420, "yuv420p") : (ChromaSampling.Yuv444, "yuv444p");
        Layout = new FrameLayout(
            new YuvFormat(Video.Width, Video.Height, sampling, 8, YuvMatrix.Bt709, YuvRange.Limited), samples, false, null, "scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd+full_chroma_int");
        _end = cancellationToken.Register(Kill);
        _thread = new Thread(Grab) { IsBackground = true, Name = "nlcl camera" };
        _thread.Start();
    }

    /// <summary>As the user wrote it.</summary>
    public string Name { get; }

    /// <summary>What the camera gives, as ffprobe would say it.</summary>
    public MediaStream Video { get; }

    /// <summary>How it is encoded.</summary>
    public FrameLayout Layout { get; }

    /// <summary>Frames that came while another one was being derained.</summary>
    public long Dropped { get; private set; }

    /// <inheritdoc/>
    public NutVideoFormat Format { get; }

    /// <inheritdoc/>
    public long Frames { get; private set; }

    /// <inheritdoc/>
    public string? Complaint => null;

    /// <summary>Whether a text names a camera or a network stream.</summary>
    public static bool IsCamera(string source) =>
        TryCamera(source, out _) || Array.Exists(s_networks, network => source.StartsWith(network, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public bool TryRead(FrameSlot slot)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_time >= 0)
                {
                    slot.Pts = _last = Math.Max(_time, _last + 1);
                    Samples(_latest).CopyTo(slot.Samples);
                    _time = -1;
                    Frames++;
                    return true;
                }
            }

            if (_stop || _over)
            {
                return false;
            }

            if (!_arrived.WaitOne(s_patience) && !_stop)
            {
                throw new VideoException(Name, string.Create(CultureInfo.InvariantCulture, $"has shown nothing for {s_patience.TotalSeconds:0} seconds; check the camera or the network"));
            }
        }
    }

    /// <inheritdoc/>
    public void Kill()
    {
        _stop = true;
        _arrived.Set();
    }

    public void Dispose()
    {
        _end.Dispose();
        Kill();
        // A driver or a network may hold the thread; it must not hold us.
        if (_thread.Join(TimeSpan.FromSeconds(1)))
        {
            Release();
            _arrived.Dispose();
        }
    }

    static bool TryCamera(string source, out int number)
    {
        number = 0;
        return source.StartsWith("camera:", StringComparison.Ordinal) && int.TryParse(source.AsSpan("camera:".Length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    void Grab()
    {
        while (!_stop && _capture.Read(_next) && !_next.Empty())
        {
            if (_next.Width != Video.Width || _next.Height != Video.Height || _next.Type() != MatType.CV_8UC3 || !_next.IsContinuous())
            {
                break; // the camera was switched to another size: that is its end
            }

            lock (_gate)
            {
                Dropped += _time >= 0 ? 1 : 0;
                (_latest, _next) = (_next, _latest);
                _time = _clock.ElapsedMilliseconds;
            }

            _arrived.Set();
        }

        _over = true;
        _arrived.Set();
    }

    void Release()
    {
        _capture.Dispose();
        _latest.Dispose();
        _next.Dispose();
    }

    static unsafe Span<byte> Samples(Mat picture) => new(picture.DataPointer, checked(picture.Width * picture.Height * 3));
}
