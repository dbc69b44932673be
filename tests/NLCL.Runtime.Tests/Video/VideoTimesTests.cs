namespace NLCL.Runtime.Tests;

/// <summary>What a container could hold comes back from the same kind of container as it was; what it cannot is said.</summary>
public sealed class VideoTimesTests : IDisposable
{
    const string Moving = "-f lavfi -i testsrc2=s=96x64:r=25:d=1";
    const string WithSound = Moving + " -f lavfi -i sine=d=1 -shortest -c:v libx264 -bf 2";

    readonly VideoFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".ts", "-c:a mp2 -output_ts_offset 100")] // the muxer would add 1.4 seconds
    [InlineData(".mkv", "-c:a flac")]
    [InlineData(".mp4", "-c:a aac")]
    public void Every_time_of_every_stream_is_kept(string extension, string more)
    {
        var rainy = _folder.Make("rainy" + extension, WithSound + " " + more);
        var report = VideoFolder.Derain(rainy, _folder["clear" + extension]);
        Assert.Empty(report.Losses);
        foreach (var stream in (string[])["v:0", "a:0"])
        {
            double[] before = VideoFolder.Times(rainy, stream), after = VideoFolder.Times(_folder["clear" + extension], stream);
            Assert.Equal(before.Length, after.Length);
            Assert.All(before.Zip(after), pair => Assert.Equal(pair.First, pair.Second, 0.0006));
        }
    }

    [Theory]
    [InlineData("a.webm", "-c:v libvpx-vp9 -pix_fmt yuva420p")]
    [InlineData("a.mkv", "-c:v ffv1 -pix_fmt yuva444p")]
    public void Transparency_that_goes_is_said(string name, string codec)
    {
        var rainy = _folder.Make(name, Moving + " " + codec);
        Assert.Contains("alpha", Assert.Single(VideoFolder.Derain(rainy, _folder["clear.mkv"]).Losses), StringComparison.Ordinal);
    }

    [Fact]
    public void A_limited_range_that_is_not_written_out_is_no_loss()
    {
        var rainy = _folder.Make("rainy.mp4", Moving + " -c:v libx265 -pix_fmt yuv420p10le -color_range tv -x265-params log-level=error");
        Assert.Equal("tv", VideoFolder.Property(rainy, "color_range"));
        Assert.Empty(VideoFolder.Derain(rainy, _folder["clear.mp4"]).Losses);
    }

    [Fact]
    public void Ten_bits_fit_into_y4m()
    {
        var rainy = _folder.Make("rainy.y4m", Moving + " -pix_fmt yuv420p10le -strict -1");
        VideoFolder.Derain(rainy, _folder["clear.y4m"]);
        Assert.Equal(VideoFolder.Frames(rainy), VideoFolder.Frames(_folder["clear.y4m"]));
    }
}
