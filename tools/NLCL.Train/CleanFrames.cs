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

    /// <param name="source">A picture or a video file.</param>
    /// <param name="count">Frames; 0 takes all of a video.</param>
    /// <param name="random">Draws the pan over a still.</param>
    public CleanFrames(CleanSource source, int count, Random random)
    {
        if (source.IsVideo)
        {
            _video = new(source.Path);
            if (!_video.IsOpened())
            {
                _video.Dispose();
                throw new CommandException(ExitCodes.Input, $"'{source.Path}' cannot be opened as a video.");
            }
            (_count, _size) = (count == 0 ? int.MaxValue : count, new(_video.FrameWidth, _video.FrameHeight));
            return;
        }
        (_count, _still) = (count, source.Load());
        // At most a fifth of the picture is spent on the way, and half of the cameras stand still.
        double reach = random.Next(2) * 0.2 / Math.Max(1, count - 1), direction = Math.Tau * random.NextDouble();
        PanX = (int)(Math.Min(4, reach * _still.Width) * Math.Cos(direction));
        PanY = (int)(Math.Min(4, reach * _still.Height) * 0.4 * Math.Sin(direction));
        _size = new((_still.Width - (Math.Abs(PanX) * (count - 1))) & ~1, (_still.Height - (Math.Abs(PanY) * (count - 1))) & ~1);
    }

    /// <summary>Whole pixels that the camera turns to the right from frame to frame.</summary>
    public int PanX { get; }

    /// <summary>Whole pixels that the camera turns down from frame to frame.</summary>
    public int PanY { get; }

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
                yield return window.Clone();
            }
            yield break;
        }
        using Mat bytes = new();
        for (int i = 0; i < _count && _video!.Read(bytes) && !bytes.Empty(); i++)
        {
            yield return CleanSource.ToFloat(bytes);
        }
    }

    public void Dispose()
    {
        _still?.Dispose();
        _video?.Dispose();
    }
}
