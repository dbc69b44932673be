using OpenCvSharp;

namespace NLCL.Tests;

/// <summary>Filters and borders beside loops that follow the definition.</summary>
[Collection(OpenCvPictures.Collection)]
public sealed class OpenCvFilterTests
{
    static readonly BorderTypes[] Borders = [BorderTypes.Constant, BorderTypes.Replicate, BorderTypes.Reflect, BorderTypes.Reflect101, BorderTypes.Wrap];

    [Fact]
    public void Every_border_continues_the_picture_as_it_is_drawn_in_the_manual()
    {
        using var picture = OpenCvPictures.Noise(7, 9, MatType.CV_32FC1);
        foreach (var border in Borders)
        {
            using var wider = new Mat();
            Cv2.CopyMakeBorder(picture, wider, 3, 4, 5, 2, border, new Scalar(0.25));
            Assert.Equal(new Size(16, 14), wider.Size());
            for (var y = 0; y < wider.Rows; y++)
            {
                for (var x = 0; x < wider.Cols; x++)
                {
                    var (sy, sx) = (Outside(y - 3, 7, border), Outside(x - 5, 9, border));
                    Assert.Equal(sy < 0 || sx < 0 ? 0.25f : picture.Get<float>(sy, sx), wider.Get<float>(y, x));
                }
            }
        }
    }

    [Fact]
    public void Correlation_equals_the_loop()
    {
        using var picture = OpenCvPictures.Noise(11, 13, MatType.CV_32FC3);
        using var kernel = OpenCvPictures.Noise(3, 5, MatType.CV_32FC1, seed: 2);
        using var filtered = new Mat();
        Cv2.Filter2D(picture, filtered, -1, kernel, delta: 0.5, borderType: BorderTypes.Reflect);
        AssertCorrelation(picture, kernel, filtered, BorderTypes.Reflect, 0.5f);
    }

    [Fact]
    public void Separable_filters_equal_the_loop_over_their_product()
    {
        using var picture = OpenCvPictures.Noise(11, 13, MatType.CV_32FC3);
        using var along = Cv2.GetGaussianKernel(5, 1.1, MatType.CV_32FC1)!;
        using var down = Cv2.GetGaussianKernel(3, 0.7, MatType.CV_32FC1)!;
        using var kernel = new Mat(3, 5, MatType.CV_32FC1);
        for (var y = 0; y < 3; y++)
        {
            for (var x = 0; x < 5; x++) { kernel.Set(y, x, down.Get<float>(y, 0) * along.Get<float>(x, 0)); }
        }

        using var separable = new Mat();
        Cv2.SepFilter2D(picture, separable, MatType.CV_32F, along, down);
        AssertCorrelation(picture, kernel, separable, BorderTypes.Reflect101);
        using var gaussian = new Mat();
        Cv2.GaussianBlur(picture, gaussian, new Size(5, 3), 1.1, 0.7);
        AssertCorrelation(picture, kernel, gaussian, BorderTypes.Reflect101);
    }

    [Fact]
    public void Box_filters_average_or_sum()
    {
        using var picture = OpenCvPictures.Noise(10, 12, MatType.CV_32FC1);
        using var mean = new Mat(3, 5, MatType.CV_32FC1, new Scalar(1.0 / 15));
        using var sum = new Mat(3, 5, MatType.CV_32FC1, new Scalar(1));
        using var result = new Mat();
        Cv2.Blur(picture, result, new Size(5, 3), borderType: BorderTypes.Replicate);
        AssertCorrelation(picture, mean, result, BorderTypes.Replicate);
        Cv2.BoxFilter(picture, result, -1, new Size(5, 3), normalize: false, borderType: BorderTypes.Replicate);
        AssertCorrelation(picture, sum, result, BorderTypes.Replicate);
    }

    [Fact]
    public void Derivatives_have_their_textbook_kernels()
    {
        using var picture = OpenCvPictures.Noise(9, 9, MatType.CV_32FC1);
        using var sobel = Kernel([-1, 0, 1, -2, 0, 2, -1, 0, 1]);
        using var laplacian = Kernel([0, 1, 0, 1, -4, 1, 0, 1, 0]);
        using var result = new Mat();
        Cv2.Sobel(picture, result, MatType.CV_32F, 1, 0);
        AssertCorrelation(picture, sobel, result, BorderTypes.Reflect101);
        Cv2.Laplacian(picture, result, MatType.CV_32F);
        AssertCorrelation(picture, laplacian, result, BorderTypes.Reflect101);
    }

    [Fact]
    public void Median_and_morphology_are_order_statistics()
    {
        using var picture = OpenCvPictures.Noise(9, 11, MatType.CV_8UC1);
        using var element = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(3, 3));
        using var median = new Mat();
        using var smallest = new Mat();
        using var largest = new Mat();
        Cv2.MedianBlur(picture, median, 3);
        Cv2.Erode(picture, smallest, element);
        Cv2.Dilate(picture, largest, element);
        for (var y = 1; y < 8; y++)
        {
            for (var x = 1; x < 10; x++)
            {
                byte[] around = [.. from dy in Enumerable.Range(-1, 3) from dx in Enumerable.Range(-1, 3) select picture.Get<byte>(y + dy, x + dx)];
                Array.Sort(around);
                Assert.Equal(around[4], median.Get<byte>(y, x));
                Assert.Equal(around[0], smallest.Get<byte>(y, x));
                Assert.Equal(around[8], largest.Get<byte>(y, x));
            }
        }
    }

    static Mat Kernel(float[] values)
    {
        using var view = Mat.FromPixelData(3, 3, MatType.CV_32FC1, values);
        return view.Clone();
    }

    static void AssertCorrelation(Mat picture, Mat kernel, Mat actual, BorderTypes border, float delta = 0)
    {
        Assert.Equal(picture.Size(), actual.Size());
        var channels = picture.Channels();
        for (var y = 0; y < picture.Rows; y++)
        {
            for (var x = 0; x < picture.Cols; x++)
            {
                for (var c = 0; c < channels; c++)
                {
                    double expected = delta;
                    for (var ky = 0; ky < kernel.Rows; ky++)
                    {
                        for (var kx = 0; kx < kernel.Cols; kx++)
                        {
                            var sy = Outside(y + ky - (kernel.Rows / 2), picture.Rows, border);
                            var sx = Outside(x + kx - (kernel.Cols / 2), picture.Cols, border);
                            expected += kernel.Get<float>(ky, kx) * Channel(picture, sy, sx, c);
                        }
                    }
                    Assert.Equal(expected, Channel(actual, y, x, c), 1e-5);
                }
            }
        }
    }

    static float Channel(Mat mat, int y, int x, int c) => mat.Channels() == 1 ? mat.Get<float>(y, x) : mat.Get<Vec3f>(y, x)[c];

    /// <summary>Where a coordinate beyond the edge looks; -1: nowhere, there is a constant.</summary>
    static int Outside(int p, int length, BorderTypes border)
    {
        while (p < 0 || p >= length)
        {
            p = border switch
            {
                BorderTypes.Replicate => Math.Clamp(p, 0, length - 1),
                BorderTypes.Reflect => p < 0 ? -p - 1 : (2 * length) - 1 - p,
                BorderTypes.Reflect101 => p < 0 ? -p : (2 * length) - 2 - p,
                BorderTypes.Wrap => p < 0 ? p + length : p - length,
                _ => -1,
            };
            if (p == -1 && border == BorderTypes.Constant) { return -1; }
        }
        return p;
    }
}
