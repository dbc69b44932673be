using System.Diagnostics;
using NLCL.Tests;
using OpenCvSharp;

namespace NLCL.Training.Tests;

public sealed class HybridCodecTests : IDisposable
{
    const int Width = 160, Height = 96;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(22)]
    [InlineData(28)]
    [InlineData(34)]
    public void It_leaves_about_what_x264_leaves(int quantizer)
    {
        List<Mat> rainy = Rainy(4), coded = Copies(rainy);
        HybridCodec.Apply(coded, quantizer, between: false, default);
        List<Mat> encoded = Encoded(rainy, quantizer);
        // x264 moves by quarters of a pixel and weighs its bits, so it keeps a little more of what it predicts.
        Assert.InRange(Psnr(coded[0], rainy[0]) - Psnr(encoded[0], rainy[0]), -1.5, 1.5);
        for (int frame = 1; frame < 4; frame++)
        {
            Assert.InRange(Psnr(coded[frame], rainy[frame]) - Psnr(encoded[frame], rainy[frame]), -3, 1);
        }
    }

    [Fact]
    public void A_still_scene_stays_as_it_was_coded_first()
    {
        List<Mat> frames = Enumerable.Range(0, 3).Select(_ => Scene(0)).ToList();
        HybridCodec.Apply(frames, 30, between: false, default);
        Assert.True(Psnr(frames[0], Scene(0)) < 45);
        Assert.True(Psnr(frames[1], frames[0]) > 60, "the second is the first");
        Assert.True(Psnr(frames[2], frames[0]) > 60, "the third is the first");
    }

    [Fact]
    public void What_moves_is_predicted_from_where_it_was()
    {
        List<Mat> moved = [Scene(0), Scene(6)];
        HybridCodec.Apply(moved, 30, between: false, default);
        using Mat before = new(moved[0], new Rect(32, 16, 96, 64)), after = new(moved[1], new Rect(26, 16, 96, 64));
        Assert.True(Psnr(after, before) > 45, $"{Psnr(after, before):0.0} dB");
    }

    [Fact]
    public void Faint_streaks_are_lost_and_clear_ones_stay()
    {
        foreach ((float strength, double from, double to) in new[] { (0.02f, 0, 0.3), (0.4f, 0.8, 1.2) })
        {
            List<Mat> frames = [Scene(0), Scene(0)];
            for (int y = 20; y < 60; y++) { Add(frames[1], 70, y, strength); }
            HybridCodec.Apply(frames, 32, between: false, default);
            double kept = Enumerable.Range(24, 32).Average(y => frames[1].At<Vec3f>(y, 70).Item1 - frames[0].At<Vec3f>(y, 70).Item1);
            Assert.InRange(kept / strength, from, to);
        }
    }

    [Fact]
    public void A_frame_between_two_is_predicted_from_both()
    {
        // The scene grows brighter evenly: the mean of its neighbours is the frame, either alone is not.
        List<Mat> frames = Enumerable.Range(0, 3).Select(time => Scene(0, 0.04 * time)).ToList();
        HybridCodec.Apply(frames, 34, between: true, default);
        using Mat mean = new();
        Cv2.AddWeighted(frames[0], 0.5, frames[2], 0.5, 0, mean);
        Assert.InRange(Psnr(frames[1], mean), 3 + Math.Max(Psnr(frames[1], frames[0]), Psnr(frames[1], frames[2])), 100);
    }

    [Theory]
    [InlineData(50, 38, 5, 3)]
    [InlineData(1, 1, 15, 15)]
    [InlineData(32, 16, 0, 0)]
    public void Any_size_goes_through(int width, int height, int x, int y)
    {
        List<Mat> frames = Enumerable.Range(0, 3).Select(_ => SynthesisPictures.Hills(width, height)).ToList();
        HybridCodec.Apply(frames, 4, between: true, new Point(x, y));
        Assert.All(frames, frame => Assert.Equal(new Size(width, height), frame.Size()));
        Assert.All(frames, frame => Assert.True(Psnr(frame, SynthesisPictures.Hills(width, height)) > 35));
    }

    List<Mat> Encoded(List<Mat> frames, int quantizer)
    {
        for (int index = 0; index < frames.Count; index++)
        {
            using Mat bytes = new();
            frames[index].ConvertTo(bytes, MatType.CV_8UC3, 255);
            Cv2.ImWrite(_folder.File($"in{index}.png"), bytes);
        }
        Ffmpeg("-i", _folder.File("in%d.png"), "-c:v", "libx264", "-qp", $"{quantizer}", "-bf", "0", "-pix_fmt", "yuv420p", _folder.File("coded.mkv"));
        Ffmpeg("-i", _folder.File("coded.mkv"), "-start_number", "0", _folder.File("out%d.png"));
        return [.. Enumerable.Range(0, frames.Count).Select(index =>
        {
            using Mat bytes = Cv2.ImRead(_folder.File($"out{index}.png"));
            Mat picture = new();
            bytes.ConvertTo(picture, MatType.CV_32FC3, 1 / 255.0);
            return picture;
        })];
    }

    static void Ffmpeg(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", .. arguments]))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    static List<Mat> Rainy(int count)
    {
        using RainSynthesizer synthesizer = new(RainOptions.Named("streaks") with { NoRain = 0, Scene = null, Camera = CameraOptions.Perfect });
        RainClip clip = new(synthesizer, synthesizer.Draw(Height, new Random(4)));
        List<Mat> frames = [];
        for (int time = 0; time < count; time++)
        {
            using Mat still = Scene(2 * time);
            using RainSample sample = clip.Next(still);
            frames.Add(sample.Rainy.Clone());
        }
        return frames;
    }

    static List<Mat> Copies(List<Mat> frames) => [.. frames.Select(frame => frame.Clone())];

    /// <summary>Grey hills with texture on them, seen so many pixels farther to the right.</summary>
    static Mat Scene(int shift, double brighter = 0)
    {
        using Mat wide = SynthesisPictures.Hills(Width + 64, Height);
        for (int at = 0; at < wide.Rows * wide.Cols; at++)
        {
            int x = at % wide.Cols, y = at / wide.Cols;
            Add(wide, x, y, (float)((0.1 * Math.Sin(x * 0.3) * Math.Sin(y * 0.4)) + brighter));
        }
        using Mat seen = new(wide, new Rect(shift, 0, Width, Height)), grey = new();
        Cv2.CvtColor(seen, grey, ColorConversionCodes.BGR2GRAY);
        Mat scene = new();
        Cv2.CvtColor(grey, scene, ColorConversionCodes.GRAY2BGR);
        return scene;
    }

    static void Add(Mat picture, int x, int y, float value)
    {
        Vec3f pixel = picture.At<Vec3f>(y, x);
        picture.Set(y, x, new Vec3f(Math.Clamp(pixel.Item0 + value, 0, 1), Math.Clamp(pixel.Item1 + value, 0, 1), Math.Clamp(pixel.Item2 + value, 0, 1)));
    }

    // Of brightness: how colour is halved is each encoder's own affair.
    static double Psnr(Mat picture, Mat truth)
    {
        using Mat a = new(), b = new();
        Cv2.CvtColor(picture, a, ColorConversionCodes.BGR2GRAY);
        Cv2.CvtColor(truth, b, ColorConversionCodes.BGR2GRAY);
        double sum = 0;
        ReadOnlySpan<float> x = a.Floats(), y = b.Floats();
        for (int at = 0; at < x.Length; at++) { sum += Math.Pow(x[at] - y[at], 2); }
        return -10 * Math.Log10((sum / x.Length) + 1e-12);
    }
}
