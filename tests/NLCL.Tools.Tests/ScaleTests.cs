using System.Text.Json.Nodes;
using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Tools.Tests;

/// <summary>Pictures and clips that are coarser than their size, through the commands.</summary>
public sealed class ScaleTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The rainy photo of this repository, twice as large.</summary>
    string Enlarged()
    {
        using Mat photo = Cv2.ImRead(Repository.PathOf("tests", "data", "rainy.jpg")), large = new();
        Cv2.Resize(photo, large, new Size(2 * photo.Width, 2 * photo.Height), 0, 0, InterpolationFlags.Cubic);
        Cv2.ImWrite(_folder["enlarged.png"], large);
        return _folder["enlarged.png"];
    }

    [Fact]
    public void An_enlarged_photo_is_seen_at_the_size_that_it_had()
    {
        string rainy = Enlarged();
        JsonObject line = Nlcl.Derain("derain", rainy, _folder["clear.png"], "--json").Expect(ExitCodes.Success).JsonLines()[^1];
        Assert.Equal(2, (int?)line["scales"]![rainy]);
        Assert.Empty(Nlcl.Derain("derain", rainy, _folder["plain.png"], "--scale", "1", "--json").Expect(ExitCodes.Success).JsonLines()[^1]["scales"]!.AsObject());
        Assert.Empty(Nlcl.Derain("derain", Repository.PathOf("tests", "data", "rainy.jpg"), _folder["own.png"], "--json").Expect(ExitCodes.Success).JsonLines()[^1]["scales"]!.AsObject());

        // It comes out as the photo does before it is enlarged.
        using Mat own = Cv2.ImRead(_folder["own.png"]), large = new();
        Cv2.Resize(own, large, new Size(2 * own.Width, 2 * own.Height), 0, 0, InterpolationFlags.Cubic);
        Cv2.ImWrite(_folder["large.png"], large);
        Assert.True(Change(_folder["large.png"], "clear.png") < 0.5 * Change(_folder["large.png"], "plain.png"), $"{Change(_folder["large.png"], "clear.png"):0.00} and {Change(_folder["large.png"], "plain.png"):0.00}");

        // Evaluate measures what derain does.
        Directory.CreateDirectory(_folder["rainy"]);
        Directory.CreateDirectory(_folder["clean"]);
        File.Copy(rainy, Path.Combine(_folder["rainy"], "a.png"));
        File.Copy(_folder["clear.png"], Path.Combine(_folder["clean"], "a.png"));
        string[] pair = ["evaluate", "--rainy", _folder["rainy"], "--clean", _folder["clean"], "--json"];
        Assert.Equal("infinity", (string?)Nlcl.Derain(pair).Expect(ExitCodes.Success).JsonLines()[0]["psnrRgb"]);
        Assert.NotEqual("infinity", Nlcl.Derain([.. pair, "--scale", "1"]).Expect(ExitCodes.Success).JsonLines()[0]["psnrRgb"]!.ToString());
    }

    /// <summary>A sharp picture of more than a million pixels without rain, and with rain three times as wide as that of the photo, from further down the photo.</summary>
    static (Mat Clean, Mat Rainy) WideRain(string photo, string derained, int fallen)
    {
        using Mat small = Cv2.ImRead(photo), own = Cv2.ImRead(derained), rain = new(), wide = new();
        Mat clean = new(), rainy = new();
        Cv2.Repeat(own, 3, 2, clean);
        Cv2.Subtract(small, own, rain, dtype: MatType.CV_32F);
        Cv2.Resize(rain, wide, new Size(3 * rain.Width, 3 * rain.Height), 0, 0, InterpolationFlags.Cubic);
        using Mat twice = new();
        Cv2.Repeat(wide, 2, 1, twice);
        using Mat part = new(twice, new Rect(0, fallen, clean.Width, clean.Height));
        Cv2.AddWeighted(part, 2, part, 0, 0, part);
        Cv2.Add(clean, part, rainy, dtype: MatType.CV_8U);
        return (clean, rainy);
    }

    [Fact]
    public void A_large_sharp_photo_is_seen_at_the_scale_at_which_its_wide_streaks_are_found()
    {
        string photo = Repository.PathOf("tests", "data", "rainy.jpg");
        Nlcl.Derain("derain", photo, _folder["own.png"]).Expect(ExitCodes.Success);
        (Mat clean, Mat rainy) = WideRain(photo, _folder["own.png"], 0);
        using (clean) { Cv2.ImWrite(_folder["clean.png"], clean); }
        using (rainy) { Cv2.ImWrite(_folder["rainy.png"], rainy); }

        JsonObject line = Nlcl.Derain("derain", _folder["rainy.png"], _folder["clear.png"], "--json").Expect(ExitCodes.Success).JsonLines()[^1];
        Assert.InRange((int)line["scales"]![_folder["rainy.png"]]!, 2, 4);
        Nlcl.Derain("derain", _folder["rainy.png"], _folder["plain.png"], "--scale", "1").Expect(ExitCodes.Success);
        double left = Change(_folder["clean.png"], "clear.png"), plain = Change(_folder["clean.png"], "plain.png");
        Assert.True(left < 0.8 * plain, $"{left:0.00} levels from the truth, {plain:0.00} at full size");
        Assert.Empty(Nlcl.Derain("derain", _folder["clean.png"], _folder["dry.png"], "--json").Expect(ExitCodes.Success).JsonLines()[^1]["scales"]!.AsObject());
    }

    [Fact]
    public void So_is_a_large_sharp_clip()
    {
        const int frames = 3;
        string photo = Repository.PathOf("tests", "data", "rainy.jpg");
        Nlcl.Derain("derain", photo, _folder["own.png"]).Expect(ExitCodes.Success);
        foreach (string kind in new[] { "rainy", "clean" }) { Directory.CreateDirectory(_folder[kind]); }
        for (int frame = 0; frame < frames; frame++)
        {
            (Mat clean, Mat rainy) = WideRain(photo, _folder["own.png"], 200 * frame);
            using (clean) { Cv2.ImWrite(Path.Combine(_folder["clean"], $"{frame}.png"), clean); }
            using (rainy) { Cv2.ImWrite(Path.Combine(_folder["rainy"], $"{frame}.png"), rainy); }
        }
        int? Seen(string kind)
        {
            string clip = _folder[kind + ".mkv"];
            Nlcl.Ffmpeg("-framerate", "25", "-i", Path.Combine(_folder[kind], "%d.png"), "-pix_fmt", "yuv444p", "-c:v", "ffv1", clip);
            return (int?)Nlcl.Derain("derain", clip, _folder[kind + "-clear.mkv"], "--json").Expect(ExitCodes.Success).JsonLines()[^1]["scales"]![clip];
        }
        int? scale = Seen("rainy");
        Assert.InRange(scale ?? 1, 2, 4);
        Assert.Null(Seen("clean"));

        // Evaluate sees it so, too.
        string[] set = ["evaluate", "--clip", "--model", "nlcl-video", "--rainy", _folder["rainy"], "--clean", _folder["clean"], "--means", "--json"];
        string own = Nlcl.Derain(set).Expect(ExitCodes.Success).Output, asked = Nlcl.Derain([.. set, "--scale", $"{scale}"]).Expect(ExitCodes.Success).Output;
        Assert.Equal(asked, own);
        Assert.NotEqual(Nlcl.Derain([.. set, "--scale", "1"]).Expect(ExitCodes.Success).Output, own);
    }

    [Fact]
    public void Seen_mirrored_too_pictures_and_clips_come_out_otherwise()
    {
        string photo = Repository.PathOf("tests", "data", "rainy.jpg"), clip = _folder["rainy.mkv"];
        Nlcl.Ffmpeg("-loop", "1", "-framerate", "5", "-i", photo, "-frames:v", "4", "-pix_fmt", "yuv420p", "-c:v", "ffv1", clip);
        foreach ((string rainy, string extension) in new[] { (photo, ".png"), (clip, ".mkv") })
        {
            string once = _folder["once" + extension], twice = _folder["twice" + extension];
            Nlcl.Derain("derain", rainy, once, "--model", "nlcl").Expect(ExitCodes.Success);
            Nlcl.Derain("derain", rainy, twice, "--model", "nlcl", "--mirror").Expect(ExitCodes.Success);
            using VideoCapture one = new(once), other = new(twice);
            using Mat first = new(), second = new();
            Assert.True(one.Read(first) && other.Read(second));
            Assert.InRange(Quality.PsnrY(first, second), 30, 60);
        }
    }

    [Fact]
    public void An_enlarged_clip_is_seen_at_the_size_that_it_had_and_resumed_so()
    {
        string rainy = Enlarged();
        Nlcl.Ffmpeg("-loop", "1", "-framerate", "5", "-i", rainy, "-frames:v", "4", "-vf", "crop=400:360", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-crf", "12", _folder["rainy.mkv"]);
        JsonObject line = Nlcl.Derain("derain", _folder["rainy.mkv"], _folder["clear.mkv"], "--json").Expect(ExitCodes.Success).JsonLines()[^1];
        Assert.Equal(2, (int?)line["scales"]![_folder["rainy.mkv"]]);
        Assert.Contains("at 1/3 of the size", Nlcl.Derain("derain", _folder["rainy.mkv"], _folder["third.mkv"], "--scale", "3").Expect(ExitCodes.Success).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("9")]
    public void A_scale_out_of_range_is_refused(string scale)
    {
        foreach (string[] command in new[] { new[] { "derain", Enlarged(), _folder["o.png"] }, ["evaluate", "--rainy", _folder.Path, "--clean", _folder.Path], ["compare", _folder.Path, _folder["page"]] })
        {
            Assert.Contains("--scale", Nlcl.Derain([.. command, "--scale", scale]).Expect(ExitCodes.Usage).OneErrorLine(), StringComparison.Ordinal);
        }
    }

    double Change(string rainy, string derained)
    {
        using Mat before = Cv2.ImRead(rainy), after = Cv2.ImRead(_folder[derained]), difference = new();
        Cv2.Absdiff(before, after, difference);
        return Cv2.Mean(difference).Val1;
    }
}
