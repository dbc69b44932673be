namespace NLCL.Runtime.Tests;

/// <summary>Everything that is not the derained picture goes through untouched, or is said to be lost.</summary>
public sealed class VideoStreamTests : IDisposable
{
    readonly VideoFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_sounds_subtitles_chapters_cover_attachment_and_tags_are_kept()
    {
        var input = RichMatroska();
        var report = VideoFolder.Derain(input, _folder["out.mkv"]);
        var before = VideoFolder.Probe(input).GetProperty("streams").EnumerateArray().ToArray();
        var after = VideoFolder.Probe(_folder["out.mkv"]).GetProperty("streams").EnumerateArray().ToArray();
        Assert.Equal(before.Length, after.Length);
        for (var i = 0; i < before.Length; i++)
        {
            Assert.Equal(before[i].GetProperty("codec_type").ToString(), after[i].GetProperty("codec_type").ToString());
            Assert.Equal(before[i].GetProperty("disposition").ToString(), after[i].GetProperty("disposition").ToString());
            foreach (var tag in (string[])["language", "title", "filename", "mimetype"])
            {
                Assert.Equal(Tag(before[i], tag), Tag(after[i], tag));
            }
        }

        foreach (var map in (string[])["0:a:0", "0:a:1", "0:s:0", "0:s:1", "0:v:1"])
        {
            Assert.Equal(VideoFolder.Packets(input, map), VideoFolder.Packets(_folder["out.mkv"], map));
        }

        var chapters = VideoFolder.Probe(_folder["out.mkv"]).GetProperty("chapters");
        Assert.Equal(VideoFolder.Probe(input).GetProperty("chapters").ToString(), chapters.ToString());
        Assert.Equal(2, chapters.GetArrayLength());
        Assert.Equal("wet film", VideoFolder.Probe(_folder["out.mkv"]).GetProperty("format").GetProperty("tags").GetProperty("title").ToString());
        Assert.Empty(report.Losses);

        static string? Tag(System.Text.Json.JsonElement stream, string name) =>
            stream.GetProperty("tags").TryGetProperty(name, out var value) ? value.ToString() : null;
    }

    [Fact]
    public void Sound_before_the_picture_stays_before_it_and_bit_for_bit()
    {
        var input = _folder.Make("in.mp4", "-f lavfi -i testsrc2=s=64x48:r=25:d=1 -f lavfi -i sine=d=1 -map 1 -map 0 -pix_fmt yuv420p -c:v libx264 -c:a aac");
        VideoFolder.Derain(input, _folder["out.mp4"]);
        Assert.Equal("audio", VideoFolder.Property(_folder["out.mp4"], "codec_type"));
        Assert.Equal(VideoFolder.Packets(input, "0:a"), VideoFolder.Packets(_folder["out.mp4"], "0:a"));
        Assert.Equal(VideoFolder.Times(input, "a:0"), VideoFolder.Times(_folder["out.mp4"], "a:0"));
        Assert.Equal(Decoded(input), Decoded(_folder["out.mp4"]));

        static string Decoded(string path) => VideoFolder.Ffmpeg("-i", path, "-map", "0:a", "-f", "md5", "-");
    }

    [Fact]
    public void Chapters_and_a_second_picture_of_mp4_are_kept()
    {
        File.WriteAllText(_folder["meta"], Chapters);
        var input = _folder.Make("in.mp4", $"-f lavfi -i testsrc2=s=64x48:r=25:d=1 -f lavfi -i testsrc=s=32x32:r=25:d=1 -i {_folder["meta"]} -map 0 -map 1 -map_metadata 2 -map_chapters 2 -pix_fmt yuv420p -c:v libx264 -timecode 01:00:00:00");
        var report = VideoFolder.Derain(input, _folder["out.mp4"]);
        Assert.Equal(VideoFolder.Packets(input, "0:v:1"), VideoFolder.Packets(_folder["out.mp4"], "0:v:1"));
        Assert.Equal(2, VideoFolder.Probe(_folder["out.mp4"]).GetProperty("chapters").GetArrayLength());
        Assert.Equal(VideoFolder.Probe(input).GetProperty("streams").GetArrayLength(), VideoFolder.Probe(_folder["out.mp4"]).GetProperty("streams").GetArrayLength());
        Assert.Contains("copied with its rain", Assert.Single(report.Losses));
    }

