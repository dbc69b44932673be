using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>
/// By how many whole pixels a camera turned between two frames: block matching over the whole frame, coarse to fine, on what
/// is finer than its surroundings, so that neither a change of light nor a large bright thing that moves decides.
/// </summary>
static class GlobalShift
{
    /// <summary>Standing still is believed unless a shift fits better by this factor: falling rain makes some shifts fit a little better.</summary>
    const double Better = 0.85;

    const int Coarse = 4;
    const int Reach = 8;

    /// <summary>The shift for which next(x, y) resembles previous(x + dx, y + dy) most; at most 36 pixels each way.</summary>
    /// <param name="previous">CV_8UC1.</param>
    /// <param name="next">CV_8UC1, same size.</param>
    public static (int Dx, int Dy) Between(Mat previous, Mat next)
    {
        Size small = new(Math.Max(1, previous.Width / Coarse), Math.Max(1, previous.Height / Coarse));
        using Mat smallPrevious = new(), smallNext = new();
        Cv2.Resize(previous, smallPrevious, small, 0, 0, InterpolationFlags.Area);
        Cv2.Resize(next, smallNext, small, 0, 0, InterpolationFlags.Area);
        using Mat coarsePrevious = Detail(smallPrevious), coarseNext = Detail(smallNext), finePrevious = Detail(previous), fineNext = Detail(next);
        (int x, int y, _) = Search(coarsePrevious, coarseNext, 0, 0, Reach);
        (int dx, int dy, double error) = Search(finePrevious, fineNext, x * Coarse, y * Coarse, Coarse);
        (_, _, double still) = Search(finePrevious, fineNext, 0, 0, 0);
        return error < Better * still ? (dx, dy) : (0, 0);
    }

    /// <summary>The frame without its low frequencies, 128 in the mean, cut off at 24 levels.</summary>
    static Mat Detail(Mat grey)
    {
        using Mat around = new(), difference = new();
        Cv2.Blur(grey, around, new Size(15, 15));
        Cv2.Subtract(grey, around, difference, dtype: MatType.CV_16S);
        using Mat limited = new();
        Cv2.Min(difference, 24, limited);
        Cv2.Max(limited, -24, limited);
        Mat detail = new();
        limited.ConvertTo(detail, MatType.CV_8U, 1, 128);
        return detail;
    }

    /// <summary>The best shift, and its mean error in levels.</summary>
    static (int Dx, int Dy, double Error) Search(Mat previous, Mat next, int aroundX, int aroundY, int reach)
    {
        previous.GetArray(out byte[] from);
        next.GetArray(out byte[] to);
        (int width, int height) = (previous.Width, previous.Height);
        // Every pixel is compared in every shift, or else the shifts would be judged on different pixels.
        int marginX = Math.Min(Math.Abs(aroundX) + reach, (width - 1) / 2), marginY = Math.Min(Math.Abs(aroundY) + reach, (height - 1) / 2);
        (long Error, int Length, int X, int Y) best = (long.MaxValue, 0, 0, 0);
        for (int dy = Math.Max(aroundY - reach, -marginY); dy <= Math.Min(aroundY + reach, marginY); dy++)
        {
            for (int dx = Math.Max(aroundX - reach, -marginX); dx <= Math.Min(aroundX + reach, marginX); dx++)
            {
                long error = 0;
                for (int y = marginY; y < height - marginY; y += 2)
                {
                    ReadOnlySpan<byte> here = to.AsSpan((y * width) + marginX, width - (2 * marginX));
                    ReadOnlySpan<byte> there = from.AsSpan(((y + dy) * width) + marginX + dx, here.Length);
                    int row = 0;
                    for (int x = 0; x < here.Length; x++) { row += Math.Abs(here[x] - there[x]); }
                    error += row;
                }
                // Of equally good shifts the shortest: a frame without structure stands still.
                (long, int, int, int) tried = (error, Math.Abs(dx) + Math.Abs(dy), dx, dy);
                if (tried.CompareTo(best) < 0) { best = tried; }
            }
        }
        return (best.X, best.Y, best.Error / Math.Max(1.0, (width - (2.0 * marginX)) * ((height - (2 * marginY) + 1) / 2)));
    }
}
