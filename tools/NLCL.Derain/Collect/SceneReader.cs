using NLCL.CommandLine;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>
/// Walks a clip once. Hands on the sharpest frame of every stretch of time, not those beside a cut, and the windows of
/// consecutive frames within a scene.
/// </summary>
sealed class SceneReader(CollectRules rules)
{
    readonly List<(int Index, double? Time, Mat Frame)> _window = [];

    /// <summary>Cuts found so far.</summary>
    public int Cuts { get; private set; }

    /// <summary>Frames read so far.</summary>
    public int Frames { get; private set; }

    /// <param name="path">A video file.</param>
    /// <param name="candidate">Gets each candidate, and owns it.</param>
    /// <param name="window">Gets each full window, which stays this reader's; only where the rules ask for windows.</param>
    /// <param name="cancellation">Stops between two frames.</param>
    public void Read(string path, Action<Candidate> candidate, Action<IReadOnlyList<(int Index, double? Time, Mat Frame)>> window, CancellationToken cancellation)
    {
        Candidate? best = null, last = null;
        float[]? colours = null;
        Size? size = null;
        double started = 0;
        bool afterCut = false;
        try
        {
            foreach ((Mat frame, double? at) in FrameFolder.Read(path))
            {
                cancellation.ThrowIfCancellationRequested();
                double time = at ?? Frames / 25.0;
                if (frame.Size() != (size ??= frame.Size()))
                {
                    frame.Dispose();
                    throw new CommandException(ExitCodes.Input, $"'{path}' changes its size at frame {Frames}; cut it there.");
                }
                float[] now = FrameMeasures.Colours(frame);
                bool cut = colours is not null && FrameMeasures.Exchanged(colours, now) > rules.Cut;
                colours = now;
                // The frame before a cut may be half of each scene, and so may the one behind it.
                if (last is not null && !cut && !afterCut) { Keep(last); } else { last?.Dispose(); }
                last = new(Frames, at, frame, FrameMeasures.Sharpness(frame));
                if (cut || time - started >= rules.Every)
                {
                    HandOn();
                    started = time;
                }
                if (cut) { Cuts++; ForgetWindow(); }
                afterCut = cut;
                Gather(frame, at, cut, window);
                Frames++;
            }
            if (last is not null && !afterCut) { Keep(last); } else { last?.Dispose(); }
            last = null;
            HandOn();
        }
        finally
        {
            best?.Dispose();
            last?.Dispose();
            ForgetWindow();
        }

        void Keep(Candidate frame)
        {
            if (best is not null && best.Sharpness >= frame.Sharpness) { frame.Dispose(); return; }
            best?.Dispose();
            best = frame;
        }

        void HandOn()
        {
            if (best is not null) { candidate(best); }
            best = null;
        }
    }

    void Gather(Mat frame, double? time, bool cut, Action<IReadOnlyList<(int Index, double? Time, Mat Frame)>> window)
    {
        if (rules.Window == 0 || cut) { return; }
        _window.Add((Frames, time, frame.Clone()));
        if (_window.Count < rules.Window) { return; }
        window(_window);
        ForgetWindow();
    }

    void ForgetWindow()
    {
        foreach ((_, _, Mat frame) in _window) { frame.Dispose(); }
        _window.Clear();
    }
}
