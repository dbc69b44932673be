namespace NLCL.Runtime;

/// <summary>SSIM of two planes: Wang, Bovik, Sheikh, Simoncelli, "Image quality assessment", IEEE TIP 13(4), 2004, eq. 13.</summary>
static class Similarity
{
    /// <summary>Width of the window.</summary>
    public const int Window = 11;

    const double C1 = 0.01 * 255 * 0.01 * 255;
    const double C2 = 0.03 * 255 * 0.03 * 255;

    static readonly double[] s_weights = Weights();

    /// <summary>Mean over all windows that lie inside the picture and hold no pixel that does not count.</summary>
    /// <param name="counting">One byte a pixel, 0 where it does not count; null: all do.</param>
    public static double Mean(float[] a, float[] b, int width, int height, byte[]? counting = null)
    {
        if (width < Window || height < Window)
        {
            throw new ArgumentException($"SSIM needs at least {Window} x {Window} pixels, not {width} x {height}.", nameof(width));
        }
        var columns = new Moments(width);
        var sum = 0.0;
        var windows = 0L;
        for (var y = 0; y <= height - Window; y++)
        {
            columns.Blur(a, b, y);
            for (var x = 0; x <= width - Window; x++)
            {
                if (counting is not null && !Counts(counting, width, x, y)) { continue; }
                sum += At(columns, x);
                windows++;
            }
        }
        return windows > 0 ? sum / windows : throw new ArgumentException($"The mask leaves no window of {Window} x {Window} pixels.", nameof(counting));
    }

    static bool Counts(byte[] counting, int width, int left, int top)
    {
        for (var y = top; y < top + Window; y++)
        {
            if (counting.AsSpan((y * width) + left, Window).Contains((byte)0)) { return false; }
        }
        return true;
    }

    static double At(Moments columns, int x)
    {
        double meanA = 0, meanB = 0, squareA = 0, squareB = 0, product = 0;
        for (var i = 0; i < Window; i++)
        {
            var weight = s_weights[i];
            meanA += weight * columns.A[x + i];
            meanB += weight * columns.B[x + i];
            squareA += weight * columns.AA[x + i];
            squareB += weight * columns.BB[x + i];
            product += weight * columns.AB[x + i];
        }
        var variances = squareA - (meanA * meanA) + squareB - (meanB * meanB);
        var covariance = product - (meanA * meanB);
        return ((2 * meanA * meanB) + C1) * ((2 * covariance) + C2)
            / (((meanA * meanA) + (meanB * meanB) + C1) * (variances + C2));
    }

    static double[] Weights()
    {
        var weights = Enumerable.Range(0, Window).Select(i => Math.Exp(-Math.Pow(i - (Window / 2), 2) / (2 * 1.5 * 1.5))).ToArray();
        return [.. weights.Select(w => w / weights.Sum())];
    }

    /// <summary>First and second moments of one row of windows, blurred downwards only; sums in double, for variances cancel.</summary>
    sealed class Moments(int width)
    {
        public double[] A { get; } = new double[width];
        public double[] B { get; } = new double[width];
        public double[] AA { get; } = new double[width];
        public double[] BB { get; } = new double[width];
        public double[] AB { get; } = new double[width];

        public void Blur(float[] a, float[] b, int top)
        {
            foreach (var row in new[] { A, B, AA, BB, AB })
            {
                Array.Clear(row);
            }
            for (var i = 0; i < Window; i++)
            {
                var at = (top + i) * width;
                for (var x = 0; x < width; x++)
                {
                    double p = a[at + x], q = b[at + x];
                    var weight = s_weights[i];
                    A[x] += weight * p;
                    B[x] += weight * q;
                    AA[x] += weight * p * p;
                    BB[x] += weight * q * q;
                    AB[x] += weight * p * q;
                }
            }
        }
    }
}
