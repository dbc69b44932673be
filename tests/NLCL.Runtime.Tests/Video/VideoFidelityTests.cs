namespace NLCL.Runtime.Tests;

/// <summary>With a network that changes nothing, nothing may change.</summary>
public sealed class VideoFidelityTests : IDisposable
{
    readonly VideoFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("yuv420p", "64x48")]
    [InlineData("yuv420p", "101x57")]
    [InlineData("yuv422p", "101x57")]
    [InlineData("yuv444p", "101x57")]
    [InlineData("yuv420p10le", "64x48")]
    [InlineData("yuv422p10le", "99x50")]
    [InlineData("yuv444p10le", "101x57")]
    public void Samples_survive_a_lossless_codec_bit_for_bit(string pixelFormat, string size)
    {
        var input = _folder.Make("in.mkv", $"-f lavfi -i testsrc2=s={size}:r=25:d=0.48 -pix_fmt {pixelFormat} -c:v ffv1");
        var report = VideoFolder.Derain(input, _folder["out.mkv"], new VideoOptions { Codec = "ffv1" });
        Assert.Equal(VideoFolder.Frames(input), VideoFolder.Frames(_folder["out.mkv"]));
        Assert.Equal(pixelFormat, VideoFolder.Property(_folder["out.mkv"], "pix_fmt"));
        Assert.Equal(12, report.Frames);
        Assert.Empty(report.Losses);
        Assert.Equal(["decode", "rgb", "derain", "yuv", "encode"], report.Stages.Select(stage => stage.Name));
    }

    [Theory]
    [InlineData("bt709", "bt709", "bt709", "tv", "yuv420p")]
    [InlineData("bt709", "bt709", "bt709", "pc", "yuv420p")]
    [InlineData("smpte170m", "smpte170m", "smpte170m", "tv", "yuv420p")]
    [InlineData("bt470bg", "bt470bg", "bt470bg", "pc", "yuv444p")]
    [InlineData("bt2020nc", "bt2020", "smpte2084", "tv", "yuv420p10le")]
    [InlineData("bt2020nc", "bt2020", "arib-std-b67", "pc", "yuv420p10le")]
    public void Colour_tags_and_samples_stay(string matrix, string primaries, string transfer, string range, string pixelFormat)
    {
        // Marked, not converted: the samples are what they are, over the whole range of codes.
        var input = _folder.Make("in.mp4", $"-f lavfi -i testsrc2=s=64x48:r=25:d=0.2 -vf format={pixelFormat},setparams=colorspace={matrix}:color_primaries={primaries}:color_trc={transfer}:range={range},setsar=4/3 -colorspace {matrix} -color_primaries {primaries} -color_trc {(transfer == "bt470bg" ? "gamma28" : transfer)} -color_range {range} -c:v libx264 -qp 0");
        foreach (var (codec, container) in ((string, string)[])[("libx264", "mp4"), ("ffv1", "mkv")])
        {
            var output = _folder["out." + container];
            var report = VideoFolder.Derain(input, output, new VideoOptions { Codec = codec, Quality = 1 });
            foreach (var (name, value) in ((string, string)[])[("color_space", matrix), ("color_primaries", primaries), ("color_transfer", transfer), ("color_range", range), ("sample_aspect_ratio", "4:3")])
            {
                Assert.Equal(value, VideoFolder.Property(output, name));
            }

            Assert.Empty(report.Losses);
        }

        Assert.Equal(_folder.Samples(input), _folder.Samples(_folder["out.mkv"]));
        Assert.Equal(VideoFolder.Property(input, "pix_fmt"), VideoFolder.Property(_folder["out.mp4"], "pix_fmt"));
    }

    const string Hdr10 = "G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(40000000,50)";

    [Theory]
    [InlineData("mkv", null, "hevc")]
    [InlineData("mp4", null, "hevc")]
    [InlineData("mkv", "libsvtav1", "av1")]
    public void A_high_dynamic_range_keeps_what_it_says_of_its_screen(string container, string? codec, string expected)
    {
        var input = _folder.Make("in." + container, $"{HdrSource} -c:v libx265 -x265-params log-level=error:master-display={Hdr10}:max-cll=1000,400");
        var output = _folder["out." + container];
        var report = VideoFolder.Derain(input, output, new VideoOptions { Codec = codec });
        Assert.Empty(report.Losses);
        Assert.Equal(expected, VideoFolder.Property(output, "codec_name"));
        Assert.Equal("smpte2084", VideoFolder.Property(output, "color_transfer"));
        Assert.Equal("yuv420p10le", VideoFolder.Property(output, "pix_fmt"));
        Dictionary<string, double> before = FirstFrame(input), after = FirstFrame(output);
        Assert.Equal(12, before.Count);
        Assert.Equal((0.68, 4000.0, 0.005, 1000.0, 400.0), (before["red_x"], before["max_luminance"], before["min_luminance"], before["max_content"], before["max_average"]));
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        // AV1 counts in other units.
        Assert.All(before, item => Assert.Equal(item.Value, after[item.Key], 1e-4 * Math.Max(1, item.Value)));
    }

    [Fact]
    public void An_encoder_that_has_no_words_for_a_high_dynamic_range_is_reported()
    {
        var input = _folder.Make("in.mkv", $"{HdrSource} -c:v libx265 -x265-params log-level=error:master-display={Hdr10}:max-cll=1000,400");
        var report = VideoFolder.Derain(input, _folder["out.mkv"], new VideoOptions { Codec = "ffv1" });
        Assert.Equal(["Content light level metadata of the video stream is not written", "Mastering display metadata of the video stream is not written"], report.Losses.Order());
        report = VideoFolder.Derain(input, _folder["h264.mkv"], new VideoOptions { Codec = "libx264" });
        Assert.Empty(report.Losses);
        // Decoders before ffmpeg 7 do not find it there, so: colours of the screen, brightest pixel and mean, as the stream has them.
        ReadOnlySpan<byte> stream = File.ReadAllBytes(_folder["h264.mkv"]);
        Assert.True(stream.IndexOf([.. Words(13250, 34500, 7500, 3000, 34000, 16000)]) > 0);
        Assert.True(stream.IndexOf([.. Words(1000, 400)]) > 0);

        static IEnumerable<byte> Words(params int[] numbers) => numbers.SelectMany(number => (byte[])[(byte)(number >> 8), (byte)number]);
    }

    [Theory]
    [InlineData("smpte2084", 573, 0.75)] // 203 cd/m2
    [InlineData("arib-std-b67", 721, 0.75)]
    public void Networks_see_light_of_a_high_dynamic_range_along_one_curve(string transfer, int luma, double seen)
    {
        var input = _folder.Make("in.mkv", $"-f lavfi -i nullsrc=s=48x32:r=25:d=0.2,format=yuv420p10le,geq=lum={luma}:cb=512:cr=512,setparams=color_trc={transfer}:colorspace=bt2020nc -color_trc {transfer} -colorspace bt2020nc -c:v ffv1");
        VideoFolder.Derain(input, _folder["out.mkv"], new VideoOptions { Codec = "ffv1" }, (rainy, background, _, _, _) =>
        {
            Assert.Equal(seen, rainy[0], 0.002);
            for (var i = 0; i < rainy.Length; i++)
            {
                background[i] = rainy[i] - 0.1f;
            }
        });
        var samples = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(_folder.Samples(_folder["out.mkv"]));
        var expected = transfer == "smpte2084" ? PqCurve.Pq(0.65) : 0.65;
        Assert.Equal(64 + (876 * expected), samples[0], 1.0);
        Assert.Equal(512, samples[48 * 32]);
    }

    const string HdrSource = "-f lavfi -i testsrc2=s=128x96:r=25:d=0.2 -pix_fmt yuv420p10le -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc";

    /// <summary>The numbers of mastering display and content light level.</summary>
    static Dictionary<string, double> FirstFrame(string path) => VideoFolder.Run("ffprobe", ["-v", "error", "-select_streams", "v:0", "-show_frames", "-read_intervals", "%+#1", "-of", "flat", path])
        .Split('\n')
        .Select(line => System.Text.RegularExpressions.Regex.Match(line, @"\.((?:red|green|blue|white_point)_[xy]|(?:min|max)_luminance|max_content|max_average)=""?(\d+)(?:/(\d+))?"))
        .Where(match => match.Success)
        .ToDictionary(match => match.Groups[1].Value, match => double.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture) / (match.Groups[3].Success ? double.Parse(match.Groups[3].Value, System.Globalization.CultureInfo.InvariantCulture) : 1));

    [Fact]
    public void The_default_codec_is_visually_lossless()
    {
        var input = _folder.Make("in.mp4", "-f lavfi -i testsrc2=s=160x96:r=25:d=0.4 -pix_fmt yuv420p -c:v libx264 -crf 10");
        var report = VideoFolder.Derain(input, _folder["out.mp4"]);
        var before = _folder.Samples(input);
        var after = _folder.Samples(_folder["out.mp4"]);
        var error = before.Zip(after, (a, b) => (double)(a - b) * (a - b)).Average();
        Assert.Equal("libx264", report.Codec);
        Assert.True(10 * Math.Log10(255 * 255 / error) > 40, $"{error}");
    }

    // No times at all, open groups of pictures, a start before 0 and after it, an edit list that begins within a group.
    [Theory]
    [InlineData("bare.h264", "-f lavfi -i testsrc2=s=64x48:r=25:d=0.6 -pix_fmt yuv420p -c:v libx264 -bf 2")]
    [InlineData("open.mpg", "-f lavfi -i testsrc2=s=64x48:r=25:d=1 -pix_fmt yuv420p -c:v mpeg2video -bf 2 -g 6 -q:v 2")]
    [InlineData("early.mkv", "-f lavfi -i testsrc2=s=64x48:r=25:d=0.6 -pix_fmt yuv420p -c:v libx264 -output_ts_offset -0.2 -avoid_negative_ts disabled")]
    [InlineData("late.mkv", "-f lavfi -i testsrc2=s=64x48:r=25:d=0.6 -pix_fmt yuv420p -c:v libx264 -output_ts_offset 5")]
    [InlineData("packed.avi", "-f lavfi -i testsrc2=s=64x48:r=30000/1001:d=0.6 -pix_fmt yuv420p -c:v mpeg4 -bf 2")]
    [InlineData("alt.webm", "-f lavfi -i testsrc2=s=64x48:r=25:d=0.4 -pix_fmt yuv420p -c:v libvpx-vp9 -cpu-used 8 -auto-alt-ref 1")]
    public void Every_frame_of_an_odd_source_comes_through(string name, string arguments)
    {
        var input = _folder.Make(name, arguments);
        var report = VideoFolder.Derain(input, _folder["out.mkv"], new VideoOptions { Codec = "ffv1" });
        Assert.Equal(VideoFolder.Frames(input), VideoFolder.Frames(_folder["out.mkv"]));
        Assert.True(report.Frames >= 10);
    }

    [Fact]
    public void A_cut_without_reencoding_keeps_its_frames_and_times()
    {
        _folder.Make("whole.mp4", "-f lavfi -i testsrc2=s=64x48:r=25:d=2 -f lavfi -i sine=d=2 -pix_fmt yuv420p -c:v libx264 -g 25 -c:a aac");
        var input = _folder.Make("cut.mp4", $"-ss 1.3 -i {_folder["whole.mp4"]} -c copy");
        VideoFolder.Derain(input, _folder["out.mkv"], new VideoOptions { Codec = "ffv1" });
        Assert.Equal(VideoFolder.Frames(input), VideoFolder.Frames(_folder["out.mkv"]));
    }

    [Fact]
    public void The_networks_change_arrives_in_the_frame_it_belongs_to()
    {
        // Frame n is a flat gray of n * 8 + 20; the network adds 10/255 to every channel.
        var input = _folder.Make("in.mkv", "-f lavfi -i nullsrc=s=48x32:r=25:d=0.8,geq=lum=N*8+20:cb=128:cr=128,setparams=range=pc -pix_fmt yuv420p -c:v ffv1 -color_range pc");
        VideoFolder.Derain(input, _folder["out.mkv"], new VideoOptions { Codec = "ffv1" }, (rainy, background, _, _, _) =>
        {
            for (var i = 0; i < rainy.Length; i++)
            {
                background[i] = rainy[i] + 10 / 255f;
            }
        });
        var samples = _folder.Samples(_folder["out.mkv"]);
        for (var n = 0; n < 20; n++)
        {
            Assert.Equal((n * 8) + 30, samples[n * 48 * 32 * 3 / 2]);
        }
    }

    [Fact]
    public void Times_of_a_variable_frame_rate_stay()
    {
        // Gaps of 1, 3, 7, … ticks of 1/12800 s between frames.
        var input = _folder.Make("in.mp4", "-f lavfi -i testsrc2=s=64x48:r=25:d=2 -vf settb=1/12800,setpts=N*313+mod(N*N*37\\,251) -vsync passthrough -enc_time_base 1/12800 -pix_fmt yuv420p -c:v libx264 -bf 2");
        var before = VideoFolder.Times(input);
        Assert.True(before.Zip(before.Skip(1), (a, b) => Math.Round((b - a) * 12800)).Distinct().Count() > 10);
        foreach (var (name, tick) in ((string, double)[])[("out.mp4", 1 / 12800.0), ("out.mkv", 1 / 1000.0)])
        {
            VideoFolder.Derain(input, _folder[name]);
            var after = VideoFolder.Times(_folder[name]);
            Assert.Equal(before.Length, after.Length);
            Assert.True(before.Zip(after, (a, b) => Math.Abs(a - b)).Max() <= (tick / 2) + 2e-6, $"{name}: {string.Join(' ', after)}");
        }

        Assert.Equal(VideoFolder.Property(input, "time_base"), VideoFolder.Property(_folder["out.mp4"], "time_base"));
    }

    [Theory]
    [InlineData("late.ts", "-f lavfi -i testsrc2=s=64x48:r=25:d=1 -f lavfi -i sine=d=1 -pix_fmt yuv420p -c:v libx264 -c:a mp2")]
    [InlineData("late.mkv", "-itsoffset 0.3 -f lavfi -i testsrc2=s=64x48:r=30000/1001:d=1 -f lavfi -i sine=d=1 -pix_fmt yuv420p -c:v libx264 -c:a aac")]
    [InlineData("late.mp4", "-f lavfi -i testsrc2=s=64x48:r=30000/1001:d=1 -itsoffset 0.21 -f lavfi -i sine=d=1 -pix_fmt yuv420p -c:v libx264 -bf 3 -c:a aac")]
    public void Sound_keeps_its_distance_to_the_picture(string name, string arguments)
    {
        var input = _folder.Make(name, arguments);
        var output = _folder["out" + Path.GetExtension(name)];
        VideoFolder.Derain(input, output);
        var before = VideoFolder.Times(input);
        var after = VideoFolder.Times(output);
        Assert.Equal(before.Length, after.Length);
        var shift = VideoFolder.Times(output, "a:0")[0] - VideoFolder.Times(input, "a:0")[0];
        Assert.True(before.Zip(after, (a, b) => Math.Abs(b - a - shift)).Max() <= 0.0011, $"{before[0]} {after[0]} {shift}");
    }

    [Theory]
    [InlineData("90")]
    [InlineData("180")]
    [InlineData("270")]
    public void Rotation_and_interlacing_are_kept_and_the_frames_not_turned(string rotate)
    {
        _folder.Make("flat.mp4", "-f lavfi -i testsrc2=s=64x48:r=25:d=0.4 -vf setfield=tff -flags +ildct+ilme -pix_fmt yuv420p -c:v libx264");
        var input = OnItsSide("in.mp4", "flat.mp4", rotate);
        var turn = Matrix(input);
        var report = VideoFolder.Derain(input, _folder["out.mp4"]);
        Assert.Equal(turn, Matrix(_folder["out.mp4"]));
        Assert.Equal("64", VideoFolder.Property(_folder["out.mp4"], "width"));
        Assert.Equal(VideoFolder.Property(input, "field_order"), VideoFolder.Property(_folder["out.mp4"], "field_order"));
        Assert.Empty(report.Losses);

        static string Matrix(string path) => VideoFolder.Probe(path).GetProperty("streams")[0].GetProperty("side_data_list")[0].ToString();
    }

    [Theory]
    [InlineData("90", "yuv420p")]
    [InlineData("270", "yuv422p")]
    [InlineData("180", "yuv420p")] // rain falls in what is upside down, too
    public void Networks_see_a_clip_upright_and_its_rain_is_taken_off_where_it_lies(string rotate, string pixelFormat)
    {
        // Grey, for colours are interpolated in another way.
        _folder.Make("flat.mp4", $"-f lavfi -i testsrc2=s=64x48:r=25:d=0.2 -vf hue=s=0 -pix_fmt {pixelFormat} -colorspace bt709 -color_range tv -c:v libx264 -qp 0");
        var input = OnItsSide("in.mp4", "flat.mp4", rotate);
        var sideways = rotate != "180";
        var left = VideoFolder.Probe(input).GetProperty("streams")[0].GetProperty("side_data_list")[0].GetProperty("rotation").GetDouble() == 90;
        // As ffmpeg itself turns it for a player; what it turns to the right, in a mirror.
        _folder.Make("upright.mkv", $"{(sideways ? "" : "-noautorotate")} -i {input} -vf format=yuv444p{(sideways && !left ? ",hflip" : "")} -c:v ffv1");
        var expected = _folder.Samples(_folder["upright.mkv"]);
        var frame = 0;
        var report = VideoFolder.Derain(input, _folder["out.mkv"], new VideoOptions { Codec = "ffv1" }, (rainy, background, width, height, _) =>
        {
            Assert.Equal(sideways ? (48, 64) : (64, 48), (width, height));
            for (var i = 0; i < width * height; i++)
            {
                Assert.Equal(Math.Clamp((expected[(frame * 3 * width * height) + i] - 16) / 219.0, 0, 1), rainy[(width * height) + i], 0.01);
            }
            frame++;
            rainy.CopyTo(background);
            for (var plane = 0; plane < 3; plane++)
            {
                for (var x = 0; x < width; x++)
                {
                    background[(plane * width * height) + (10 * width) + x] += 0.2f; // the eleventh line of what stands
                }
            }
        });
        Assert.Equal(5, report.Frames);
        var (before, after) = (_folder.Samples(_folder["flat.mp4"]), _folder.Samples(_folder["out.mkv"]));
        Assert.Equal(before.Length, after.Length);
        for (var y = 0; y < 48; y++)
        {
            for (var x = 0; x < 64; x++)
            {
                var on = !sideways ? y == 10 : left ? x == 64 - 1 - 10 : x == 10;
                var change = after[(y * 64) + x] - before[(y * 64) + x];
                Assert.True(on ? change > 0 || before[(y * 64) + x] > 180 : change == 0, $"{x},{y}: {change}");
            }
        }
    }

    [Fact]
    public void Networks_see_the_fields_of_an_interlaced_clip_apart()
    {
        // Rows of 100 and of 200 in turn, as no progressive picture has them; the network takes 0.2 off the upper field.
        var input = _folder.Make("in.mp4", "-f lavfi -i nullsrc=s=64x48:r=25:d=0.2,format=yuv420p,geq=lum='if(mod(Y,2),200,100)':cb=128:cr=128,setfield=tff -colorspace bt709 -color_range tv -c:v libx264 -qp 1 -flags +ildct+ilme");
        Assert.Equal("tt", VideoFolder.Property(input, "field_order"));
        VideoFolder.Derain(input, _folder["out.mkv"], new VideoOptions { Codec = "ffv1" }, (rainy, background, width, height, _) =>
        {
            for (var i = 0; i < rainy.Length; i++)
            {
                var upper = i / width % height < height / 2;
                Assert.Equal(((upper ? 100 : 200) - 16) / 219.0, rainy[i], 0.006); // a code or so is lost to the input's encoder
                background[i] = rainy[i] - (upper ? 0.2f : 0);
            }
        });
        var samples = _folder.Samples(_folder["out.mkv"]);
        for (var y = 0; y < 48; y++)
        {
            Assert.InRange(samples[y * 64] - (y % 2 == 0 ? 100 - (0.2 * 219) : 200), -1.51, 1.51);
        }
    }

    [Fact]
    public void Rain_of_a_clip_on_its_side_is_found()
    {
        // The model that ships; of rain that flies to the side it finds nothing.
        using var derainer = Derainer.Open(Checkout.PathOf("models/nlcl.onnx"), new DerainerOptions { Device = DeviceKind.Cpu });
        _folder.Make("upright.mkv", $"-i {Checkout.PathOf("tests/data/rainy.mp4")} -frames:v 3 -an -vf crop=256:160,format=yuv444p -c:v ffv1");
        _folder.Make("flat.mp4", $"-i {_folder["upright.mkv"]} -vf transpose=cclock -c:v libx264 -qp 0");
        new VideoDerainer(derainer, new VideoOptions { Codec = "ffv1" }).Derain(_folder["upright.mkv"], _folder["upright-out.mkv"], null, TestContext.Current.CancellationToken);
        new VideoDerainer(derainer, new VideoOptions { Codec = "ffv1" }).Derain(OnItsSide("side.mp4", "flat.mp4", "90"), _folder["side-out.mkv"], null, TestContext.Current.CancellationToken);
        _folder.Make("side-upright.mkv", $"-noautorotate -i {_folder["side-out.mkv"]} -vf transpose=clock -c:v ffv1");
        var rainy = _folder.Samples(_folder["upright.mkv"]);
        var upright = _folder.Samples(_folder["upright-out.mkv"]);
        var side = _folder.Samples(_folder["side-upright.mkv"]);
        double taken = Distance(rainy, upright);
        Assert.True(taken > 0.5, $"{taken}");
        Assert.InRange(Distance(side, upright), 0, 0.4 * taken);

        static double Distance(byte[] a, byte[] b) => Math.Sqrt(a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Average());
    }

    /// <summary>A copy that players turn clockwise by so many degrees.</summary>
    string OnItsSide(string name, string from, string rotate)
    {
        // ffmpeg 7 no longer takes the tag for the matrix.
        var (turned, tag) = FfmpegTool.Find(null, CancellationToken.None)!.HasDisplayRotation ? ($"-display_rotation:v:0 -{rotate}", "") : ("", $"-metadata:s:v rotate={rotate}");
        return _folder.Make(name, $"{turned} -i {_folder[from]} -c copy {tag}");
    }

    [Fact]
    public void Other_pixel_formats_are_taken_and_what_that_loses_is_said()
    {
        var same = _folder.Make("nv12.nut", "-f lavfi -i testsrc2=s=64x48:r=25:d=0.2 -pix_fmt nv12 -c:v rawvideo");
        Assert.Empty(VideoFolder.Derain(same, _folder["nv12.mkv"], new VideoOptions { Codec = "ffv1" }).Losses);
        _folder.Make("planar.nut", $"-i {same} -pix_fmt yuv420p -c:v rawvideo");
        Assert.Equal(VideoFolder.Frames(_folder["planar.nut"]), VideoFolder.Frames(_folder["nv12.mkv"]));

        var rgb = _folder.Make("rgb.mkv", "-f lavfi -i testsrc2=s=64x48:r=25:d=0.2 -pix_fmt bgr0 -c:v ffv1");
        var losses = VideoFolder.Derain(rgb, _folder["rgb-out.mkv"], new VideoOptions { Codec = "ffv1" }).Losses;
        Assert.Contains("bgr0", Assert.Single(losses));
        Assert.Equal("bt709", VideoFolder.Property(_folder["rgb-out.mkv"], "color_space"));
        _folder.Make("back.mkv", $"-i {_folder["rgb-out.mkv"]} -vf scale=in_color_matrix=bt709:flags=accurate_rnd+full_chroma_int -pix_fmt bgr0 -c:v ffv1");
        Assert.True(_folder.Samples(rgb).Zip(_folder.Samples(_folder["back.mkv"]), (a, b) => Math.Abs(a - b)).Max() <= 3);
    }
}
