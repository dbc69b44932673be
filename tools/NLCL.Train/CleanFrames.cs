using NLCL.CommandLine;
using OpenCvSharp;

namespace NLCL.Train;

/// <summary>The clean frames of a clip: of a video file, or a window that pans over a still.</summary>
sealed class CleanFrames : IDisposable
{
    readonly Mat? _still;
    readonly VideoCapture? _video;
    readonly int _count;
    readonly Size _size;

    CleanFrames(Mat still, int count, Random random)
    {
        (_still, _count) = (still, count);
        // At most a fifth of the picture is spent on the way, and half of the cameras stand still.
        double reach = random.Next(2) * 0.2 / Math.Max(1, count - 1), direction = Math.Tau * random.NextDouble();
        PanX = (int)(Math.Min(4, reach * still.Width) * Math.Cos(direction));
        PanY = (int)(Math.Min(4, reach * still.Height) * 0.4 * Math.Sin(direction));
        _size = new((still.Width - (Math.Abs(PanX) * (count - 1))) & ~1, (still.Height - (Math.Abs(PanY) * (count - 1))) & ~1);
    }

    CleanFrames(VideoCapture video, int count)
    {
        (_video, _count) = (video, count == 0 ? int.MaxValue : count);
        _size = new(video.FrameWidth, video.FrameHeight);
    }

    /// <summary>Whole pixels that the camera turns to the right from frame to frame.</summary>
    public int PanX { get; }

    /// <summary>Whole pixels that the camera turns down from frame to frame.</summary>
    public int PanY { get; }

    public int Height => _size.Height;

    /// <param name="path">A picture or a video file.</param>
    /// <param name="count">Frames; 0 takes all of a video.</param>
    /// <param name="random">Draws the pan over a still.</param>
    public static CleanFrames Open(string path, int count, Random random)
    {
        if (!MediaNames.IsVideo(path))
        {
            return new(Load(path), count, random);
        }
        VideoCapture video = new(path);
        if (video.IsOpened()) { return new(video, count); }
        video.Dispose();
        throw new CommandException(ExitCodes.Input, $"'{path}' cannot be opened as a video.");
    }

    /// <summary>A picture as CV_32FC3, BGR, 0..1.</summary>
    public static Mat Load(string path)
    {
        using Mat picture = Cv2.ImRead(path, ImreadModes.Color);
        return picture.Empty() ? throw new CommandException(ExitCodes.Input, $"'{path}' cannot be read as a picture.") : ToFloat(picture);
    }

    /// <summary>The frames in order; the caller owns each.</summary>
    public IEnumerable<Mat> Frames()
    {
        if (_still is not null)
        {
            int left = PanX < 0 ? -PanX * (_count - 1) : 0, top = PanY < 0 ? -PanY * (_count - 1) : 0;
            for (int i = 0; i < _count; i++)
            {
                using Mat window = new(_still, new Rect(left + (i * PanX), top + (i * PanY), _size.Width, _size.Height));
                yield return window.Clone();
            }
            yield break;
        }
        using Mat bytes = new();
        for (int i = 0; i < _count && _video!.Read(bytes) && !bytes.Empty(); i++)
        {
            yield return ToFloat(bytes);
        }
    }

    public void Dispose()
    {
        _still?.Dispose();
        _video?.Dispose();
    }

    static Mat ToFloat(Mat bytes)
    {
        Mat picture = new();
        bytes.ConvertTo(picture, MatType.CV_32FC3, 1 / 255.0);
        return picture;
    }
}
