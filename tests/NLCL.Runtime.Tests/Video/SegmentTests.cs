namespace NLCL.Runtime.Tests;

/// <summary>Outputs that are made in segments: stopped and resumed, in shards and joined, the result is the same.</summary>
public sealed class SegmentTests : IDisposable
{
    readonly VideoFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("libx264", false, 320, 240, 60, 10)]
    [InlineData("libx264", false, 640, 480, 60, 10)]
    [InlineData("libx264", false, 640, 480, 12.04, 6.1)]
    [InlineData("libx264", false, 1280, 720, 60, 4)]
    [InlineData("libx264", false, 1440, 1080, 60, 2.4)]
    [InlineData("libx264", false, 3840, 2160, 60, 2)]
    [InlineData("libx264", false, 1920, 1080, 3, 2)]
    [InlineData("libx264", true, 640, 480, 60, 10)]
    [InlineData("libx264", true, 640, 480, 0, 10)]
    [InlineData("libx264", true, 640, 480, 9.2, 4.6)] // a half for each of two encoders
    [InlineData("libx264", true, 640, 480, 23.07, 5.8)]
    [InlineData("libx264", true, 640, 480, 33.34, 8.4)]
    [InlineData("libx264", true, 640, 480, 1, 2)]
    [InlineData("hevc_nvenc", false, 1920, 1080, 60, 20)]
    [InlineData("hevc_nvenc", true, 1920, 1080, 30, 15)]
    public void Segments_are_longer_where_starting_an_encoder_counts_for_more(string codec, bool onGpu, int width, int height, double clip, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), CodecSettings.SegmentLength(codec, onGpu, width * height, clip));

    [Theory]
    [InlineData("ffv1", ".mkv")]
    [InlineData("libx264", ".mp4")]
    [InlineData("libx264", ".mkv")]
    [InlineData("libx264", ".mov")]
    [InlineData("libx264", ".ts")]
    [InlineData("libx265", ".mp4")]
    [InlineData("libvpx-vp9", ".webm")]
    public void Segments_make_the_file_that_is_written_in_one_go(string codec, string extension)
    {
        var sound = extension == ".webm" ? "libopus" : "aac";
        var input = _folder.Make("in.mkv", $"-f lavfi -i testsrc2=s=64x48:r=30000/1001:d=1.2 -f lavfi -i sine=d=1.2 -pix_fmt yuv420p -color_range tv -colorspace bt709 -color_primaries bt709 -color_trc bt709 -c:v libx264 -bf 3 -c:a {sound} -metadata:s:v title=rain");
        var options = new VideoOptions { Codec = codec, Preset = codec.StartsWith("libx", StringComparison.Ordinal) ? "veryfast" : null };
        var whole = VideoFolder.Derain(input, _folder["whole" + extension], options with { SegmentLength = TimeSpan.Zero });
        var cut = VideoFolder.Derain(input, _folder["cut" + extension], options with { SegmentLength = TimeSpan.FromSeconds(0.4) });
        Assert.Equal((whole.Frames, whole.Losses.Count), (cut.Frames, cut.Losses.Count));
        Assert.Equal(FromFirst(_folder["whole" + extension]), FromFirst(_folder["cut" + extension]));
        Assert.Equal(VideoFolder.Packets(_folder["whole" + extension], "0:a"), VideoFolder.Packets(_folder["cut" + extension], "0:a"));
        if (codec == "ffv1")
        {
            Assert.Equal(VideoFolder.Frames(_folder["whole" + extension]), VideoFolder.Frames(_folder["cut" + extension]));
        }

        foreach (var name in (string[])["codec_name", "codec_tag_string", "pix_fmt", "color_range", "color_space", "color_transfer", "color_primaries", "width", "sample_aspect_ratio", "time_base", "avg_frame_rate", "disposition"])
        {
            Assert.Equal((name, VideoFolder.Property(_folder["whole" + extension], name)), (name, VideoFolder.Property(_folder["cut" + extension], name)));
        }

        Assert.Equal(["cut" + extension, "in.mkv", "whole" + extension], _folder.Files());
    }

    // Key frames far apart, frames that are shown in another order, gaps of all sizes, a start that is not 0, an edit list.
    [Theory]
    [InlineData("in.mkv", "-f lavfi -i testsrc2=s=64x48:r=25:d=4 -pix_fmt yuv420p -c:v libx264 -bf 3 -g 30")]
    [InlineData("in.mp4", "-f lavfi -i testsrc2=s=64x48:r=25:d=4 -vf settb=1/12800,setpts=N*513+mod(N*N*37\\,451) -vsync passthrough -enc_time_base 1/12800 -pix_fmt yuv420p -c:v libx264 -bf 2 -g 17")]
    [InlineData("in.mkv", "-f lavfi -i testsrc2=s=64x48:r=25:d=4 -pix_fmt yuv420p10le -c:v libx265 -x265-params log-level=error:open-gop=1 -g 20 -output_ts_offset 7.3")]
    [InlineData("in.ts", "-f lavfi -i testsrc2=s=64x48:r=25:d=4 -pix_fmt yuv420p -c:v libx264 -bf 2 -g 40")]
    [InlineData("in.mp4", "-f lavfi -i testsrc2=s=64x48:r=2:d=60 -pix_fmt yuv420p -c:v libx264 -bf 2 -g 7", 4.0)]
    public void A_stopped_job_goes_on_and_gives_the_same_frames(string name, string arguments, double seconds = 0.6)
    {
        var input = _folder.Make(name, arguments);
        var options = new VideoOptions { Codec = "ffv1", SegmentLength = TimeSpan.FromSeconds(seconds), Resume = true };
        VideoFolder.Derain(input, _folder["whole.mkv"], options with { Resume = false });
        var times = VideoFolder.Times(_folder["whole.mkv"]);
        var random = new Random(name.Length + arguments.Length);
        var done = 0L;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            StopAfter(random.Next(18, 30), input, "out.mkv", options);
            Assert.False(File.Exists(_folder["out.mkv"]));
            Assert.NotNull(VideoDerainer.UnfinishedFolder(_folder["out.mkv"]));
        }

        var report = VideoFolder.Derain(input, _folder["out.mkv"], options, (rainy, background, _, _, _) =>
        {
            rainy.CopyTo(background);
            done++;
        });
        Assert.True(report.ResumedFrames >= 3 * 8, $"{report.ResumedFrames}");
        Assert.Equal(report.Frames - report.ResumedFrames, done);
        Assert.Equal(VideoFolder.Frames(_folder["whole.mkv"]), VideoFolder.Frames(_folder["out.mkv"]));
        Assert.Equal(times, VideoFolder.Times(_folder["out.mkv"]));
        Assert.Equal([name, "out.mkv", "whole.mkv"], _folder.Files());
    }

    [Fact]
    public void Lossy_segments_are_the_same_bytes_however_often_the_job_was_stopped()
    {
        var input = Clip("in.mp4", 60);
        var options = new VideoOptions { SegmentLength = TimeSpan.FromSeconds(0.5), Resume = true };
        VideoFolder.Derain(input, _folder["whole.mp4"], options);
        StopAfter(40, input, "out.mp4", options);
        VideoFolder.Derain(input, _folder["out.mp4"], options);
        Assert.Equal(VideoFolder.Packets(_folder["whole.mp4"], "0:v"), VideoFolder.Packets(_folder["out.mp4"], "0:v"));
    }

    [Fact]
    public void A_torn_log_and_a_damaged_segment_are_done_again()
    {
        var input = Clip("in.mp4", 100);
        var options = new VideoOptions { Codec = "ffv1", SegmentLength = TimeSpan.FromSeconds(0.4), Resume = true };
        StopAfter(70, input, "out.mkv", options);
        var work = VideoDerainer.UnfinishedFolder(_folder["out.mkv"])!;
        var segments = Directory.GetFiles(work, "segment-*").Order(StringComparer.Ordinal).ToArray();
        Assert.True(segments.Length >= 4, $"{segments.Length}");
        var log = Directory.GetFiles(work, "shard-*").Single();
        File.WriteAllText(log, File.ReadAllText(log)[..^30]);
        var bytes = File.ReadAllBytes(segments[1]);
        bytes[^5] ^= 1;
        File.WriteAllBytes(segments[1], bytes);
        File.Delete(segments[0]);
        var report = VideoFolder.Derain(input, _folder["out.mkv"], options);
        Assert.Equal((segments.Length - 3) * 10, report.ResumedFrames);
        Assert.Equal(VideoFolder.Frames(input), VideoFolder.Frames(_folder["out.mkv"]));
    }

    [Fact]
    public void Another_job_is_never_continued()
    {
        var input = Clip("in.mp4", 100);
        var options = new VideoOptions { Codec = "ffv1", SegmentLength = TimeSpan.FromSeconds(0.4), Resume = true };
        StopAfter(50, input, "out.mkv", options);
        Assert.Contains("quality", Refused(input, options with { Quality = 3 }));
        Assert.Contains("segments", Refused(input, options with { SegmentLength = TimeSpan.FromSeconds(0.8) }));
        Assert.Contains("model", Assert.Throws<VideoException>(() => new VideoDerainer(VideoFolder.Identity, "other", options).Derain(input, _folder["out.mkv"], null, TestContext.Current.CancellationToken)).Message);
        File.SetLastWriteTimeUtc(input, DateTime.UnixEpoch);
        Assert.Contains("input", Refused(input, options));
        Assert.NotNull(VideoDerainer.UnfinishedFolder(_folder["out.mkv"]));

        // Without being asked to go on, it begins anew.
        var report = VideoFolder.Derain(input, _folder["out.mkv"], options with { Resume = false });
        Assert.Equal((100, 0), (report.Frames, report.ResumedFrames));
        Assert.Equal(["in.mp4", "out.mkv"], _folder.Files());
    }

    [Fact]
    public void Two_processes_never_write_one_output()
    {
        var input = Clip("in.mp4", 20);
        var tried = false;
        VideoFolder.Derain(input, _folder["out.mkv"], null, (rainy, background, _, _, _) =>
        {
            rainy.CopyTo(background);
            if (!tried)
            {
                tried = true;
                Assert.Contains("another process", Assert.Throws<VideoException>(() => VideoFolder.Derain(input, _folder["out.mkv"])).Message);
            }
        });
        Assert.True(tried);
        Assert.Equal(20, VideoFolder.Frames(_folder["out.mkv"]).Length);
    }

    [Theory]
    [InlineData(1, ".mkv")]
    [InlineData(2, ".mp4")]
    [InlineData(4, ".mkv")]
    [InlineData(8, ".mkv")]
    public void Shards_joined_are_the_whole(int count, string extension)
    {
        var input = _folder.Make("in.mkv", "-f lavfi -i testsrc2=s=64x48:r=25:d=6 -f lavfi -i sine=d=6 -pix_fmt yuv420p -c:v libx264 -bf 3 -g 35 -c:a aac");
        var options = new VideoOptions { Codec = extension == ".mkv" ? "ffv1" : "libx264", SegmentLength = TimeSpan.FromSeconds(0.5) };
        var (whole, output) = (_folder["whole" + extension], _folder["out" + extension]);
        VideoFolder.Derain(input, whole, options);
        foreach (var number in Enumerable.Range(1, count).Reverse().Where(_ => count > 1))
        {
            VideoFolder.Derain(input, output, options with { Shard = new ClipShard(number, count) });
            Assert.False(File.Exists(output));
        }

        if (count == 1)
        {
            VideoFolder.Derain(input, output, options with { Shard = ClipShard.Whole });
        }
        else
        {
            var report = ShardMerge.Run(input, output, null, TestContext.Current.CancellationToken);
            Assert.Equal(150, report.Frames);
        }

        Assert.Equal(VideoFolder.Frames(whole), VideoFolder.Frames(output));
        Assert.Equal(VideoFolder.Packets(whole, "0:v"), VideoFolder.Packets(output, "0:v"));
        Assert.Equal(VideoFolder.Packets(input, "0:a"), VideoFolder.Packets(output, "0:a"));
        Assert.Equal(["in.mkv", "out" + extension, "whole" + extension], _folder.Files());
    }

    [Fact]
    public void Gaps_are_refused_and_a_stopped_shard_goes_on()
    {
        var input = Clip("in.mp4", 100);
        var options = new VideoOptions { Codec = "ffv1", SegmentLength = TimeSpan.FromSeconds(0.4), Resume = true };
        VideoFolder.Derain(input, _folder["out.mkv"], options with { Shard = new ClipShard(1, 3) });
        StopAfter(28, input, "out.mkv", options with { Shard = new ClipShard(2, 3) });
        var failure = Assert.Throws<VideoException>(() => Merge(input));
        Assert.Contains("2, 3 of 3", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        var second = VideoFolder.Derain(input, _folder["out.mkv"], options with { Shard = new ClipShard(2, 3) });
        Assert.True(second.ResumedFrames >= 10, $"{second.ResumedFrames}");
        var third = VideoFolder.Derain(input, _folder["out.mkv"], options with { Shard = new ClipShard(3, 3) });

        // Done already: nothing is done again.
        Assert.Equal(third.Frames, VideoFolder.Derain(input, _folder["out.mkv"], options with { Shard = new ClipShard(3, 3) }).ResumedFrames);
        Assert.Contains("number of shards", Assert.Throws<VideoException>(() => VideoFolder.Derain(input, _folder["out.mkv"], options with { Shard = new ClipShard(1, 4) })).Message);

        var work = VideoDerainer.UnfinishedFolder(_folder["out.mkv"])!;
        var stolen = Directory.GetFiles(work, "segment-*").Order(StringComparer.Ordinal).ElementAt(4);
        File.Move(stolen, _folder["stolen"]);
        Assert.Throws<VideoException>(() => Merge(input));
        File.Move(_folder["stolen"], stolen);
        Assert.Contains("is not the clip", Assert.Throws<VideoException>(() => ShardMerge.Run(Clip("other.mp4", 90), _folder["out.mkv"], null, TestContext.Current.CancellationToken)).Message);
        Assert.Equal(100, Merge(input).Frames);
        Assert.Equal(VideoFolder.Frames(input), VideoFolder.Frames(_folder["out.mkv"]));
        Assert.Null(VideoDerainer.UnfinishedFolder(_folder["out.mkv"]));
    }

    [Fact]
    public void What_cannot_be_cut_says_so()
    {
        var input = Clip("in.mp4", 20);
        Assert.Contains("one go", Assert.Throws<VideoException>(() => VideoFolder.Derain(input, _folder["out.avi"], new VideoOptions { Resume = true })).Message);
        Assert.Contains("one go", Assert.Throws<VideoException>(() => VideoFolder.Derain(input, _folder["out.avi"], new VideoOptions { Shard = new ClipShard(1, 2) })).Message);
        Assert.Contains("install ffmpeg", Assert.Throws<VideoException>(() => VideoFolder.Derain(input, _folder["out.avi"], new VideoOptions { Engine = VideoEngine.OpenCv, Shard = new ClipShard(1, 2) })).Message);
        Assert.Equal(["in.mp4"], _folder.Files());
        Assert.ThrowsAny<ArgumentException>(() => new VideoOptions { Shard = new ClipShard(3, 2) }.Validate());
        Assert.ThrowsAny<ArgumentException>(() => new VideoOptions { SegmentLength = TimeSpan.FromHours(1) }.Validate());
        Assert.True(ClipShard.TryParse("2/4", out var shard) && shard == new ClipShard(2, 4));
        Assert.All((string[])["", "2", "0/4", "5/4", "-1/4", "2/4/8", "a/b", " 1/2"], text => Assert.False(ClipShard.TryParse(text, out _)));
    }

    // A transport stream begins somewhere; only distances count.
    static double[] FromFirst(string path) => VideoFolder.Times(path) is var times ? [.. times.Select(time => Math.Round(time - times[0], 4))] : [];

    string Clip(string name, int frames) =>
        _folder.Make(name, $"-f lavfi -i testsrc2=s=64x48:r=25 -frames:v {frames} -pix_fmt yuv420p -c:v libx264 -g 30");

    VideoReport Merge(string input) => ShardMerge.Run(input, _folder["out.mkv"], null, TestContext.Current.CancellationToken);

    string Refused(string input, VideoOptions options) => Assert.Throws<VideoException>(() => VideoFolder.Derain(input, _folder["out.mkv"], options)).Message;

    // Cancels while a frame is in the network; segments that were handed to an encoder before it are given time to finish.
    void StopAfter(int frames, string input, string output, VideoOptions options)
    {
        using var cancel = new CancellationTokenSource();
        var work = WorkFolder.PathFor(_folder[output]);
        var before = Directory.Exists(work) ? Directory.GetFiles(work, "segment-*").Length : 0;
        var seen = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => VideoFolder.Derain(input, _folder[output], options, (rainy, background, _, _, _) =>
        {
            rainy.CopyTo(background);
            if (++seen == frames)
            {
                SpinWait.SpinUntil(() => Directory.GetFiles(work, "segment-*").Length > before, TimeSpan.FromSeconds(10));
                cancel.Cancel();
            }
        }, cancel.Token));
    }
}
