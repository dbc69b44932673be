using System.Runtime.InteropServices;
using OpenCvSharp;

namespace NLCL.Runtime.Tests;

/// <summary>Networks that see pictures at a fraction of their size, and which pictures want it.</summary>
public sealed class WorkingScaleTests : IDisposable
{
    readonly TestFolder _folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    Derainer Open(TinyOnnx model, int scale, long maxTilePixels = 1 << 20) => Derainer.Open(
        _folder.Write("m.onnx", model.ToBytes()), new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1, MaxTilePixels = maxTilePixels, Scale = scale });

    [Theory]
    [InlineData(2, 96, 64, false)]
    [InlineData(3, 96, 60, false)]
    [InlineData(4, 64, 128, false)]
    [InlineData(2, 96, 64, true)]
    public void Rain_found_in_the_reduced_picture_is_taken_off_the_whole_one(int scale, int width, int height, bool grey)
    {
        TinyOnnx Network() => grey ? TinyOnnx.Grey() : TinyOnnx.Network();
        using Derainer scaled = Open(Network(), scale), plain = Open(Network(), 1);
        var rainy = Noise.Planes(width, height, 1);
        var found = new float[rainy.Length];
        scaled.Derain(rainy, found, width, height, Token);

        var (w, h) = (width / scale, height / scale);
        float[] reduced = Each(rainy, width, height, plane => Resized(plane, w, h, InterpolationFlags.Area)), background = new float[3 * w * h];
        plain.Derain(reduced, background, w, h, Token);
        float[] rain = [.. reduced.Zip(background, (all, rest) => all - rest)];
        var expected = rainy.Zip(Each(rain, w, h, plane => Resized(plane, width, height, InterpolationFlags.Linear)), (all, off) => all - off);
        Assert.InRange(expected.Zip(found, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-4);
        Assert.True(rain.Max(Math.Abs) > 0.01);
    }

    [Fact]
    public void Tiles_and_odd_sizes_come_out_as_the_whole()
    {
        using Derainer whole = Open(TinyOnnx.Network(), 2), tiled = Open(TinyOnnx.Network(), 2, 4000);
        var rainy = Noise.Planes(157, 93, 1);
        float[] one = new float[rainy.Length], other = new float[rainy.Length];
        whole.Derain(rainy, one, 157, 93, Token);
        tiled.Derain(rainy, other, 157, 93, Token);
        Assert.True(TileGrid.Plan(157, 93, tiled.Contract, 4000).Count > 1);
        Assert.InRange(one.Zip(other, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-5);
    }

    [Fact]
    public void A_network_that_sees_neighbours_takes_rain_off_the_frame_itself()
    {
        using var derainer = Open(TinyOnnx.Window(0, 0, 1), 2);
        float[] before = Noise.Planes(32, 16, 1), rainy = Noise.Planes(32, 16, 2), after = Noise.Planes(32, 16, 3), background = new float[rainy.Length];
        derainer.Derain(before, rainy, after, background, 32, 16, Token);
        // It gives the frame after: the reduced background is its reduced picture, fine detail is the frame's own.
        float[] Half(float[] planes) => Each(planes, 32, 16, plane => Resized(plane, 16, 8, InterpolationFlags.Area));
        float[] rain = [.. Half(rainy).Zip(Half(after), (a, b) => a - b)];
        var expected = rainy.Zip(Each(rain, 16, 8, plane => Resized(plane, 32, 16, InterpolationFlags.Linear)), (all, off) => all - off);
        Assert.InRange(expected.Zip(background, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-5);
    }

    [Fact]
    public void The_contract_grows_with_the_scale_and_the_file_is_another()
    {
        using Derainer plain = Open(TinyOnnx.Network(), 1), scaled = Open(TinyOnnx.Network(), 3);
        Assert.Equal(3 * plain.Contract.SizeMultiple, scaled.Contract.SizeMultiple);
        Assert.True(scaled.Contract.ReceptiveField >= 3 * plain.Contract.ReceptiveField);
        Assert.Equal(plain.Contract.Name, scaled.Contract.Name);
        Assert.NotEqual(plain.Model.Sha256, scaled.Model.Sha256);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DerainerOptions { Scale = 0 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new DerainerOptions { Scale = 9 }.Validate());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Enlarged_pictures_are_found_out(int times)
    {
        using var sharp = Detailed(times * 400, times * 380, times);
        Assert.Equal(times, WorkingScale.Of(sharp));

        using Mat grey = new(), deep = new(), floats = new(), alpha = new(), small = new(sharp, new Rect(0, 0, 350, 350));
        Cv2.CvtColor(sharp, grey, ColorConversionCodes.BGR2GRAY);
        sharp.ConvertTo(deep, MatType.CV_16UC3, 257);
        sharp.ConvertTo(floats, MatType.CV_32FC3, 1 / 255.0);
        Cv2.CvtColor(sharp, alpha, ColorConversionCodes.BGR2BGRA);
        Assert.All(new[] { grey, deep, floats, alpha }, picture => Assert.Equal(times, WorkingScale.Of(picture)));
        Assert.Equal(1, WorkingScale.Of(small));
    }

    [Fact]
    public void Of_a_clip_the_finest_frame_counts_and_a_black_one_does_not()
    {
        using Mat soft = Detailed(800, 800, 2), sharp = Detailed(800, 800, 1), black = new(800, 800, MatType.CV_8UC3, Scalar.All(3));
        Assert.Equal(2, WorkingScale.Of([black, soft]));
        Assert.Equal(1, WorkingScale.Of([soft, sharp]));
        Assert.Equal(1, WorkingScale.Of([black]));
    }

    // Without OpenCV, which a clip would have to load for this alone.
    [Theory]
    [InlineData(64, 48)]
    [InlineData(97, 60)]
    [InlineData(130, 35)]
    public void Detail_is_what_OpenCV_finds(int width, int height)
    {
        using Mat picture = new(height, width, MatType.CV_8UC1), levels = new(), half = new();
        Cv2.Randu(picture, 0, 256);
        picture.ConvertTo(levels, MatType.CV_32FC1);
        using Mat even = new(levels, new Rect(0, 0, width & ~1, height & ~1));
        Cv2.Resize(even, half, new Size(width / 2, height / 2), 0, 0, InterpolationFlags.Area);
        var plane = BrightnessPlane.Of(picture);

        Assert.Equal(Curvature(levels), plane.Curvature(), Curvature(levels) * 1e-5);
        Assert.Equal(Curvature(half), plane.Halved().Curvature(), Curvature(half) * 1e-5);

        static double Curvature(Mat levels)
        {
            using Mat curvature = new();
            Cv2.Laplacian(levels, curvature, MatType.CV_32FC1, 1);
            using Mat inner = new(curvature, new Rect(1, 1, levels.Width - 2, levels.Height - 2));
            Cv2.MeanStdDev(inner, out _, out var deviation);
            return deviation.Val0;
        }
    }

    [Fact]
    public void Luma_of_a_frame_is_its_brightness()
    {
        byte[] eight = Noise.Bytes(30 * 20 * 3 / 2);
        byte[] ten = [.. eight.SelectMany(value => BitConverter.GetBytes((ushort)(4 * value)))];
        using Mat picture = new(20, 30, MatType.CV_8UC1);
        Marshal.Copy(eight, 0, picture.Data, 600);

        var expected = BrightnessPlane.Of(picture).Curvature();
        Assert.Equal(expected, BrightnessPlane.Of(eight, new YuvFormat(30, 20)).Curvature(), 1e-6 * expected);
        Assert.Equal(expected, BrightnessPlane.Of(ten, new YuvFormat(30, 20, Bits: 10)).Curvature(), 1e-6 * expected);
    }

    [Fact]
    public void A_clip_that_was_replaced_is_looked_at_anew()
    {
        using var folder = new VideoFolder();
        string Clip(string name, string size) => folder.Make(name, $"-f lavfi -i testsrc2=size={size}:rate=25 -frames:v 3 -c:v libx264 -qp 20");
        string clip = Clip("in.mkv", "64x48"), other = Clip("other.mkv", "96x64");
        using Derainer derainer = Open(TinyOnnx.Network(), 1);
        VideoDerainer video = new(derainer, new VideoOptions { Overwrite = true });

        Assert.Equal(64, video.Derain(clip, Path.Combine(_folder.Path, "out.mkv"), cancellationToken: Token).Width);
        Assert.Equal(64, video.Derain(clip, Path.Combine(_folder.Path, "out.mkv"), cancellationToken: Token).Width);
        File.Copy(other, clip, overwrite: true);
        File.SetLastWriteTimeUtc(clip, DateTime.UtcNow);
        Assert.Equal(96, video.Derain(clip, Path.Combine(_folder.Path, "out.mkv"), cancellationToken: Token).Width);
    }

    [Theory]
    [InlineData(1, "yuv420p")]
    [InlineData(2, "yuv420p")]
    [InlineData(2, "yuv420p10le")]
    public void Clips_are_found_out_too(int times, string format)
    {
        using var frame = Detailed(840, 400 * 2, times);
        Cv2.ImWrite(_folder.Write("frame.png", []), frame);
        using var folder = new VideoFolder();
        var clip = folder.Make("in.mkv", $"-loop 1 -framerate 25 -i {Path.Combine(_folder.Path, "frame.png")} -frames:v 30 -pix_fmt {format} -c:v libx264 -crf 18");
        Assert.Equal(times, VideoDerainer.ScaleOf(clip, cancellationToken: Token));
        File.WriteAllText(Path.Combine(_folder.Path, "broken.mkv"), "no video");
        Assert.Equal(1, VideoDerainer.ScaleOf(Path.Combine(_folder.Path, "broken.mkv"), cancellationToken: Token));
    }

    // What is left of the frame's contrast at 1, 1/2 and 1/4: the rest is what the network takes for rain.
    [Theory]
    [InlineData(2, 0.9f, 0.7f, 0.75f)]
    [InlineData(4, 0.9f, 0.7f, 0.5f)]
    [InlineData(1, 0.7f, 0.69f, 0.2f)]
    [InlineData(1, 0.99f, 0.98f, 0.2f)]
    public void Large_sharp_pictures_and_clips_are_seen_where_clearly_more_rain_is_found(int scale, params float[] left)
    {
        using Mat large = Detailed(1280, 800, 1), small = Detailed(800, 800, 1);
        using Derainer whole = Open(TinyOnnx.Window(0, left[0], 0), 1), half = Open(TinyOnnx.Window(0, left[1], 0), 1), quarter = Open(TinyOnnx.Window(0, left[2], 0), 1);
        Derainer At(int asked) => asked switch { 1 => whole, 2 => half, 4 => quarter, _ => throw new ArgumentOutOfRangeException(nameof(asked)) };
        Derainer Nowhere(int asked) => throw new InvalidOperationException("small pictures are not looked at");

        Assert.Equal(scale, WorkingScale.Of(large, At, Token));
        Assert.Equal(scale, WorkingScale.Of(large, large, large, At, Token));
        Assert.Equal(1, WorkingScale.Of(small, Nowhere, Token));
        using var folder = new VideoFolder();
        Derainer Opened(int asked) => Open(TinyOnnx.Window(0, left[asked / 2], 0), 1);
        foreach (var (picture, frames, open, expected) in new (Mat, int, Func<int, Derainer>, int)[] { (large, 3, Opened, scale), (large, 20, Opened, scale), (small, 3, Nowhere, 1) })
        {
            var file = _folder.Write("frame.png", []);
            Cv2.ImWrite(file, picture);
            Assert.Equal(expected, VideoDerainer.ScaleOf(folder.Make("in.mkv", $"-loop 1 -framerate 25 -i {file} -frames:v {frames} -pix_fmt yuv420p -c:v libx264 -qp 10 -preset ultrafast"), open, cancellationToken: Token));
        }
    }

    /// <summary>Detail of all sizes, as photos have it, enlarged so many times.</summary>
    static Mat Detailed(int width, int height, int times)
    {
        using Mat sum = new(height / times, width / times, MatType.CV_32FC3, Scalar.All(128));
        for (var cell = 1; cell <= 64; cell *= 2)
        {
            using Mat noise = Noise.Picture((width / times / cell) + 2, (height / times / cell) + 2, MatType.CV_8UC3, cell), values = new(), large = new();
            noise.ConvertTo(values, MatType.CV_32FC3, 0.25, -32);
            Cv2.Resize(values, large, sum.Size(), 0, 0, InterpolationFlags.Linear);
            Cv2.Add(sum, large, sum);
        }
        using Mat bytes = new();
        sum.ConvertTo(bytes, MatType.CV_8UC3);
        var picture = new Mat();
        Cv2.Resize(bytes, picture, new Size(width, height), 0, 0, InterpolationFlags.Cubic);
        return picture;
    }

    static float[] Each(float[] planes, int width, int height, Func<Mat, Mat> change)
    {
        List<float> changed = [];
        for (var channel = 0; channel < 3; channel++)
        {
            using var plane = Mat.FromPixelData(height, width, MatType.CV_32FC1, planes[(channel * width * height)..((channel + 1) * width * height)]);
            using var result = change(plane);
            result.GetArray(out float[] values);
            changed.AddRange(values);
        }
        return [.. changed];
    }

    static Mat Resized(Mat plane, int width, int height, InterpolationFlags how)
    {
        var resized = new Mat();
        Cv2.Resize(plane, resized, new Size(width, height), 0, 0, how);
        return resized;
    }
}
