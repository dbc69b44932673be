using OpenCvSharp;

namespace NLCL.Runtime.Tests;

public class QualityTests
{
    [Fact]
    public void Equal_pictures_are_perfect()
    {
        using var picture = Noise.Picture(24, 20, MatType.CV_8UC3);
        Assert.Equal(double.PositiveInfinity, Quality.PsnrY(picture, picture));
        Assert.Equal(double.PositiveInfinity, Quality.PsnrRgb(picture, picture));
        Assert.Equal(1, Quality.SsimY(picture, picture), 12);
        Assert.Equal(1, Quality.SsimRgb(picture, picture), 12);
    }

    [Theory]
    [InlineData(11, 11)]
    [InlineData(30, 17)]
    public void Figures_are_what_their_definitions_say(int width, int height)
    {
        using var picture = Noise.Picture(width, height, MatType.CV_8UC3, 1);
        using var truth = Noise.Scene(width, height, MatType.CV_8UC3);
        var (a, b) = (Channels(picture), Channels(truth));
        Assert.Equal(Psnr([a[0]], [b[0]]), Quality.PsnrY(picture, truth), 1e-4);
        Assert.Equal(Psnr(a[1..], b[1..]), Quality.PsnrRgb(picture, truth), 1e-4);
        Assert.Equal(Ssim(a[0], b[0], width, height), Quality.SsimY(picture, truth), 1e-6);
        Assert.Equal(a[1..].Zip(b[1..], (p, q) => Ssim(p, q, width, height)).Average(), Quality.SsimRgb(picture, truth), 1e-6);
    }

    [Fact]
    public void A_rectangular_mask_gives_the_figures_of_the_rectangle()
    {
        using var picture = Noise.Picture(40, 30, MatType.CV_8UC3, 1);
        using var truth = Noise.Scene(40, 30, MatType.CV_8UC3);
        Rect inside = new(7, 5, 21, 17);
        using var valid = new Mat(30, 40, MatType.CV_8UC1, Scalar.All(0));
        using (var part = new Mat(valid, inside)) { part.SetTo(Scalar.All(255)); }
        using Mat picturePart = new(picture, inside), truthPart = new(truth, inside), copy = picturePart.Clone(), truthCopy = truthPart.Clone();
        Assert.Equal(Quality.PsnrY(copy, truthCopy), Quality.PsnrY(picture, truth, valid), 1e-9);
        Assert.Equal(Quality.PsnrRgb(copy, truthCopy), Quality.PsnrRgb(picture, truth, valid), 1e-9);
        Assert.Equal(Quality.SsimY(copy, truthCopy), Quality.SsimY(picture, truth, valid), 1e-9);
        Assert.Equal(Quality.SsimRgb(copy, truthCopy), Quality.SsimRgb(picture, truth, valid), 1e-9);

        valid.SetTo(Scalar.All(0));
        Assert.Throws<ArgumentException>(() => Quality.PsnrY(picture, truth, valid));
        Assert.Throws<ArgumentException>(() => Quality.SsimY(picture, truth, valid));
    }

    [Fact]
    public void Depth_does_not_change_the_figures()
    {
        using var picture = Noise.Picture(24, 20, MatType.CV_8UC3, 1);
        using var truth = Noise.Picture(24, 20, MatType.CV_8UC3, 2);
        using Mat deepPicture = new(), deepTruth = new(), floatPicture = new(), floatTruth = new();
        picture.ConvertTo(deepPicture, MatType.CV_16UC3, 257);
        truth.ConvertTo(deepTruth, MatType.CV_16UC3, 257);
        picture.ConvertTo(floatPicture, MatType.CV_32FC3, 1 / 255.0);
        truth.ConvertTo(floatTruth, MatType.CV_32FC3, 1 / 255.0);
        Assert.Equal(Quality.PsnrY(picture, truth), Quality.PsnrY(deepPicture, deepTruth), 1e-4);
        Assert.Equal(Quality.SsimY(picture, truth), Quality.SsimY(floatPicture, floatTruth), 1e-6);
    }

