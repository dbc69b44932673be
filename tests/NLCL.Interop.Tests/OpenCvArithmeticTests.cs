using OpenCvSharp;

namespace NLCL.Tests;

[Collection(OpenCvPictures.Collection)]
public sealed class OpenCvArithmeticTests
{
    [Fact]
    public void Element_wise_operations_equal_the_loop()
    {
        using var a = OpenCvPictures.Noise(6, 7, MatType.CV_32FC3, seed: 1);
        using var b = OpenCvPictures.Noise(6, 7, MatType.CV_32FC3, seed: 2);
        Cv2.Add(b, Scalar.All(0.5), b);
        Check((dst) => Cv2.Add(a, b, dst), (x, y) => x + y);
        Check((dst) => Cv2.Subtract(a, b, dst), (x, y) => x - y);
        Check((dst) => Cv2.Subtract(Scalar.All(2), a, dst), (x, y) => 2 - x);
        Check((dst) => Cv2.Multiply(a, b, dst, 3), (x, y) => 3 * x * y);
        Check((dst) => Cv2.Multiply(a, 0.25, dst), (x, y) => 0.25f * x);
        Check((dst) => Cv2.Divide(a, b, dst), (x, y) => x / y);
        Check((dst) => Cv2.Divide(2.0, b, dst), (x, y) => 2 / y);
        Check((dst) => Cv2.AddWeighted(a, 0.3, b, 0.6, 0.1, dst), (x, y) => (0.3f * x) + (0.6f * y) + 0.1f);
        Check((dst) => Cv2.Absdiff(a, b, dst), (x, y) => Math.Abs(x - y));
        Check((dst) => Cv2.Min(a, b, dst), Math.Min);
        Check((dst) => Cv2.Max(a, 0.5, dst), (x, y) => Math.Max(x, 0.5f));
        Check((dst) => Cv2.Sqrt(a, dst), (x, y) => MathF.Sqrt(x));
        Check((dst) => Cv2.Pow(a, 2.2, dst), (x, y) => MathF.Pow(x, 2.2f));
        Check((dst) => Cv2.Exp(a, dst), (x, y) => MathF.Exp(x));

        void Check(Action<Mat> operation, Func<float, float, float> loop)
        {
            using var result = new Mat();
            operation(result);
            var (left, right, actual) = (a.Reshape(1), b.Reshape(1), result.Reshape(1));
            Assert.Equal(left.Size(), actual.Size());
            for (var y = 0; y < left.Rows; y++)
            {
                for (var x = 0; x < left.Cols; x++)
                {
                    Assert.Equal(loop(left.Get<float>(y, x), right.Get<float>(y, x)), actual.Get<float>(y, x), 1e-5f);
                }
            }
        }
    }

    [Fact]
    public void Bytes_saturate_and_masks_are_obeyed()
    {
        using var a = new Mat(2, 2, MatType.CV_8UC1, new Scalar(200));
        using var mask = new Mat(2, 2, MatType.CV_8UC1, new Scalar(0));
        mask.Set(0, 1, (byte)1);
        using var sum = a.Clone();
        Cv2.Add(a, new Scalar(100), sum, mask);
        Assert.Equal([200, 255, 200, 200], sum.AsSpan<byte>().ToArray());
    }

    [Fact]
    public void Channels_split_merge_and_move()
    {
        using var picture = OpenCvPictures.Noise(4, 5, MatType.CV_8UC3);
        var planes = Cv2.Split(picture);
        Assert.Equal(3, planes.Length);
        Assert.Equal(picture.Get<Vec3b>(2, 3).Item1, planes[1].Get<byte>(2, 3));

        using var again = new Mat();
        Cv2.Merge(planes, again);
        OpenCvPictures.AssertSame(picture, again);

        using var swapped = new Mat(picture.Size(), picture.Type());
        Cv2.MixChannels([picture], [swapped], [0, 2, 1, 1, 2, 0]);
        using var converted = new Mat();
        Cv2.CvtColor(picture, converted, ColorConversionCodes.BGR2RGB);
        OpenCvPictures.AssertSame(converted, swapped);

        using var blue = new Mat();
        Cv2.ExtractChannel(picture, blue, 0);
        OpenCvPictures.AssertSame(planes[0], blue);
        Cv2.InsertChannel(blue, swapped, 2);
        OpenCvPictures.AssertSame(converted, swapped);
        Array.ForEach(planes, plane => plane.Dispose());
    }

    [Fact]
    public void Measures_agree_with_the_numbers()
    {
        using var four = Mat.FromPixelData(2, 2, MatType.CV_32FC1, new float[] { 1, 2, 3, -6 });
        Assert.Equal(0, Cv2.Sum(four).Val0);
        Assert.Equal(0, Cv2.Mean(four).Val0);
        Cv2.MeanStdDev(four, out Scalar mean, out Scalar deviation);
        Assert.Equal(0, mean.Val0);
        Assert.Equal(Math.Sqrt(50 / 4.0), deviation.Val0, 1e-9);
        Cv2.MinMaxLoc(four, out var min, out var max, out var where, out var whereMax);
        Assert.Equal((-6.0, 3.0, new Point(1, 1), new Point(0, 1)), (min, max, where, whereMax));
        Assert.Equal(12, Cv2.Norm(four, NormTypes.L1));
        Assert.Equal(Math.Sqrt(50), Cv2.Norm(four), 1e-9);
        Assert.Equal(4, Cv2.CountNonZero(four));
    }

