namespace NLCL.Runtime.Tests;

/// <summary>Parts of a clip that are made at the same time, as beside a GPU: the file is the one that is made in one lane.</summary>
public sealed class SegmentLaneTests : IDisposable
{
    static readonly VideoOptions s_options = new() { Codec = "ffv1", SegmentLength = TimeSpan.FromSeconds(1) };

    readonly VideoFolder _folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, "ffv1", ".mkv")]
    [InlineData(3, "libx264", ".mp4")]
    [InlineData(9, "libx264", ".mov")]
    public void Lanes_make_the_file_of_one(int lanes, string codec, string extension)
    {
        var input = _folder.Make("in.mkv", "-f lavfi -i testsrc2=s=64x48:r=25:d=4 -f lavfi -i sine=d=4 -pix_fmt yuv420p -c:v libx264 -bf 3 -g 35 -c:a aac");
        var options = s_options with { Codec = codec };
        var (one, several) = (_folder["one" + extension], _folder["several" + extension]);
        VideoFolder.Derain(input, one, options with { Lanes = 1 });
        Seen seen = new();
        var report = new VideoDerainer(VideoFolder.Identity, "test", options with { Lanes = lanes }).Derain(input, several, seen, Token);
        Assert.Equal((100, 0), (report.Frames, report.Losses.Count));
        Assert.Equal(["decode", "rgb", "derain", "yuv", "encode"], report.Stages.Select(stage => stage.Name));
        Assert.Equal(VideoFolder.Packets(one, "0:v"), VideoFolder.Packets(several, "0:v"));
        Assert.Equal(VideoFolder.Times(one), VideoFolder.Times(several));
        Assert.Equal(VideoFolder.Packets(input, "0:a"), VideoFolder.Packets(several, "0:a"));
        Assert.Equal(["in.mkv", "one" + extension, "several" + extension], _folder.Files());
        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), seen.Frames);
    }

    [Fact]
    public void Neighbours_are_seen_across_lanes()
    {
        var input = _folder.Make("in.mp4", "-f lavfi -i testsrc2=s=64x48:r=25:d=4 -vf noise=alls=60:allf=t -pix_fmt yuv420p -c:v libx264 -g 30");
        var path = _folder["m.onnx"];
        File.WriteAllBytes(path, TinyOnnx.Window(0.5f, 0.125f, 0.375f).ToBytes());
        using var derainer = Derainer.Open(path, new DerainerOptions { Device = DeviceKind.Cpu, Threads = 2 });
        new VideoDerainer(derainer, s_options with { Lanes = 1 }).Derain(input, _folder["one.mkv"], null, Token);
        new VideoDerainer(derainer, s_options with { Lanes = 2 }).Derain(input, _folder["two.mkv"], null, Token);
        Assert.Equal(VideoFolder.Frames(_folder["one.mkv"]), VideoFolder.Frames(_folder["two.mkv"]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_stopped_job_goes_on_in_other_lanes(int lanesLater)
    {
        var input = Clip(150);
        VideoFolder.Derain(input, _folder["whole.mkv"], s_options with { Lanes = 1 });
        using var cancel = new CancellationTokenSource();
        var work = WorkFolder.PathFor(_folder["out.mkv"]);
        Assert.ThrowsAny<OperationCanceledException>(() => VideoFolder.Derain(input, _folder["out.mkv"], s_options with { Lanes = 2 }, (rainy, background, _, _, _) =>
        {
            rainy.CopyTo(background);
            Thread.Sleep(40); // slower than the encoder, as networks are, or all frames are in its pipe before a segment is done
            if (Directory.GetFiles(work, "segment-*").Length >= 2)
            {
                cancel.Cancel();
            }
        }, cancel.Token));
        var numbers = Directory.GetFiles(work, "segment-*").Select(file => int.Parse(Path.GetFileNameWithoutExtension(file)[8..])).ToArray();
        Assert.Contains(0, numbers);
        Assert.Contains(3, numbers);
        var report = VideoFolder.Derain(input, _folder["out.mkv"], s_options with { Lanes = lanesLater, Resume = true });
        Assert.Equal(150, report.Frames);
        Assert.InRange(report.ResumedFrames, 25 * 2, 149);
        Assert.Equal(VideoFolder.Frames(_folder["whole.mkv"]), VideoFolder.Frames(_folder["out.mkv"]));
    }

    /// <summary>Where the index calls frames key frames that are none, a decoder that jumps sees other pictures: then the clip is decoded from its start.</summary>
    [Fact]
    public void A_clip_that_cannot_be_jumped_into_is_made_in_one_lane_after_all()
    {
        var input = _folder.Make("in.mp4", "-f lavfi -i testsrc2=s=128x96:r=25:d=8 -pix_fmt yuv420p -c:v mpeg4 -g 300 -sc_threshold 1000000000");
        // Without a list of them, all frames of an mp4 are key frames.
        var bytes = File.ReadAllBytes(input);
        "free"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("stss"u8)));
        File.WriteAllBytes(input, bytes);
        VideoFolder.Derain(input, _folder["one.mkv"], s_options with { Lanes = 1 });
        var frames = 0;
        var report = VideoFolder.Derain(input, _folder["two.mkv"], s_options with { Lanes = 2 }, (rainy, background, _, _, _) =>
        {
            Interlocked.Increment(ref frames);
            rainy.CopyTo(background);
        });
        Assert.Equal((200, 0), (report.Frames, report.Losses.Count));
        Assert.InRange(frames, 201, 400); // the second lane's were made twice
        Assert.Equal(VideoFolder.Frames(_folder["one.mkv"]), VideoFolder.Frames(_folder["two.mkv"]));
        Assert.Equal(["in.mp4", "one.mkv", "two.mkv"], _folder.Files());
    }

    [Fact]
    public void The_first_failure_ends_all_lanes_and_is_the_one_that_is_told()
    {
        var input = Clip(150);
        var seen = 0;
        var failure = Assert.Throws<InvalidOperationException>(() => VideoFolder.Derain(input, _folder["out.mkv"], s_options with { Lanes = 2 }, (rainy, background, _, _, _) =>
        {
            rainy.CopyTo(background);
            if (Interlocked.Increment(ref seen) == 60)
            {
                throw new InvalidOperationException("the network is gone");
            }
        }));
        Assert.Equal("the network is gone", failure.Message);
        Assert.InRange(seen, 60, 149);
        Assert.False(File.Exists(_folder["out.mkv"]));
    }

    [Fact]
    public void A_clip_that_ends_early_is_refused_as_in_one_lane()
    {
        var input = Clip(150);
        var bytes = File.ReadAllBytes(input);
        File.WriteAllBytes(_folder["cut.mkv"], bytes[..(bytes.Length / 3)]);
        string Refused(int lanes) => Assert.Throws<VideoException>(() => VideoFolder.Derain(_folder["cut.mkv"], _folder["out.mkv"], s_options with { Lanes = lanes })).Message;
        Assert.Equal(Refused(1), Refused(2));
        var kept = s_options with { AllowDamagedInput = true };
        var one = VideoFolder.Derain(_folder["cut.mkv"], _folder["one.mkv"], kept with { Lanes = 1 });
        var two = VideoFolder.Derain(_folder["cut.mkv"], _folder["two.mkv"], kept with { Lanes = 2 });
        Assert.Equal((one.Frames, one.Losses.Count), (two.Frames, two.Losses.Count));
        Assert.Equal(VideoFolder.Frames(_folder["one.mkv"]), VideoFolder.Frames(_folder["two.mkv"]));
    }

    [Fact]
    public void What_is_left_is_shared_out_evenly()
    {
        SegmentLane[] Cut(int count, long last, params long[] finished) => [.. SegmentLanes.Cut(new(0, long.MaxValue), last, finished, count)];
        Assert.Equal([new(0, 5), new(5, long.MaxValue)], Cut(2, 10));
        Assert.Equal([new(0, 7), new(7, long.MaxValue)], Cut(2, 10, 0, 1, 2, 3));
        Assert.Equal([new(0, 3), new(3, 6), new(6, long.MaxValue)], Cut(3, 9));
        Assert.Equal([new(0, long.MaxValue)], Cut(1, 10));
        Assert.Equal([new(0, long.MaxValue)], Cut(2, 1));
        Assert.Equal([new(0, long.MaxValue)], Cut(2, 0)); // length not known
        Assert.Equal([new(4, 6), new(6, 8)], SegmentLanes.Cut(new(4, 8), 20, [], 2));
    }

    string Clip(int frames) => _folder.Make("in.mkv", $"-f lavfi -i testsrc2=s=64x48:r=25 -frames:v {frames} -pix_fmt yuv420p -c:v libx264 -g 30");

    sealed class Seen : IProgress<VideoProgress>
    {
        public List<long> Frames { get; } = [];

        public void Report(VideoProgress value) => Frames.Add(value.FramesDone);
    }
}