    [Fact]
    public void Grey_counts_as_colour_of_equal_channels_and_alpha_does_not_count()
    {
        using var grey = Noise.Picture(24, 20, MatType.CV_8UC1, 1);
        using var other = Noise.Picture(24, 20, MatType.CV_8UC1, 2);
        using Mat colour = new(), otherColour = new();
        Cv2.Merge([grey, grey, grey, other], colour);
        Cv2.Merge([other, other, other, grey], otherColour);
        Assert.Equal(Quality.PsnrY(grey, other), Quality.PsnrY(colour, otherColour), 1e-9);
        Assert.Equal(Quality.SsimRgb(grey, other), Quality.SsimRgb(colour, otherColour), 1e-9);
    }

    [Fact]
    public void Pictures_that_cannot_be_compared_are_the_callers_mistake()
    {
        using var picture = Noise.Picture(24, 20, MatType.CV_8UC3);
        using var narrow = Noise.Picture(23, 20, MatType.CV_8UC3);
        using var deep = Noise.Picture(24, 20, MatType.CV_16UC3);
        using var small = Noise.Picture(10, 30, MatType.CV_8UC3);
        Assert.Throws<ArgumentException>(() => Quality.PsnrY(picture, narrow));
        Assert.Throws<ArgumentException>(() => Quality.PsnrRgb(picture, deep));
        Assert.Throws<ArgumentException>(() => Quality.SsimY(small, small));
    }

    /// <summary>Y, R, G, B.</summary>
    static double[][] Channels(Mat picture)
    {
        var bytes = Noise.Content(picture);
        var channels = Enumerable.Range(0, 4).Select(_ => new double[bytes.Length / 3]).ToArray();
        for (var i = 0; i < bytes.Length / 3; i++)
        {
            double b = bytes[3 * i], g = bytes[(3 * i) + 1], r = bytes[(3 * i) + 2];
            (channels[0][i], channels[1][i], channels[2][i], channels[3][i]) = (16 + (((65.481 * r) + (128.553 * g) + (24.966 * b)) / 255), r, g, b);
        }
        return channels;
    }

    static double Psnr(double[][] a, double[][] b)
    {
        var error = a.Zip(b, (p, q) => p.Zip(q, (x, y) => (x - y) * (x - y)).Average()).Average();
        return 10 * Math.Log10(255 * 255 / error);
    }

    /// <summary>Every window by itself, weights as a square.</summary>
    static double Ssim(double[] a, double[] b, int width, int height)
    {
        var weights = new double[11, 11];
        var total = 0.0;
        for (var i = 0; i < 121; i++)
        {
            weights[i / 11, i % 11] = Math.Exp(-(Math.Pow((i / 11) - 5, 2) + Math.Pow((i % 11) - 5, 2)) / 4.5);
            total += weights[i / 11, i % 11];
        }
        var values = new List<double>();
        for (var y = 0; y + 11 <= height; y++)
        {
            for (var x = 0; x + 11 <= width; x++)
            {
                double Weighted(Func<int, double> value)
                {
                    var sum = 0.0;
                    for (var i = 0; i < 121; i++)
                    {
                        sum += weights[i / 11, i % 11] / total * value(((y + (i / 11)) * width) + x + (i % 11));
                    }
                    return sum;
                }
                var (meanA, meanB) = (Weighted(i => a[i]), Weighted(i => b[i]));
                var varianceA = Weighted(i => (a[i] - meanA) * (a[i] - meanA));
                var varianceB = Weighted(i => (b[i] - meanB) * (b[i] - meanB));
                var covariance = Weighted(i => (a[i] - meanA) * (b[i] - meanB));
                values.Add(((2 * meanA * meanB) + 6.5025) * ((2 * covariance) + 58.5225)
                    / (((meanA * meanA) + (meanB * meanB) + 6.5025) * (varianceA + varianceB + 58.5225)));
            }
        }
        return values.Average();
    }
}