    [Fact]
    public void What_a_container_cannot_hold_is_refused_or_named()
    {
        var input = RichMatroska();
        var refusal = Assert.Throws<VideoException>(() => VideoFolder.Derain(input, _folder["out.webm"]));
        Assert.Contains("aac", refusal.Message);
        Assert.DoesNotContain('\n', refusal.Message);
        var report = VideoFolder.Derain(input, _folder["out.webm"], new VideoOptions { AllowLosses = true, Preset = null });
        Assert.Equal("libvpx-vp9", report.Codec);
        Assert.Equal("vp9", VideoFolder.Property(_folder["out.webm"], "codec_name"));
        Assert.Contains(report.Losses, line => line.Contains("aac", StringComparison.Ordinal));
        Assert.Contains(report.Losses, line => line.Contains("webvtt", StringComparison.Ordinal));
        Assert.Equal(["in.mkv", "out.webm"], _folder.Files().Where(name => name.Contains("in.m", StringComparison.Ordinal) || name.Contains("out", StringComparison.Ordinal) || name.StartsWith('.')));
    }

    [Fact]
    public void Text_subtitles_become_the_containers_own()
    {
        File.WriteAllText(_folder["s.srt"], Subtitles);
        var input = _folder.Make("in.mkv", $"-f lavfi -i testsrc2=s=64x48:r=25:d=1 -i {_folder["s.srt"]} -pix_fmt yuv420p -c:v libx264 -c:s srt");
        var report = VideoFolder.Derain(input, _folder["out.mp4"]);
        Assert.Contains("mov_text", Assert.Single(report.Losses));
        Assert.Contains("drip", VideoFolder.Ffmpeg("-i", _folder["out.mp4"], "-map", "0:s", "-f", "srt", "-"));
    }

    [Theory]
    [InlineData(".avi", "h264")]
    [InlineData(".mpg", "mpeg2video")]
    [InlineData(".y4m", "rawvideo")]
    [InlineData(".mov", "h264")]
    [InlineData(".ts", "h264")]
    public void Every_container_gets_an_encoder_that_it_can_hold(string extension, string codec)
    {
        var input = _folder.Make("in.mp4", "-f lavfi -i testsrc2=s=64x48:r=25:d=0.6 -pix_fmt yuv420p -c:v libx264");
        var report = VideoFolder.Derain(input, _folder["out" + extension]);
        Assert.Equal(codec, VideoFolder.Property(_folder["out" + extension], "codec_name"));
        Assert.Equal(15, report.Frames);
        Assert.Equal(15, VideoFolder.Frames(_folder["out" + extension]).Length);
    }

    [Fact]
    public void Frames_that_move_in_a_container_without_times_are_reported()
    {
        var input = _folder.Make("in.mp4", "-f lavfi -i testsrc2=s=64x48:r=25:d=1 -vf settb=1/12800,setpts=N*313+mod(N*N*37\\,251) -vsync passthrough -enc_time_base 1/12800 -pix_fmt yuv420p -c:v libx264");
        var report = VideoFolder.Derain(input, _folder["out.avi"]);
        Assert.Contains(report.Losses, line => line.Contains("constant frame rate", StringComparison.Ordinal));
        Assert.Equal(25, VideoFolder.Frames(_folder["out.avi"]).Length);
    }

    const string Subtitles = "1\n00:00:00,100 --> 00:00:00,600\ndrip\n\n2\n00:00:00,700 --> 00:00:00,900\ndrop\n";
    const string Chapters = ";FFMETADATA1\ntitle=wet film\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=400\ntitle=rain\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=400\nEND=1000\ntitle=sun\n";

    string RichMatroska()
    {
        File.WriteAllText(_folder["s.srt"], Subtitles);
        File.WriteAllText(_folder["meta"], Chapters);
        _folder.Make("cover.png", "-f lavfi -i testsrc=s=40x40 -frames:v 1");
        return _folder.Make("in.mkv", "-f lavfi -i testsrc2=s=64x48:r=25:d=1 -f lavfi -i sine=d=1 -f lavfi -i sine=frequency=880:d=1"
            + $" -i {_folder["s.srt"]} -i {_folder["s.srt"]} -i {_folder["meta"]}"
            + " -map 0 -map 1 -map 2 -map 3 -map 4 -map_metadata 5 -map_chapters 5 -pix_fmt:v:0 yuv420p -c:v:0 libx264 -c:a:0 aac -c:a:1 flac -c:s:0 srt -c:s:1 ass"
            + $" -attach {_folder["meta"]} -metadata:s:t:0 mimetype=text/plain -attach {_folder["cover.png"]} -metadata:s:t:1 mimetype=image/png"
            + " -metadata:s:a:0 language=deu -metadata:s:a:1 language=fra -metadata:s:a:1 title=commentary -metadata:s:s:0 language=eng"
            + " -disposition:a:0 0 -disposition:a:1 default+comment -disposition:s:1 forced");
    }
}
