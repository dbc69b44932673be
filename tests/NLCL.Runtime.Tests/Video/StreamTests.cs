using System.Text;

namespace NLCL.Runtime.Tests;

/// <summary>YUV4MPEG2 in and out, and the arithmetic of segments.</summary>
public sealed class StreamTests : IDisposable
{
    readonly VideoFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("yuv420p", "65x47")]
    [InlineData("yuv422p", "65x47")]
    [InlineData("yuv444p", "64x48")]
    [InlineData("yuv420p10le", "64x48")]
    [InlineData("yuv422p10le", "65x47")]
    [InlineData("yuv444p10le", "64x48")]
    public void A_stream_that_nothing_changes_comes_out_as_it_went_in(string format, string size)
    {
        var input = _folder.Make("in.y4m", $"-f lavfi -i testsrc2=s={size}:r=24000/1001 -frames:v 7 -pix_fmt {format} -strict -1");
        using var output = new MemoryStream();
        using (var stream = File.OpenRead(input))
        {
            var report = Derainer().Derain(stream, output, null, TestContext.Current.CancellationToken);
            Assert.Equal(7, report.Frames);
            Assert.Empty(report.Losses);
        }

        Assert.Equal(File.ReadAllBytes(input), output.ToArray());
        using (var stream = File.OpenRead(input))
        {
            Derainer(new VideoOptions { Codec = "ffv1" }).Derain(stream, _folder["out.mkv"], null, TestContext.Current.CancellationToken);
        }

        Assert.Equal(VideoFolder.Frames(input), VideoFolder.Frames(_folder["out.mkv"]));
        Assert.Equal(format, VideoFolder.Property(_folder["out.mkv"], "pix_fmt"));
        using var again = File.Create(_folder["again.y4m"]);
        Derainer().Derain(_folder["out.mkv"], again, null, TestContext.Current.CancellationToken);
        again.Dispose();
        Assert.Equal(VideoFolder.Frames(input), VideoFolder.Frames(_folder["again.y4m"]));
        Assert.Equal("24000/1001", VideoFolder.Property(_folder["again.y4m"], "r_frame_rate"));
    }

    [Fact]
    public void A_header_keeps_what_it_says()
    {
        var header = Y4mHeader.Parse("YUV4MPEG2 W6 H4 F30000:1001 It A4:3 C420paldv XYSCSS=420PALDV XCOLORRANGE=FULL", "x");
        Assert.Equal((6, 4, "yuv420p", "topleft", "tff", "pc"), (header.Video.Width, header.Video.Height, header.Video.PixelFormat, header.Video.ChromaLocation, header.Video.FieldMode, header.Video.ColorRange));
        Assert.Equal((new Rational(30000, 1001), new Rational(4, 3), YuvRange.Full), (header.Video.FrameRate, header.Video.Aspect, header.Layout.Format.Range));
        Assert.True(header.Layout.HasFields);
        Assert.False(Y4mHeader.Parse("YUV4MPEG2 W6 H4 Ip", "x").Layout.HasFields);
        Assert.Equal("YUV4MPEG2 W6 H4 F30000:1001 It A4:3 C420paldv XCOLORRANGE=FULL", Y4mHeader.LineFor(header.Video, header.Layout));
        Assert.Equal((ChromaSampling.Yuv420, 25.0), (Y4mHeader.Parse("YUV4MPEG2 W6 H4", "x").Layout.Format.Sampling, Y4mHeader.Parse("YUV4MPEG2 W6 H4", "x").Video.FrameRate.Value));
    }

    [Fact]
    public void Any_bytes_are_an_answer_and_never_a_hang()
    {
        var random = new Random(3);
        var good = Encoding.ASCII.GetBytes("YUV4MPEG2 W4 H4 F25:1 C420\nFRAME\n" + new string('x', 24) + "FRAME\n" + new string('y', 24));
        for (var i = 0; i < 300; i++)
        {
            var bad = good.AsSpan(0, i < good.Length ? i : good.Length).ToArray();
            for (var flips = i < good.Length ? 0 : random.Next(1, 4); flips > 0; flips--)
            {
                bad[random.Next(40)] ^= (byte)(1 << random.Next(8));
            }

            try
            {
                Derainer(new VideoOptions { MaxFramePixels = 1000 }).Derain(new MemoryStream(bad), Stream.Null, null, TestContext.Current.CancellationToken);
            }
            catch (VideoException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }
    }

    [Fact]
    public void Every_frame_belongs_to_the_segment_that_its_time_says()
    {
        var grid = new SegmentGrid(250_000, 2000);
        Rational[] bases = [new(1, 25), new(1001, 30000), new(1, 1000), new(1, 90000), new(3, 7)];
        foreach (var timeBase in bases)
        {
            for (var pts = -50L; pts < 100_000; pts += 37)
            {
                // The obvious way, in exact decimals.
                var seconds = (decimal)pts * timeBase.Numerator / timeBase.Denominator - 0.25m;
                var expected = seconds <= 0 ? 0 : (long)Math.Floor(seconds / 2m);
                Assert.True(expected == grid.NumberOf(pts, timeBase), $"{pts} x {timeBase}");
            }
        }

        Assert.Equal(4.25, grid.StartOf(2));
        Assert.Equal([0, 3, 7], SegmentPlan.Cut(11, 3));
    }

    static VideoDerainer Derainer(VideoOptions? options = null) => new(VideoFolder.Identity, "test", options);
}
