using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>How restless a clip is, in 8-bit levels of grey. See <see cref="FlickerMeter"/>.</summary>
/// <param name="Frames">Frames measured.</param>
/// <param name="StillShare">Share of the pixels whose change counts, 0..1.</param>
/// <param name="CleanChange">Mean change of these pixels in the clean clip; NaN without one.</param>
/// <param name="RainyChange">Mean change of these pixels in the rainy clip.</param>
/// <param name="ResultChange">Mean change of these pixels in the derained clip.</param>
/// <param name="RainyDeviation">Median over all pixels of the deviation over time, rainy clip.</param>
/// <param name="ResultDeviation">Median over all pixels of the deviation over time, derained clip.</param>
/// <param name="LargestShift">Pixels that the camera turned between two frames, at most.</param>
readonly record struct FlickerFigures(
    int Frames, double StillShare, double CleanChange, double RainyChange, double ResultChange, double RainyDeviation, double ResultDeviation, int LargestShift)
{
    /// <summary>Means over the frames of the rainy and the derained clip against the clean one; null without one.</summary>
    public (Figures Rainy, Figures Result)? Quality { get; init; }

    /// <summary>Mean over the frames of how far the rain layer spreads, in levels of 255: how much was taken out. See <see cref="RainyFigures"/>.</summary>
    public double RainSpread { get; init; }
}

/// <summary>
/// Frame-to-frame change of grey: mean |b(t, p) - b(t - 1, p + shift)|, the camera's shift (whole pixels) taken off. With the
/// clean clip only those pixels count where it changes by one level at most; there every change is rain or flicker. Without,
/// all pixels count, and the shift is that of the rainy clip. The deviation over time is taken at fixed pixels, so it holds for
/// a camera that stands still; its median does not see what moves in less than half of the picture.
/// </summary>
sealed class FlickerMeter
{
    const int StillLevels = 1;

    readonly List<Clip> _clips = [new(), new(), new()]; // rainy, result, clean
    int _frames;
    int _largest;
    long _still;
    long _seen;

    /// <summary>Adds the next frame of each clip: 8-bit BGR, all of one size.</summary>
    public void Add(Mat rainy, Mat result, Mat? clean)
    {
        Mat?[] frames = [rainy, result, clean];
        Mat?[] grey = [.. frames.Select(frame => frame is null ? null : Grey(frame))];
        if (_frames++ > 0)
        {
            (int dx, int dy) = GlobalShift.Between(_clips[clean is null ? 0 : 2].Previous!, grey[clean is null ? 0 : 2]!);
            _largest = Math.Max(_largest, Math.Max(Math.Abs(dx), Math.Abs(dy)));
            Compare(grey, dx, dy);
        }
        for (int clip = 0; clip < grey.Length; clip++)
        {
            if (grey[clip] is { } frame) { _clips[clip].Keep(frame); }
        }
    }

    /// <summary>What was measured so far; at least two frames.</summary>
    public FlickerFigures Measure() => new(
        _frames,
        _seen == 0 ? 0 : _still / (double)_seen,
        _clips[2].Previous is null ? double.NaN : _clips[2].Changed / (double)_still,
        _clips[0].Changed / (double)_still,
        _clips[1].Changed / (double)_still,
        _clips[0].MedianDeviation(_frames),
        _clips[1].MedianDeviation(_frames),
        _largest);

    void Compare(Mat?[] grey, int dx, int dy)
    {
        (int width, int height) = (grey[0]!.Width, grey[0]!.Height);
        byte[]?[] now = [.. grey.Select(Bytes)], before = [.. _clips.Select(clip => Bytes(clip.Previous))];
        for (int y = Math.Max(0, -dy); y < Math.Min(height, height - dy); y++)
        {
            for (int x = Math.Max(0, -dx); x < Math.Min(width, width - dx); x++)
            {
                int here = (y * width) + x, there = here + (dy * width) + dx;
                _seen++;
                if (now[2] is { } clean && Math.Abs(clean[here] - before[2]![there]) > StillLevels) { continue; }
                _still++;
                for (int clip = 0; clip < now.Length; clip++)
                {
                    if (now[clip] is { } values) { _clips[clip].Changed += Math.Abs(values[here] - before[clip]![there]); }
                }
            }
        }
    }

    static byte[]? Bytes(Mat? grey)
    {
        if (grey is null) { return null; }
        grey.GetArray(out byte[] values);
        return values;
    }

    static Mat Grey(Mat bgr)
    {
        Mat grey = new();
        Cv2.CvtColor(bgr, grey, ColorConversionCodes.BGR2GRAY);
        return grey;
    }

    /// <summary>What is remembered of one clip.</summary>
    sealed class Clip
    {
        long[] _sums = [];
        long[] _squares = [];

        public Mat? Previous { get; private set; }

        public long Changed { get; set; }

        public void Keep(Mat grey)
        {
            byte[] values = Bytes(grey)!;
            if (_sums.Length == 0) { (_sums, _squares) = (new long[values.Length], new long[values.Length]); }
            for (int i = 0; i < values.Length; i++)
            {
                _sums[i] += values[i];
                _squares[i] += values[i] * values[i];
            }
            Previous?.Dispose();
            Previous = grey;
        }

        public double MedianDeviation(int frames)
        {
            double[] deviations = [.. _sums.Zip(_squares, (sum, squares) => Math.Sqrt(Math.Max(0, (squares / (double)frames) - Math.Pow(sum / (double)frames, 2)))).Order()];
            return deviations[deviations.Length / 2];
        }
    }
}