    [Fact]
    public void Geometry_puts_pixels_where_it_says()
    {
        using var picture = OpenCvPictures.Noise(4, 6, MatType.CV_8UC3);
        using var result = new Mat();
        Cv2.Flip(picture, result, FlipMode.Y);
        Assert.Equal(picture.Get<Vec3b>(1, 5), result.Get<Vec3b>(1, 0));
        Cv2.Rotate(picture, result, RotateFlags.Rotate90Clockwise);
        Assert.Equal(new Size(4, 6), result.Size());
        Assert.Equal(picture.Get<Vec3b>(3, 0), result.Get<Vec3b>(0, 0));
        Cv2.Transpose(picture, result);
        Assert.Equal(picture.Get<Vec3b>(1, 4), result.Get<Vec3b>(4, 1));
        Cv2.Resize(picture, result, new Size(12, 8), interpolation: InterpolationFlags.Nearest);
        Assert.Equal(picture.Get<Vec3b>(2, 3), result.Get<Vec3b>(5, 7));
        Cv2.HConcat([picture, picture], result);
        Assert.Equal(picture.Get<Vec3b>(0, 1), result.Get<Vec3b>(0, 7));
        Cv2.VConcat(picture, picture, result);
        Assert.Equal(picture.Get<Vec3b>(1, 1), result.Get<Vec3b>(5, 1));

        using var shift = Cv2.GetAffineTransform([new(0, 0), new(1, 0), new(0, 1)], [new(2, 1), new(3, 1), new(2, 2)]);
        Cv2.WarpAffine(picture, result, shift, picture.Size(), InterpolationFlags.Nearest);
        Assert.Equal(picture.Get<Vec3b>(1, 2), result.Get<Vec3b>(2, 4));
        using var turn = Cv2.GetRotationMatrix2D(new Point2f(3, 2), 90, 1);
        Assert.Equal(1, turn.Get<double>(0, 1), 1e-12);

        using var mapX = new Mat(4, 6, MatType.CV_32FC1, new Scalar(5));
        using var mapY = new Mat(4, 6, MatType.CV_32FC1, new Scalar(3));
        Cv2.Remap(picture, result, mapX, mapY);
        Assert.Equal(picture.Get<Vec3b>(3, 5), result.Get<Vec3b>(0, 0));
    }

    [Fact]
    public void Grey_is_the_weighted_sum_of_the_standard()
    {
        using var picture = OpenCvPictures.Noise(3, 4, MatType.CV_32FC3);
        using var grey = new Mat();
        Cv2.CvtColor(picture, grey, ColorConversionCodes.BGR2GRAY);
        var pixel = picture.Get<Vec3f>(2, 1);
        Assert.Equal((0.114f * pixel.Item0) + (0.587f * pixel.Item1) + (0.299f * pixel.Item2), grey.Get<float>(2, 1), 1e-5f);
    }

    [Fact]
    public void The_same_seed_draws_the_same_numbers()
    {
        using var first = new Mat(50, 60, MatType.CV_32FC1);
        using var second = new Mat(50, 60, MatType.CV_32FC1);
        Cv2.SetTheRNG(12345);
        Cv2.Randn(first, new Scalar(3), new Scalar(2));
        Cv2.SetTheRNG(12345);
        Assert.Equal(12345ul, Cv2.GetTheRNG().State);
        Cv2.Randn(second, new Scalar(3), new Scalar(2));
        OpenCvPictures.AssertSame(first, second);
        Cv2.MeanStdDev(first, out Scalar mean, out Scalar deviation);
        Assert.Equal(3, mean.Val0, 0.2);
        Assert.Equal(2, deviation.Val0, 0.2);
        Cv2.Randu(second, new Scalar(-1), new Scalar(1));
        Cv2.MinMaxLoc(second, out double min, out double max);
        Assert.InRange(min, -1, -0.98);
        Assert.InRange(max, 0.98, 1);
    }

    [Fact]
    public void Drawing_marks_exactly_what_it_should()
    {
        using var picture = new Mat(40, 60, MatType.CV_8UC1, Scalar.Black);
        Cv2.Line(picture, new Point(5, 7), new Point(24, 7), Scalar.White);
        Assert.Equal(20, Cv2.CountNonZero(picture));
        picture.SetTo(Scalar.Black);
        Cv2.Rectangle(picture, new Rect(3, 4, 10, 6), Scalar.White, -1);
        Assert.Equal(60, Cv2.CountNonZero(picture));
        picture.SetTo(Scalar.Black);
        Cv2.FillPoly(picture, [[new(2, 2), new(11, 2), new(11, 8), new(2, 8)], [new(20, 20), new(20, 20)]], Scalar.White);
        Assert.Equal(71, Cv2.CountNonZero(picture));
        picture.SetTo(Scalar.Black);
        Cv2.Circle(picture, new Point(30, 20), 10, Scalar.White, -1);
        Assert.InRange(Cv2.CountNonZero(picture), 300, 340);
        picture.SetTo(Scalar.Black);
        var size = Cv2.GetTextSize("rain", HersheyFonts.HersheySimplex, 0.6, 1, out var below);
        Cv2.PutText(picture, "rain", new Point(0, 30), HersheyFonts.HersheySimplex, 0.6, Scalar.White);
        Assert.InRange(Cv2.CountNonZero(picture), 20, size.Width * (size.Height + below));
    }
}
