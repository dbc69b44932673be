using NLCL.CommandLine;
using OpenCvSharp;

namespace NLCL.Train;

/// <summary>The clean frames of a clip: of a video file, or a window that pans over a still.</summary>
sealed class CleanFrames : IDisposable
{
    readonly Mat? _still;
    readonly VideoFrames? _video;
    readonly int _count;
    readonly Size _size;
    Mat? _near;
    int _nearPanX;

    /// <summary>Frames of a still: a window that moves by whole pixels, so that every frame is as sharp as the still.</summary>
    /// <param name="still">CV_32FC3; owned from here on.</param>
    /// <param name="count">Frames.</param>
    /// <param name="panX">Pixels that the camera turns to the right from frame to frame.</param>
    /// <param name="panY">Pixels that the camera turns down from frame to frame.</param>
    public CleanFrames(Mat still, int count, int panX, int panY)
    {
        (_still, _count, PanX, PanY) = (still, count, panX, panY);
        _size = new((still.Width - (Math.Abs(panX) * (count - 1))) & ~1, (still.Height - (Math.Abs(panY) * (count - 1))) & ~1);
    }

    CleanFrames(string path, int count)
    {
        _video = new(path);
        if (!_video.Read())
        {
            _video.Dispose();
            throw new CommandException(ExitCodes.Input, $"'{path}' has no frames.");
        }
        (_count, _size) = (count == 0 ? int.MaxValue : count, new(_video.Width, _video.Height));
    }

    /// <summary>Opens a picture or a video file.</summary>
    /// <param name="source">A picture or a video file.</param>
    /// <param name="count">Frames; 0 takes all of a video.</param>
    /// <param name="random">Draws the pan over a still.</param>
    public static CleanFrames Open(CleanSource source, int count, Random random)
    {
        if (source.IsVideo) { return new(source.Path, count); }
        Mat still = source.Load();
        // At most a fifth of the picture is spent on the way, and half of the cameras stand still.
        double reach = random.Next(2) * 0.2 / Math.Max(1, count - 1), direction = Math.Tau * random.NextDouble();
        return new(
            still,
            count,
            (int)(Math.Min(4, reach * still.Width) * Math.Cos(direction)),
            (int)(Math.Min(4, reach * still.Height) * 0.4 * Math.Sin(direction)));
    }

    /// <summary>Before the still lies another one, over the lower part of the frames, that moves on a way of its own: the camera drives past.</summary>
    /// <param name="near">CV_32FC3; stays the caller's. It is enlarged if it is too small for the way.</param>
    /// <param name="panX">Pixels that it moves to the left from frame to frame.</param>
    public void PassBy(Mat near, int panX)
    {
        const double Share = 0.45;
        Size seen = new(_size.Width + (panX * (_count - 1)), (int)(Share * _size.Height));
        double scale = Math.Max(1, Math.Max(seen.Width / (double)near.Width, seen.Height / (double)near.Height));
        using Mat sized = new();
        Cv2.Resize(near, sized, new Size((int)Math.Ceiling(scale * near.Width), (int)Math.Ceiling(scale * near.Height)), 0, 0, InterpolationFlags.Cubic);
        using Mat lower = new(sized, new Rect(0, sized.Height - seen.Height, seen.Width, seen.Height));
        _near?.Dispose();
        (_near, _nearPanX) = (lower.Clone(), panX);
    }

    /// <summary>Whole pixels that the camera turns to the right from frame to frame.</summary>
    public int PanX { get; }

    /// <summary>Whole pixels that the camera turns down from frame to frame.</summary>
    public int PanY { get; }

    /// <summary>Frames per second of the video file, as ffmpeg writes it; null for a still, and where the file does not say.</summary>
    public string? Rate => _video?.Rate is { } rate && !rate.StartsWith('0') ? rate : null;

    public int Height => _size.Height;

    /// <summary>The frames in order; the caller owns each.</summary>
    public IEnumerable<Mat> Frames()
    {
        if (_still is not null)
        {
            int left = PanX < 0 ? -PanX * (_count - 1) : 0, top = PanY < 0 ? -PanY * (_count - 1) : 0;
            for (int i = 0; i < _count; i++)
            {
                using Mat window = new(_still, new Rect(left + (i * PanX), top + (i * PanY), _size.Width, _size.Height));
                Mat frame = window.Clone();
                if (_near is not null)
                {
                    using Mat shown = new(_near, new Rect(i * _nearPanX, 0, _size.Width, _near.Height)), lower = new(frame, new Rect(0, _size.Height - _near.Height, _size.Width, _near.Height));
                    shown.CopyTo(lower);
                }
                yield return frame;
            }
            yield break;
        }
        int taken = 0;
        do
        {
            using Mat rgb = Mat.FromPixelData(_video!.Height, _video.Width, MatType.CV_8UC3, _video.Rgb), bgr = new();
            Cv2.CvtColor(rgb, bgr, ColorConversionCodes.RGB2BGR);
            yield return CleanSource.ToFloat(bgr);
        }
        while (++taken < _count && _video.Read());
    }

    public void Dispose()
    {
        _still?.Dispose();
        _near?.Dispose();
        _video?.Dispose();
    }
}
