using System.Diagnostics;
using System.Globalization;
using OpenCvSharp;

namespace NLCL.Runtime;

/// <summary>A camera of this machine, through OpenCV; a thread of its own takes every frame.</summary>
sealed class CameraSource : ILiveSource
{
    const string Scheme = "camera:";

    readonly VideoCapture _capture;
    readonly Mat _picture = new();
    readonly LiveFrames _frames;
    readonly Thread _thread;
    readonly Stopwatch _clock = Stopwatch.StartNew();
    readonly CancellationTokenRegistration _end;
    volatile bool _stop;

    /// <param name="source">"camera:0".</param>
    /// <param name="cancellationToken">Ends the stream; what came before is kept.</param>
    /// <exception cref="VideoException">It cannot be opened, or shows nothing.</exception>
    public CameraSource(string source, CancellationToken cancellationToken)
    {
        Name = source;
        _capture = new VideoCapture(Number(source) ?? throw new ArgumentException($"'{source}' is no camera", nameof(source)));
        if (!_capture.IsOpened() || !_capture.Read(_picture) || _picture.Empty() || _picture.Type() != MatType.CV_8UC3)
        {
            Release();
            throw new VideoException(source, "shows no picture; check the number of the camera");
        }

        Video = new MediaStream
        {
            CodecType = "video",
            CodecName = "camera",
            Width = _picture.Width,
            Height = _picture.Height,
            PixelFormat = "bgr24",
            AvgFrameRate = _capture.Fps is > 0 and < 1000 and var rate ? string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Round(rate * 1000)}/1000") : "25/1",
            TimeBase = "1/1000",
        };
        Format = new NutVideoFormat([(byte)'B', (byte)'G', (byte)'R', 24], Video.Width, Video.Height, 0, 0, new Rational(1, 1000));
        // Odd sides: a chroma sample for every pixel, because libx264 takes only whole pairs.
        var (sampling, samples) = (Video.Width | Video.Height) % 2 == 0 ? (ChromaSampling.Yuv420, "yuv420p") : (ChromaSampling.Yuv444, "yuv444p");
        Layout = new FrameLayout(
            new YuvFormat(Video.Width, Video.Height, sampling, 8, YuvMatrix.Bt709, YuvRange.Limited), samples, false, null, "scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd+full_chroma_int");
        Conversion = FrameConversion.Bgr(Video.Width, Video.Height);
        _frames = new LiveFrames(Conversion.FrameBytes, most: 1, keepsAll: false);
        Offer();
        _end = cancellationToken.Register(Kill);
        _thread = new Thread(Grab) { IsBackground = true, Name = "nlcl camera" };
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
    public IReadOnlyList<string> Losses => [];

    /// <inheritdoc/>
    public NutVideoFormat Format { get; }

    /// <inheritdoc/>
    public long Frames => _frames.Taken;

    /// <inheritdoc/>
    public string? Complaint =>
        _frames.FellSilent ? string.Create(CultureInfo.InvariantCulture, $"the camera showed nothing more for {LiveFrames.Patience.TotalSeconds:0} seconds; what came before is kept") : null;

    /// <summary>Whether a text names a camera.</summary>
    public static bool IsCamera(string source) => Number(source) is not null;

    /// <inheritdoc/>
    public bool TryRead(FrameSlot slot) => _frames.TryTake(slot);

    /// <inheritdoc/>
    public void Kill()
    {
        _stop = true;
        _frames.End(atOnce: true);
    }

    public void Dispose()
    {
        _end.Dispose();
        Kill();
        // A driver may hold the thread; it must not hold us.
        if (_thread.Join(TimeSpan.FromSeconds(1)))
        {
            Release();
            _frames.Dispose();
        }
    }

    static int? Number(string source) =>
        source.StartsWith(Scheme, StringComparison.Ordinal) && int.TryParse(source.AsSpan(Scheme.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    void Grab()
    {
        // A camera that was switched to another size has ended.
        while (!_stop && _capture.Read(_picture) && _picture.Width == Video.Width && _picture.Height == Video.Height && _picture.Type() == MatType.CV_8UC3 && _picture.IsContinuous())
        {
            Offer();
        }

        _frames.End(atOnce: false);
    }

    unsafe void Offer()
    {
        new ReadOnlySpan<byte>(_picture.DataPointer, Conversion.FrameBytes).CopyTo(_frames.Next);
        _frames.Offer(_clock.ElapsedMilliseconds);
    }

    void Release()
    {
        _capture.Dispose();
        _picture.Dispose();
    }
}
