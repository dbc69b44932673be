using OpenCvSharp;

namespace NLCL.Runtime.Tests;

/// <summary>From file to file through ONNX Runtime, with ffmpeg and without.</summary>
public sealed class VideoModelTests : IDisposable
{
    readonly VideoFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_that_changes_nothing_changes_nothing()
    {
        var input = _folder.Make("in.mkv", "-f lavfi -i testsrc2=s=99x55:r=25:d=0.4 -f lavfi -i sine=d=0.4 -pix_fmt yuv420p -c:v ffv1 -c:a flac");
        using var derainer = Open(TinyOnnx.Identity(8));
        var report = new VideoDerainer(derainer, new VideoOptions { Codec = "ffv1" }).Derain(input, _folder["out.mkv"], null, TestContext.Current.CancellationToken);
        Assert.Equal(VideoEngine.Ffmpeg, report.Engine);
        Assert.Equal(10, report.Frames);
        Assert.Equal(VideoFolder.Frames(input), VideoFolder.Frames(_folder["out.mkv"]));
        Assert.Equal(VideoFolder.Packets(input, "0:a"), VideoFolder.Packets(_folder["out.mkv"], "0:a"));
    }

    [Fact]
    public void Every_frame_is_what_the_network_makes_of_it()
    {
        var input = _folder.Make("in.mkv", "-f lavfi -i testsrc2=s=50x38:r=25:d=0.2 -pix_fmt yuv444p -color_range tv -colorspace bt709 -c:v ffv1");
        using var derainer = Open(TinyOnnx.Network());
        new VideoDerainer(derainer, new VideoOptions { Codec = "ffv1" }).Derain(input, _folder["out.mkv"], null, TestContext.Current.CancellationToken);
        var before = _folder.Samples(input);
        var after = _folder.Samples(_folder["out.mkv"]);
        var conversion = new YuvConversion(new YuvFormat(50, 38, ChromaSampling.Yuv444));
        var frame = conversion.Format.FrameBytes;
        var rainy = new float[50 * 38 * 3];
        var background = new float[rainy.Length];
        var expected = new byte[frame];
        for (var at = 0; at < before.Length; at += frame)
        {
            conversion.ToPlanarRgb(before.AsSpan(at, frame), rainy);
            derainer.Derain(rainy, background, 50, 38, TestContext.Current.CancellationToken);
            conversion.ApplyChange(before.AsSpan(at, frame), rainy, background, expected);
            Assert.True(expected.AsSpan().SequenceEqual(after.AsSpan(at, frame)));
            Assert.False(expected.AsSpan().SequenceEqual(before.AsSpan(at, frame)));
        }
    }

    [Theory]
    [InlineData(50, 38)]
    [InlineData(51, 37)]
    public void Rain_of_one_channel_leaves_a_clips_colours_bit_for_bit(int width, int height)
    {
        var input = _folder.Make("in.mkv", $"-f lavfi -i testsrc2=s=64x48:r=25:d=0.2 -vf format=yuv420p,crop={width}:{height}:0:0:exact=1 -color_range tv -colorspace bt709 -c:v ffv1");
        using var derainer = Open(TinyOnnx.Grey());
        new VideoDerainer(derainer, new VideoOptions { Codec = "ffv1" }).Derain(input, _folder["out.mkv"], null, TestContext.Current.CancellationToken);
        byte[] before = _folder.Samples(input), after = _folder.Samples(_folder["out.mkv"]);
        var format = new YuvFormat(width, height);
        Assert.Equal((5 * format.FrameBytes, 5 * format.FrameBytes), (before.Length, after.Length));
        for (var at = 0; at < before.Length; at += format.FrameBytes)
        {
            var (luma, chroma) = (at..(at + format.LumaBytes), (at + format.LumaBytes)..(at + format.FrameBytes));
            Assert.False(before[luma].AsSpan().SequenceEqual(after[luma]));
            Assert.Equal(before[chroma], after[chroma]);
        }
    }

    [Theory]
    [InlineData(".avi", "mjpeg")]
    [InlineData(".mp4", "mpeg4")]
    public void Without_ffmpeg_the_pictures_come_through_and_the_rest_is_named(string extension, string codec)
    {
        var input = _folder.Make("in.mp4", "-f lavfi -i testsrc2=s=96x64:r=25:d=0.6 -f lavfi -i sine=d=0.6 -pix_fmt yuv420p -c:v libx264 -colorspace smpte170m -c:a aac");
        var output = _folder["out" + extension];
        using var derainer = Open(TinyOnnx.Identity());
        var report = new VideoDerainer(derainer, new VideoOptions { Engine = VideoEngine.OpenCv }).Derain(input, output, null, TestContext.Current.CancellationToken);
        Assert.Equal((VideoEngine.OpenCv, 15L, 96, 64), (report.Engine, report.Frames, report.Width, report.Height));
        Assert.Contains(report.Losses, line => line.Contains("sound", StringComparison.Ordinal));
        Assert.Equal(codec, VideoFolder.Property(output, "codec_name"));
        Assert.Equal(15, VideoFolder.Frames(output).Length);
        using var before = new VideoCapture(input);
        using var after = new VideoCapture(output);
        using var rainy = new Mat();
        using var background = new Mat();
        while (before.Read(rainy))
        {
            Assert.True(after.Read(background));
            Assert.True(Quality.PsnrY(rainy, background) > 24, $"{Quality.PsnrY(rainy, background)}");
        }
    }

    [Fact]
    public void Without_ffmpeg_the_same_is_refused()
    {
        var options = new VideoOptions { Engine = VideoEngine.OpenCv };
        File.WriteAllText(_folder["p.mp4"], "#EXTM3U\n#EXTINF:9,\nother.ts\n#EXT-X-ENDLIST\n");
        Assert.Contains("AllowPlaylists", Assert.Throws<VideoException>(() => VideoFolder.Derain(_folder["p.mp4"], _folder["out.avi"], options)).Message);
        var clip = _folder.Make("in.mkv", "-f lavfi -i testsrc2=s=64x48:r=25:d=1 -pix_fmt yuv420p -c:v libx264");
        Assert.Contains("needs ffmpeg", Assert.Throws<VideoException>(() => VideoFolder.Derain(clip, _folder["out.avi"], options with { Codec = "libx264" })).Message);
        Assert.Contains("limit", Assert.Throws<VideoException>(() => VideoFolder.Derain(clip, _folder["out.avi"], options with { MaxFramePixels = 9 })).Message);
        Assert.Contains(".webm", Assert.Throws<VideoException>(() => VideoFolder.Derain(clip, _folder["out.webm"], options)).Message);
        Assert.Equal(["in.mkv", "p.mp4"], _folder.Files());
    }

    Derainer Open(TinyOnnx model)
    {
        File.WriteAllBytes(_folder["model.onnx"], model.ToBytes());
        return Derainer.Open(_folder["model.onnx"], new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1 });
    }
}
