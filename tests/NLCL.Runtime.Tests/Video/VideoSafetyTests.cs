using System.Diagnostics;
namespace NLCL.Runtime.Tests;

/// <summary>Whatever goes wrong: one clear line, nothing under the output's name, no process left.</summary>
public sealed class VideoSafetyTests : IDisposable
{
    readonly VideoFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cancellation_leaves_no_file_and_no_process()
    {
        var input = Clip("in.mp4", 200);
        using var cancel = new CancellationTokenSource();
        var seen = 0;
        var clock = new Stopwatch();
        Assert.ThrowsAny<OperationCanceledException>(() => VideoFolder.Derain(input, _folder["out.mp4"], null, (rainy, background, _, _, _) =>
        {
            rainy.CopyTo(background);
            if (++seen == 5)
            {
                Assert.True(SpinWait.SpinUntil(() => _folder.Children("pipe:").Count == 2, TimeSpan.FromSeconds(10)));
                clock.Start();
                cancel.Cancel();
            }
        }, cancel.Token));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
        Assert.Empty(_folder.Children("pipe:"));
        Assert.Equal(["in.mp4"], _folder.Files());
    }

    [Theory]
    [InlineData("pipe:0", "out.mp4: encoding stopped")]
    [InlineData("pipe:1", "in.mp4: decoding stopped")]
    public void A_killed_child_is_noticed(string child, string expected)
    {
        var input = Clip("in.mp4", 200);
        var seen = 0;
        var failure = Assert.Throws<VideoException>(() => VideoFolder.Derain(input, _folder["out.mp4"], null, (rainy, background, _, _, stopping) =>
        {
            rainy.CopyTo(background);
            if (++seen == 3)
            {
                SpinWait.SpinUntil(() => _folder.Children(child).Count > 0, TimeSpan.FromSeconds(10));
                Assert.Single(_folder.Children(child)).Kill();
                // The decoder has read ahead; the encoder is noticed though nothing is written to it.
                if (child == "pipe:0")
                {
                    Assert.True(stopping.WaitHandle.WaitOne(5000));
                }
            }
        }));
        Assert.Contains(expected, failure.Message);
        Assert.Contains("signal 9", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Empty(_folder.Children("pipe:"));
        Assert.Equal(["in.mp4"], _folder.Files());
    }

    [Fact]
    public void A_full_disk_is_named_and_leaves_nothing()
    {
        // A file size limit is what a test can set without being root; ffmpeg fails in the same write.
        var input = Clip("in.mkv", 40);
        File.WriteAllText(_folder["ffmpeg"], "#!/bin/bash\ntrap '' XFSZ\nulimit -f 4\nexec ffmpeg \"$@\"\n");
        VideoFolder.Run("chmod", ["+x", _folder["ffmpeg"]]);
        foreach (var (output, codec) in ((string, string)[])[("out.mkv", "ffv1"), ("out.mp4", "libx264")])
        {
            var failure = Assert.Throws<VideoException>(() => VideoFolder.Derain(input, _folder[output], new VideoOptions { Codec = codec, Quality = 0, FfmpegPath = _folder["ffmpeg"] }));
            Assert.True(failure.Message.Contains("File too large", StringComparison.Ordinal), failure.Message);
            Assert.Contains("free some space", failure.Message);
            Assert.Contains(output, failure.Message);
        }

        Assert.Equal(["ffmpeg", "in.mkv"], _folder.Files());
    }

    [Fact]
    public void A_truncated_file_is_refused_and_accepted_on_request()
    {
        var whole = Clip("whole.mkv", 100);
        var bytes = File.ReadAllBytes(whole);
        File.WriteAllBytes(_folder["in.mkv"], bytes.AsSpan(0, bytes.Length / 2));
        var failure = Assert.Throws<VideoException>(() => VideoFolder.Derain(_folder["in.mkv"], _folder["out.mkv"]));
        Assert.Contains("ends early", failure.Message);
        Assert.False(File.Exists(_folder["out.mkv"]));

        var report = VideoFolder.Derain(_folder["in.mkv"], _folder["out.mkv"], new VideoOptions { AllowDamagedInput = true });
        Assert.InRange(report.Frames, 5, 90);
        Assert.Contains(report.Losses, line => line.Contains("damaged", StringComparison.Ordinal));

        var mp4 = _folder.Make("whole.mp4", $"-i {whole} -c copy -movflags +faststart");
        bytes = File.ReadAllBytes(mp4);
        File.WriteAllBytes(_folder["in.mp4"], bytes.AsSpan(0, bytes.Length * 4 / 5));
        Assert.Contains("ends early", Assert.Throws<VideoException>(() => VideoFolder.Derain(_folder["in.mp4"], _folder["out.mp4"])).Message);
        File.WriteAllBytes(_folder["in.mp4"], bytes.AsSpan(0, 400));
        Assert.Contains("in.mp4", Assert.Throws<VideoException>(() => VideoFolder.Derain(_folder["in.mp4"], _folder["out.mp4"])).Message);
        File.WriteAllText(_folder["in.mp4"], "not a film\n");
        Assert.Contains("cannot read", Assert.Throws<VideoException>(() => VideoFolder.Derain(_folder["in.mp4"], _folder["out.mp4"])).Message);
    }

    [Fact]
    public void An_existing_output_stays_unless_told_otherwise()
    {
        var input = Clip("in.mp4", 5);
        File.WriteAllText(_folder["out.mp4"], "dear");
        Assert.Contains("Overwrite", Assert.Throws<VideoException>(() => VideoFolder.Derain(input, _folder["out.mp4"])).Message);
        Assert.Equal("dear", File.ReadAllText(_folder["out.mp4"]));
        VideoFolder.Derain(input, _folder["out.mp4"], new VideoOptions { Overwrite = true });
        Assert.Equal(5, VideoFolder.Frames(_folder["out.mp4"]).Length);
    }

    [Fact]
    public void The_input_is_never_the_output()
    {
        var input = Clip("in.mp4", 5);
        var bytes = File.ReadAllBytes(input);
        File.CreateSymbolicLink(_folder["link.mp4"], input);
        Directory.CreateDirectory(_folder["real"]);
        Directory.CreateSymbolicLink(_folder["loop"], _folder.Root);
        foreach (var output in (string[])["in.mp4", "link.mp4", "loop/in.mp4", "real/../in.mp4"])
        {
            var failure = Assert.Throws<VideoException>(() => VideoFolder.Derain(input, _folder[output], new VideoOptions { Overwrite = true }));
            Assert.Contains("same file", failure.Message);
        }

        Assert.Equal(bytes, File.ReadAllBytes(input));
    }

    [Fact]
    public void Bad_places_are_refused_before_any_work()
    {
        var input = Clip("in.mp4", 5);
        Assert.Throws<FileNotFoundException>(() => VideoFolder.Derain(_folder["absent.mp4"], _folder["out.mp4"]));
        Assert.Contains("folder cannot be written", Assert.Throws<VideoException>(() => VideoFolder.Derain(input, _folder["absent/out.mp4"])).Message);
        Assert.Contains("is a folder", Assert.Throws<VideoException>(() => VideoFolder.Derain(input, _folder.Root)).Message);
        Assert.Contains("extension", Assert.Throws<VideoException>(() => VideoFolder.Derain(input, _folder["out"])).Message);
        Assert.Contains("limit", Assert.Throws<VideoException>(() => VideoFolder.Derain(input, _folder["out.mp4"], new VideoOptions { MaxFramePixels = 64 * 48 - 1 })).Message);
        Assert.Contains("Codec", Assert.Throws<VideoException>(() => VideoFolder.Derain(input, _folder["out.mp4"], new VideoOptions { Codec = "nosuchcodec" })).Message);
        Assert.Throws<FileNotFoundException>(() => VideoFolder.Derain(input, _folder["out.mp4"], new VideoOptions { FfmpegPath = _folder["ffmpeg"] }));
        Assert.Contains("no video", Assert.Throws<VideoException>(() => VideoFolder.Derain(_folder.Make("a.mp4", "-f lavfi -i sine=d=0.1"), _folder["out.mp4"])).Message);
        Assert.Equal(["a.mp4", "in.mp4"], _folder.Files());
    }

    [Theory]
    [InlineData("-y.mp4")]
    [InlineData("a b'c\"d.mp4")]
    [InlineData("line\nbreak.mp4")]
    [InlineData("https:%20d;$(touch x)|&.mp4")]
    [InlineData("[0:v]~*?.mp4")]
    [InlineData("Köln 雨.mp4")]
    public void Hostile_names_are_only_names(string name)
    {
        var clip = Clip("clip.mp4", 5);
        File.Copy(clip, _folder[name]);
        Directory.CreateDirectory(_folder["out dir"]);
        VideoFolder.Derain(_folder[name], _folder["out dir/" + name]);
        Assert.Equal(5, VideoFolder.Frames(_folder["out dir/" + name]).Length);
        var failure = Assert.Throws<VideoException>(() => VideoFolder.Derain(_folder[name], _folder["out dir/" + name]));
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Equal(3, _folder.Files().Length);
    }

    [Fact]
    public void The_longest_name_is_taken()
    {
        var name = new string('r', 251) + ".mp4";
        VideoFolder.Derain(Clip("in.mp4", 5), _folder[name]);
        Assert.True(File.Exists(_folder[name]));
    }

    [Theory]
    [InlineData("p.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{0}\n#EXT-X-ENDLIST\n")]
    [InlineData("p.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:{0}\n#EXT-X-ENDLIST\n")]
    [InlineData("c.mp4", "ffconcat version 1.0\nfile '{0}'\n")]
    [InlineData("d.mpd", "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" profiles=\"urn:mpeg:dash:profile:isoff-on-demand:2011\" type=\"static\" mediaPresentationDuration=\"PT1S\"><Period><AdaptationSet mimeType=\"video/mp4\"><Representation id=\"1\"><BaseURL>{0}</BaseURL></Representation></AdaptationSet></Period></MPD>")]
    public void A_playlist_opens_no_other_file(string name, string text)
    {
        // The canary is a pipe: whoever opens it is seen, because opening waits for the other end.
        VideoFolder.Run("mkfifo", [_folder["canary.ts"]]);
        using var canary = new FileStream(_folder["canary.ts"], FileMode.Open, FileAccess.ReadWrite);
        canary.Write(new byte[32]);
        File.WriteAllText(_folder[name], string.Format(null, text, _folder["canary.ts"]));
        var failure = Assert.Throws<VideoException>(() => VideoFolder.Derain(_folder[name], _folder["out.mp4"]));
        Assert.Contains("AllowPlaylists", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        // Nobody has read a byte of it.
        var left = new byte[33];
        Assert.Equal(32, canary.Read(left));
    }

    [Fact]
    public void A_playlist_is_opened_on_request()
    {
        Clip("part.ts", 10);
        File.WriteAllText(_folder["p.m3u8"], "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\npart.ts\n#EXT-X-ENDLIST\n");
        Assert.Equal(10, VideoFolder.Derain(_folder["p.m3u8"], _folder["out.mp4"], new VideoOptions { AllowPlaylists = true }).Frames);
    }

    [Fact]
    public void A_failing_network_ends_everything()
    {
        var input = Clip("in.mp4", 50);
        Assert.Throws<InvalidOperationException>(() => VideoFolder.Derain(input, _folder["out.mp4"], null, (_, _, _, _, _) => throw new InvalidOperationException("out of memory")));
        Assert.Empty(_folder.Children("pipe:"));
        Assert.Equal(["in.mp4"], _folder.Files());
    }

    [Fact]
    public void Progress_counts_every_frame_once()
    {
        var input = Clip("in.mkv", 30);
        var log = new Log();
        new VideoDerainer(VideoFolder.Identity, "test", null).Derain(input, _folder["out.mkv"], log, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, 30).Select(n => (long)n), log.Seen.Select(progress => progress.FramesDone));
        Assert.All(log.Seen, progress => Assert.Equal(30, progress.FramesTotal));
        Assert.Equal(log.Seen.Select(progress => progress.Elapsed).Order(), log.Seen.Select(progress => progress.Elapsed));
    }

    [Fact]
    public void Options_have_the_documented_defaults_and_limits()
    {
        Assert.Equal(new VideoOptions { Engine = VideoEngine.Auto, MaxFramePixels = 100_000_000, FramesInFlight = 0 }, new VideoOptions());
        Assert.Equal(new VideoOptions { Resume = false, SegmentLength = null, Shard = new ClipShard(1, 1), Seek = true, Hardware = true }, new VideoOptions());
        Assert.ThrowsAny<ArgumentException>(() => new VideoOptions { Codec = "-f" }.Validate());
        Assert.ThrowsAny<ArgumentException>(() => new VideoOptions { Preset = "a b" }.Validate());
        Assert.ThrowsAny<ArgumentException>(() => new VideoOptions { Quality = -1 }.Validate());
        Assert.ThrowsAny<ArgumentException>(() => new VideoOptions { FramesInFlight = -1 }.Validate());
        Assert.ThrowsAny<ArgumentException>(() => new VideoOptions { MaxFramePixels = 0 }.Validate());
    }

    string Clip(string name, int frames) =>
        _folder.Make(name, $"-f lavfi -i testsrc2=s=64x48:r=25 -frames:v {frames} -pix_fmt yuv420p -c:v libx264");

    sealed class Log : IProgress<VideoProgress>
    {
        public List<VideoProgress> Seen { get; } = [];

        public void Report(VideoProgress value) => Seen.Add(value);
    }
}
