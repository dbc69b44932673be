using OpenCvSharp;

namespace NLCL.Runtime;

/// <summary>
/// How close a result is to the truth. One convention everywhere: 8-bit scale whatever the depth, PSNR with peak 255, SSIM
/// (Wang et al. 2004) with an 11 x 11 Gaussian of sigma 1.5, valid region, K = 0.01 and 0.03. Luma is
/// <c>Y = 16 + (65.481 R + 128.553 G + 24.966 B) / 255</c>, not rounded. Grey pictures count as R = G = B; alpha is left out.
/// With a mask (8-bit, one channel, 0: does not count) PSNR is over the pixels that count, SSIM over the windows that hold no other.
/// </summary>
public static class Quality
{
    /// <summary>Peak signal-to-noise ratio of luma in dB; positive infinity for equal pictures.</summary>
    /// <exception cref="ArgumentException">The pictures differ in size or depth, or are no pictures; the mask does not fit, or leaves nothing.</exception>
    public static double PsnrY(Mat picture, Mat truth, Mat? valid = null)
    {
        var (a, b) = Planes(picture, truth);
        return Psnr(SquaredError(Luma(a), Luma(b), Counting(valid, truth)));
    }

    /// <summary>Peak signal-to-noise ratio over R, G and B together in dB; positive infinity for equal pictures.</summary>
    /// <exception cref="ArgumentException">The pictures differ in size or depth, or are no pictures; the mask does not fit, or leaves nothing.</exception>
    public static double PsnrRgb(Mat picture, Mat truth, Mat? valid = null)
    {
        var (a, b) = Planes(picture, truth);
        var counting = Counting(valid, truth);
        return Psnr(Enumerable.Range(0, 3).Average(c => SquaredError(a[c], b[c], counting)));
    }

    /// <summary>Structural similarity of luma; 1 for equal pictures.</summary>
    /// <exception cref="ArgumentException">The pictures differ in size or depth, are no pictures, or are smaller than 11 x 11; the mask does not fit, or leaves nothing.</exception>
    public static double SsimY(Mat picture, Mat truth, Mat? valid = null)
    {
        var (a, b) = Planes(picture, truth);
        return Similarity.Mean(Luma(a), Luma(b), picture.Cols, picture.Rows, Counting(valid, truth));
    }

    /// <summary>Mean of the structural similarities of R, G and B; 1 for equal pictures.</summary>
    /// <exception cref="ArgumentException">The pictures differ in size or depth, are no pictures, or are smaller than 11 x 11; the mask does not fit, or leaves nothing.</exception>
    public static double SsimRgb(Mat picture, Mat truth, Mat? valid = null)
    {
        var (a, b) = Planes(picture, truth);
        var counting = Counting(valid, truth);
        return Enumerable.Range(0, 3).Average(c => Similarity.Mean(a[c], b[c], picture.Cols, picture.Rows, counting));
    }

    static (float[][] Picture, float[][] Truth) Planes(Mat picture, Mat truth)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(truth);
        if (picture.Cols != truth.Cols || picture.Rows != truth.Rows || picture.Depth() != truth.Depth())
        {
            throw new ArgumentException(
                $"The picture is {picture.Cols} x {picture.Rows} {picture.Type()}, the truth {truth.Cols} x {truth.Rows} {truth.Type()}.", nameof(picture));
        }
        return (Planes(picture), Planes(truth));
    }

    /// <summary>R, G and B on the 8-bit scale.</summary>
    static float[][] Planes(Mat picture)
    {
        var order = PictureType.OrderOf(picture);
        var (width, height) = (picture.Cols, picture.Rows);
        float[][] planes = [new float[width * height], new float[width * height], new float[width * height]];
        switch (picture.Depth())
        {
            case MatType.CV_8U: Read<byte>(picture, order, planes); break;
            case MatType.CV_16U: Read<ushort>(picture, order, planes); break;
            default: Read<float>(picture, order, planes); break;
        }
        GC.KeepAlive(picture);
        foreach (var plane in planes)
        {
            for (var i = 0; i < plane.Length; i++)
            {
                plane[i] *= 255f;
            }
        }
        return planes;
    }

    static void Read<T>(Mat picture, ChannelOrder order, float[][] planes)
        where T : unmanaged
    {
        var rows = MatRows.Of(picture);
        var source = new MatPixels<T>(new ReadOnlySpan<MatRows>(in rows), order);
        for (var y = 0; y < picture.Rows; y++)
        {
            var row = (y * picture.Cols)..((y + 1) * picture.Cols);
            source.Read(0, 0, y, new TargetRow(planes[0].AsSpan(row), planes[1].AsSpan(row), planes[2].AsSpan(row)));
        }
    }

    static float[] Luma(float[][] planes)
    {
        var luma = new float[planes[0].Length];
        for (var i = 0; i < luma.Length; i++)
        {
            luma[i] = 16f + (((65.481f * planes[0][i]) + (128.553f * planes[1][i]) + (24.966f * planes[2][i])) / 255f);
        }
        return luma;
    }

    /// <summary>One byte a pixel, 0 where it does not count; null: all do.</summary>
    static byte[]? Counting(Mat? valid, Mat truth)
    {
        if (valid is null) { return null; }
        if (valid.Type() != MatType.CV_8UC1 || valid.Size() != truth.Size())
        {
            throw new ArgumentException($"The mask is {valid.Cols} x {valid.Rows} {valid.Type()}; it must be {truth.Cols} x {truth.Rows} {MatType.CV_8UC1}.", nameof(valid));
        }
        valid.GetArray(out byte[] counting);
        return counting.AsSpan().ContainsAnyExcept((byte)0) ? counting : throw new ArgumentException("The mask leaves no pixel.", nameof(valid));
    }

    static double SquaredError(float[] a, float[] b, byte[]? counting)
    {
        var sum = 0.0;
        long count = 0;
        for (var i = 0; i < a.Length; i++)
        {
            if (counting is not null && counting[i] == 0) { continue; }
            var difference = (double)a[i] - b[i];
            sum += difference * difference;
            count++;
        }
        return sum / count;
    }

    static double Psnr(double squaredError) =>
        squaredError == 0 ? double.PositiveInfinity : 10 * Math.Log10(255.0 * 255.0 / squaredError);
}
