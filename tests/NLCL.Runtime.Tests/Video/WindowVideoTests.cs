using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Text;
using OpenCvSharp;

namespace NLCL.Runtime.Tests;

/// <summary>Clips through networks that see the frames before and after: each frame must be made of the right three.</summary>
public sealed class WindowVideoTests : IDisposable
{
    const int Width = 64, Height = 48;

    // No two frames may look alike.
    const string Unrest = "noise=alls=60:allf=t";

    readonly VideoFolder _folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1, 1 << 20)] // the network's own tensors
    [InlineData(3, 1, 1 << 20)] // side by side
    [InlineData(1, 20, 1 << 20)] // padded
    [InlineData(2, 2, 900)] // in tiles
    public void Every_frame_is_made_of_its_neighbours(int threads, int multiple, int maxTilePixels)
    {
        var input = Clip("in.mkv", 12);
        using var derainer = Open(TinyOnnx.Window(0.5f, 0.125f, 0.375f, multiple), threads, maxTilePixels);
        var report = Derain(derainer, input, "out.mkv", new VideoOptions { Codec = "ffv1", SegmentLength = TimeSpan.Zero });
        Assert.Equal(12, report.Frames);
        AssertMadeOf(derainer, input, _folder["out.mkv"]);
    }

    [Theory]
    [InlineData(1, 1 << 20)] // the network's own tensors
    [InlineData(2, 9000)] // in tiles
    public void A_camera_that_turns_is_followed_as_it_is_frame_by_frame(int threads, int maxTilePixels)
    {
        var input = _folder.Make("in.mkv", "-f lavfi -i testsrc2=s=320x240:r=25 -vf crop=192:144:3*n:n -frames:v 8 -pix_fmt yuv420p -c:v libx264");
        using var derainer = Open(TinyOnnx.Window(0.5f, 0.125f, 0.375f), threads, maxTilePixels);
        Derain(derainer, input, "out.mkv", new VideoOptions { Codec = "ffv1", SegmentLength = TimeSpan.Zero });
        AssertMadeOf(derainer, input, _folder["out.mkv"], 192, 144);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_shortest_clips_have_their_ends(int frames)
    {
        var input = Clip("in.mkv", frames);
        using var derainer = Open(TinyOnnx.Window(0.5f, 0.125f, 0.375f));
        Assert.Equal(frames, Derain(derainer, input, "out.mkv", new VideoOptions { Codec = "ffv1", SegmentLength = TimeSpan.Zero }).Frames);
        AssertMadeOf(derainer, input, _folder["out.mkv"]);
    }

    [Theory]
    [InlineData(12.5, 25)] // each frame twice
    [InlineData(24, 30)] // one in five twice
    [InlineData(5, 30)] // six times: the nearest that differs is six away at most
    [InlineData(3, 30)] // ten times: those in the middle find none
    public void Frames_that_repeat_their_neighbour_are_looked_past(double from, double to)
    {
        var input = Repeating("in.mkv", from, to, 40);
        using var derainer = Open(TinyOnnx.Window(0.5f, 0.125f, 0.375f), threads: 2);
        Assert.Equal(40, Derain(derainer, input, "out.mkv", new VideoOptions { Codec = "ffv1", SegmentLength = TimeSpan.Zero }).Frames);
        AssertMadeOf(derainer, input, _folder["out.mkv"]);

        // A segment may begin and end within repeated frames.
        Derain(derainer, input, "segments.mkv", new VideoOptions { Codec = "ffv1", SegmentLength = TimeSpan.FromSeconds(0.3) });
        Assert.Equal(VideoFolder.Frames(_folder["out.mkv"]), VideoFolder.Frames(_folder["segments.mkv"]));
    }

    [Fact]
    public void Stopped_jobs_and_shards_look_past_repeated_frames_as_far_as_others()
    {
        var input = Repeating("in.mp4", 5, 25, 100);
        using var derainer = Open(TinyOnnx.Window(0.5f, 0.125f, 0.375f), threads: 2);
        var options = new VideoOptions { Codec = "ffv1", SegmentLength = TimeSpan.FromSeconds(0.52), Resume = true };
        Derain(derainer, input, "whole.mkv", options);
        AssertMadeOf(derainer, input, _folder["whole.mkv"]);

        StopAfter(44, derainer, input, options);
        Assert.True(Derain(derainer, input, "out.mkv", options).ResumedFrames >= 13);
        Assert.Equal(VideoFolder.Frames(_folder["whole.mkv"]), VideoFolder.Frames(_folder["out.mkv"]));

        foreach (var number in new[] { 2, 3, 1 })
        {
            Derain(derainer, input, "shards.mkv", options with { Resume = false, Shard = new ClipShard(number, 3) });
        }
        Assert.Equal(100, ShardMerge.Run(input, _folder["shards.mkv"], null, Token).Frames);
        Assert.Equal(VideoFolder.Packets(_folder["whole.mkv"], "0:v"), VideoFolder.Packets(_folder["shards.mkv"], "0:v"));
    }

    [Fact]
    public void Segments_do_not_part_neighbours_and_a_stopped_job_gives_the_same_frames()
    {
        var input = Clip("in.mp4", 100);
        using var derainer = Open(TinyOnnx.Window(0.5f, 0.125f, 0.375f), threads: 2);
        var options = new VideoOptions { Codec = "ffv1", SegmentLength = TimeSpan.FromSeconds(0.4), Resume = true };
        Derain(derainer, input, "whole.mkv", options);
        AssertMadeOf(derainer, input, _folder["whole.mkv"]);

        StopAfter(23, derainer, input, options);
        StopAfter(57, derainer, input, options);
        var report = Derain(derainer, input, "out.mkv", options);
        Assert.True(report.ResumedFrames >= 20, $"{report.ResumedFrames}");
        Assert.Equal(100, report.Frames);
        Assert.Equal(VideoFolder.Frames(_folder["whole.mkv"]), VideoFolder.Frames(_folder["out.mkv"]));

        // A segment in the middle of finished ones.
        StopAfter(70, derainer, input, options);
        File.Delete(Directory.GetFiles(VideoDerainer.UnfinishedFolder(_folder["out.mkv"])!, "segment-*").Order(StringComparer.Ordinal).ElementAt(1));
        Derain(derainer, input, "out.mkv", options);
        Assert.Equal(VideoFolder.Frames(_folder["whole.mkv"]), VideoFolder.Frames(_folder["out.mkv"]));
    }

    [Fact]
    public void Shards_joined_are_the_whole()
    {
        var input = _folder.Make("in.mkv", $"-f lavfi -i testsrc2=s={Width}x{Height}:r=25:d=4,{Unrest} -pix_fmt yuv420p -c:v libx264 -bf 3 -g 35");
        using var derainer = Open(TinyOnnx.Window(0.5f, 0.125f, 0.375f));
        var options = new VideoOptions { Codec = "ffv1", SegmentLength = TimeSpan.FromSeconds(0.5) };
        Derain(derainer, input, "whole.mkv", options);
        foreach (var number in new[] { 3, 1, 2 })
        {
            Derain(derainer, input, "out.mkv", options with { Shard = new ClipShard(number, 3) });
        }
        Assert.Equal(100, ShardMerge.Run(input, _folder["out.mkv"], null, Token).Frames);
        Assert.Equal(VideoFolder.Packets(_folder["whole.mkv"], "0:v"), VideoFolder.Packets(_folder["out.mkv"], "0:v"));
    }

    [Fact]
    public void Streams_and_progress_count_every_frame_once()
    {
        var input = _folder.Make("in.y4m", $"-f lavfi -i testsrc2=s={Width}x{Height}:r=25,{Unrest} -frames:v 9 -pix_fmt yuv420p");
        using var derainer = Open(TinyOnnx.Window(0.5f, 0.125f, 0.375f), threads: 2);
        var seen = new Seen();
        using (FileStream from = File.OpenRead(input), to = File.Create(_folder["out.y4m"]))
        {
            Assert.Equal(9, new VideoDerainer(derainer).Derain(from, to, seen, Token).Frames);
        }
        Assert.Equal(Enumerable.Range(1, 9).Select(frame => (long)frame), seen.Frames);
        AssertMadeOf(derainer, input, _folder["out.y4m"]);
    }

    [Fact]
    public void A_live_stream_is_one_frame_behind_and_ends_when_told()
    {
        using var derainer = Open(TinyOnnx.Window(0.5f, 0.125f, 0.375f));
        using var writer = new AnonymousPipeServerStream(PipeDirection.Out);
        using var reader = new AnonymousPipeClientStream(PipeDirection.In, writer.ClientSafePipeHandle);
        writer.Write(Encoding.ASCII.GetBytes($"YUV4MPEG2 W{Width} H{Height} F25:1 C420\n"));
        for (var frame = 0; frame < 3; frame++)
        {
            writer.Write("FRAME\n"u8);
            writer.Write(Noise.Bytes(Width * Height * 3 / 2, frame));
        }
        using var cancel = new CancellationTokenSource();
        var clock = new Stopwatch();
        var seen = new Seen(frames =>
        {
            if (frames == 2)
            {
                clock.Start();
                cancel.Cancel();
            }
        });
        try
        {
            // The thread that reads the fourth frame is left waiting.
            Assert.ThrowsAny<OperationCanceledException>(() => new VideoDerainer(derainer).Derain(reader, Stream.Null, seen, cancel.Token));
        }
        finally
        {
            // Ends that thread, too: the reading end waits for it to be closed.
            writer.Dispose();
        }
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
        Assert.Equal([1L, 2L], seen.Frames);
    }

    [Fact]
    public void A_killed_decoder_is_noticed_and_leaves_nothing()
    {
        var input = Clip("in.mp4", 200);
        using var derainer = Open(TinyOnnx.Window(0.5f, 0.125f, 0.375f));
        var seen = new Seen(frames =>
        {
            if (frames == 3)
            {
                Assert.Single(_folder.Children("pipe:1")).Kill();
            }
        });
        var failure = Assert.Throws<VideoException>(() => new VideoDerainer(derainer, new VideoOptions { Codec = "ffv1", SegmentLength = TimeSpan.Zero }).Derain(input, _folder["out.mkv"], seen, Token));
        Assert.Contains("decoding stopped", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Children("pipe:"));
        Assert.Equal(["in.mp4", "model.onnx"], _folder.Files());
    }

    [Fact]
    public void Without_ffmpeg_neighbours_come_too()
    {
        var input = _folder.Make("in.avi", $"-f lavfi -i testsrc2=s={Width}x{Height}:r=5,{Unrest} -frames:v 8 -pix_fmt yuvj420p -c:v mjpeg -q:v 2");
        using var derainer = Open(TinyOnnx.Window(0, 0, 1));
        Assert.Equal(8, Derain(derainer, input, "out.avi", new VideoOptions { Engine = VideoEngine.OpenCv }).Frames);
        List<Mat> before = Pictures(input), after = Pictures(_folder["out.avi"]);
        Assert.Equal(8, after.Count);
        for (var i = 0; i < 8; i++)
        {
            var own = Quality.PsnrY(after[i], before[i]);
            var next = Quality.PsnrY(after[i], before[Math.Min(i + 1, 7)]);
            Assert.True(next > 18 && (i == 7 || next > own + 3), $"frame {i}: {next:0.0} dB from the next one, {own:0.0} dB from the own one");
        }
        before.Concat(after).ToList().ForEach(picture => picture.Dispose());
    }

    /// <summary>Checks each sample of a lossless output against what the derainer makes of a frame and its neighbours of the same segment.</summary>
    void AssertMadeOf(Derainer derainer, string input, string output, int width = Width, int height = Height)
    {
        byte[] before = _folder.Samples(input), after = _folder.Samples(output);
        Assert.Equal(before.Length, after.Length);
        var conversion = new YuvConversion(new YuvFormat(width, height, ChromaSampling.Yuv420, 8, YuvMatrix.Bt601, YuvRange.Limited));
        var bytes = conversion.Format.FrameBytes;
        float[][] frames = [.. Enumerable.Range(0, before.Length / bytes).Select(_ => new float[3 * width * height])];
        for (var i = 0; i < frames.Length; i++)
        {
            conversion.ToPlanarRgb(before.AsSpan(i * bytes, bytes), frames[i]);
        }
        var background = new float[3 * width * height];
        var expected = new byte[bytes];
        for (var i = 0; i < frames.Length; i++)
        {
            derainer.Derain(frames[Neighbour(frames, i, -1)], frames[i], frames[Neighbour(frames, i, 1)], background, width, height, Token);
            conversion.ApplyChange(before.AsSpan(i * bytes, bytes), frames[i], background, expected);
            Assert.True(expected.AsSpan().SequenceEqual(after.AsSpan(i * bytes, bytes)), $"frame {i}");
            Assert.True(frames.Length == 1 || !expected.AsSpan().SequenceEqual(before.AsSpan(i * bytes, bytes)), $"frame {i}");
        }
    }

    // The nearest frame that differs, where there is one near enough; at the ends the frame itself.
    static int Neighbour(float[][] frames, int frame, int step)
    {
        bool Is(int j) => j >= 0 && j < frames.Length;
        for (var distance = 1; distance <= FrameRepeat.Farthest && Is(frame + (step * distance)); distance++)
        {
            if (!frames[frame + (step * distance)].AsSpan().SequenceEqual(frames[frame]))
            {
                return frame + (step * distance);
            }
        }
        return Is(frame + step) ? frame + step : frame;
    }

    // Cancels behind so many frames, when a segment more has been finished.
    void StopAfter(int frames, Derainer derainer, string input, VideoOptions options)
    {
        using var cancel = new CancellationTokenSource();
        var work = WorkFolder.PathFor(_folder["out.mkv"]);
        var finished = Directory.Exists(work) ? Directory.GetFiles(work, "segment-*").Length : 0;
        var seen = new Seen(done =>
        {
            if (done >= frames && !cancel.IsCancellationRequested)
            {
                SpinWait.SpinUntil(() => Directory.GetFiles(work, "segment-*").Length > finished, TimeSpan.FromSeconds(10));
                cancel.Cancel();
            }
        });
        var again = options with { Overwrite = true };
        Assert.ThrowsAny<OperationCanceledException>(() => new VideoDerainer(derainer, again).Derain(input, _folder["out.mkv"], seen, cancel.Token));
    }

    VideoReport Derain(Derainer derainer, string input, string output, VideoOptions options) =>
        new VideoDerainer(derainer, options with { Overwrite = true }).Derain(input, _folder[output], null, Token);

    string Clip(string name, int frames) =>
        _folder.Make(name, $"-f lavfi -i testsrc2=s={Width}x{Height}:r=25,{Unrest} -frames:v {frames} -pix_fmt yuv420p -c:v libx264 -g 30");

    // Without loss: what is repeated is repeated to the bit.
    string Repeating(string name, double from, double to, int frames) => _folder.Make(
        name, string.Create(CultureInfo.InvariantCulture, $"-f lavfi -i testsrc2=s={Width}x{Height}:r={from},{Unrest} -r {to} -frames:v {frames} -pix_fmt yuv420p -c:v libx264 -qp 0 -g 30"));

    Derainer Open(TinyOnnx model, int threads = 1, int maxTilePixels = 1 << 20)
    {
        File.WriteAllBytes(_folder["model.onnx"], model.ToBytes());
        return Derainer.Open(_folder["model.onnx"], new DerainerOptions { Device = DeviceKind.Cpu, Threads = threads, MaxTilePixels = maxTilePixels });
    }

    static List<Mat> Pictures(string path)
    {
        using var capture = new VideoCapture(path);
        List<Mat> pictures = [];
        var picture = new Mat();
        while (capture.Read(picture))
        {
            pictures.Add(picture);
            picture = new Mat();
        }
        picture.Dispose();
        return pictures;
    }

    sealed class Seen(Action<long>? then = null) : IProgress<VideoProgress>
    {
        public List<long> Frames { get; } = [];

        public void Report(VideoProgress value)
        {
            Frames.Add(value.FramesDone);
            then?.Invoke(value.FramesDone);
        }
    }
}
