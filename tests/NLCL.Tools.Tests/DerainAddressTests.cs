using System.Diagnostics;
using System.Text;
using NLCL.CommandLine;

namespace NLCL.Tools.Tests;

/// <summary>Network addresses as the input of the real program: real servers on this machine, dead ones, and ones that break off.</summary>
public sealed class DerainAddressTests : IDisposable
{
    static readonly string s_program = Repository.Program("NLCL.Derain", "nlcl-derain");

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_frame_of_a_file_on_a_web_server_comes_in_its_own_colours_and_at_its_own_time()
    {
        Clip("rainy.mp4", "-vf", "setpts=(N+gt(N\\,9)*5)/25/TB");
        using WebServer server = Serving("rainy.mp4");
        ProgramResult result = Nlcl.Derain("derain", server.Address("/rainy.mp4"), _folder["address.mkv"], "--codec", "ffv1").Expect(ExitCodes.Success);
        Assert.Contains("sound is left out", result.Errors);
        Assert.DoesNotContain("broke off", result.Errors);
        Nlcl.Derain("derain", _folder["rainy.mp4"], _folder["file.mkv"], "--codec", "ffv1").Expect(ExitCodes.Success);
        Assert.Equal(Frames("file.mkv"), Frames("address.mkv"));
        Assert.Equal(50, Frames("address.mkv").Length);
        const string facts = "stream=pix_fmt,color_space,color_range,color_primaries,color_transfer";
        Assert.Equal("yuv420p,tv,bt709,bt709,bt709", Facts("address.mkv", facts));
        Assert.Equal(Facts("file.mkv", facts), Facts("address.mkv", facts));
        Assert.Equal(Times("file.mkv"), Times("address.mkv"));
        Assert.Equal(50 / 25.0 + 4 / 25.0, Times("address.mkv")[^1], 0.01);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")] // to every process of the group, as a terminal sends Ctrl-C
    public void A_live_stream_is_recorded_until_the_signal_and_the_file_is_whole(string group)
    {
        int port = FreePort();
        using Process camera = Nlcl.Start("ffmpeg", "-v", "error", "-nostdin", "-re", "-f", "lavfi", "-i", "testsrc2=s=160x120:r=10", "-t", "60", "-c:v", "mjpeg", "-q:v", "3", "-f", "mpjpeg", "-listen", "1", $"http://127.0.0.1:{port}/rain.mjpg");
        try
        {
            Thread.Sleep(1000); // a listener has no other way to say that it listens
            Record($"http://127.0.0.1:{port}/rain.mjpg", group);
        }
        finally
        {
            camera.Kill();
        }
        Assert.NotEmpty(Frames("clear.mkv"));
        Assert.Equal("yuvj420p,pc,bt470bg", Facts("clear.mkv", "stream=pix_fmt,color_range,color_space"));
        Assert.Equal(["clear.mkv"], _folder.Files());
    }

    [Fact]
    public void A_camera_on_the_network_is_recorded_until_the_signal()
    {
        using (RtspServer server = new(_folder.Path)) { Assert.DoesNotContain("secret", Record(server.Address, "")); }
        Assert.NotEmpty(Frames("clear.mkv"));
        Assert.Equal(["clear.mkv"], _folder.Files());
    }

    [Fact]
    public void A_camera_that_breaks_off_leaves_what_it_showed()
    {
        using (RtspServer server = new(_folder.Path, packetsToSend: 150)) { Nlcl.Derain("derain", server.Address, _folder["clear.mkv"]).Expect(ExitCodes.Success); }
        Assert.InRange(Frames("clear.mkv").Length, 5, 150);
    }

    [Fact]
    public void A_server_that_breaks_off_is_reported_and_what_came_is_kept()
    {
        Clip("rainy.mp4");
        using WebServer server = Serving("rainy.mp4", sent: 0.6);
        ProgramResult result = Nlcl.Derain("derain", server.Address("/rainy.mp4"), _folder["clear.mkv"]).Expect(ExitCodes.Success);
        Assert.Contains("broke off", result.Errors);
        Assert.InRange(Frames("clear.mkv").Length, 10, 45);
    }

    [Fact]
    public void A_server_that_is_not_there_or_says_nothing_is_one_line_soon()
    {
        Stopwatch clock = Stopwatch.StartNew();
        string line = Nlcl.Derain("derain", $"rtsp://rain:secret@127.0.0.1:{FreePort()}/a", _folder["clear.mkv"]).Expect(ExitCodes.Input).OneErrorLine();
        Assert.Contains("refused", line);
        Assert.DoesNotContain("secret", line);
        using WebServer server = new() { IsSilent = true };
        Assert.Contains("no answer", Nlcl.Derain("derain", server.Address("/a.ts"), _folder["clear.mkv"]).Expect(ExitCodes.Input).OneErrorLine());
        Assert.Contains("no answer", Nlcl.Derain("derain", $"rtsp://127.0.0.1:{server.Port}/a", _folder["clear.mkv"]).Expect(ExitCodes.Input).OneErrorLine());
        Assert.InRange(clock.Elapsed.TotalSeconds, 20, 60);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void A_file_whose_index_lies_behind_its_pictures_wants_a_server_that_can_go_back()
    {
        Clip("rainy.mp4");
        Nlcl.Ffmpeg("-i", _folder["rainy.mp4"], "-c", "copy", _folder["late.mp4"]);
        using WebServer server = Serving("late.mp4");
        Assert.Contains("fetch the whole file first", Nlcl.Derain("derain", server.Address("/late.mp4"), _folder["clear.mkv"]).Expect(ExitCodes.Input).OneErrorLine());
    }

    [Fact]
    public void A_signal_ends_the_wait_for_the_first_picture()
    {
        using WebServer server = new() { IsSilent = true };
        using Process job = Nlcl.Start("dotnet", s_program, "derain", server.Address("/a.ts"), _folder["clear.mkv"]);
        Assert.True(SpinWait.SpinUntil(() => server.Connections > 0, TimeSpan.FromSeconds(20)), "nobody connected");
        Nlcl.Run("kill", "-INT", job.Id.ToString(null, null)).Expect(0);
        Assert.True(job.WaitForExit(TimeSpan.FromSeconds(5)), "still running 5 s after SIGINT");
        Assert.Equal(ExitCodes.Interrupted, job.ExitCode);
        Assert.DoesNotContain("--resume", job.StandardError.ReadToEnd());
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void Playlists_lead_only_where_they_may()
    {
        Clip("rainy.ts");
        using WebServer server = Serving("rainy.ts");
        server.Files["/web.m3u8"] = Playlist("rainy.ts");
        server.Files["/local.m3u8"] = Playlist("file://" + _folder["rainy.ts"]);
        Assert.Contains("--allow-playlists", Nlcl.Derain("derain", server.Address("/web.m3u8"), _folder["clear.mkv"]).Expect(ExitCodes.Input).OneErrorLine());
        Nlcl.Derain("derain", server.Address("/local.m3u8"), _folder["clear.mkv"], "--allow-playlists").Expect(ExitCodes.Input).OneErrorLine();
        Nlcl.Derain("derain", server.Address("/web.m3u8"), _folder["clear.mkv"], "--allow-playlists").Expect(ExitCodes.Success);
        Assert.Equal(50, Frames("clear.mkv").Length);

        int connections = server.Connections;
        File.WriteAllBytes(_folder["list.ts"], Playlist(server.Address("/rainy.ts")));
        Nlcl.Derain("derain", _folder["list.ts"], _folder["no.mkv"]).Expect(ExitCodes.Input).OneErrorLine();
        Nlcl.Derain("derain", _folder["list.ts"], _folder["no.mkv"], "--allow-playlists").Expect(ExitCodes.Input).OneErrorLine();
        Assert.Equal(connections, server.Connections);
    }

    string Record(string address, string group)
    {
        using Process job = Nlcl.Start("setsid", "dotnet", s_program, "derain", address, _folder["clear.mkv"], "--json");
        Task<string> said = job.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string? progress = job.StandardOutput.ReadLine();
        Nlcl.Run("kill", "-INT", "--", group + job.Id.ToString(null, null)).Expect(0);
        Stopwatch clock = Stopwatch.StartNew();
        Assert.True(job.WaitForExit(TimeSpan.FromSeconds(20)), "still running 20 s after SIGINT");
        Assert.Equal(ExitCodes.Success, job.ExitCode);
        Assert.Contains("\"progress\"", progress);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5); // 2 on a quiet machine
        return progress + said.GetAwaiter().GetResult() + job.StandardOutput.ReadToEnd();
    }

    void Clip(string name, params string[] more) => Nlcl.Ffmpeg([
        "-f", "lavfi", "-i", "testsrc2=size=160x120:rate=25:duration=2", "-f", "lavfi", "-i", "sine=frequency=440:duration=2", .. more,
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
        "-c:a", "aac", .. name.EndsWith("mp4", StringComparison.Ordinal) ? (string[])["-vsync", "vfr", "-movflags", "+faststart"] : [], _folder[name]]);

    WebServer Serving(string name, double sent = 1)
    {
        WebServer server = new() { Sent = sent };
        server.Files["/" + name] = File.ReadAllBytes(_folder[name]);
        return server;
    }

    static byte[] Playlist(string entry) => Encoding.ASCII.GetBytes($"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{entry}\n#EXT-X-ENDLIST\n");

    string Facts(string name, string entries) => Nlcl.Ffprobe("-select_streams", "v:0", "-show_entries", entries, "-of", "csv=p=0", _folder[name]);

    /// <summary>Since the first frame: only in a file that has sound are the pictures kept at their distance to it.</summary>
    double[] Times(string name)
    {
        double[] times = [.. Facts(name, "packet=pts_time").Split('\n').Select(line => double.Parse(line.TrimEnd(','), System.Globalization.CultureInfo.InvariantCulture)).Order()];
        return [.. times.Select(time => Math.Round(time - times[0], 3))];
    }

    string[] Frames(string name) => [.. Nlcl.Run("ffmpeg", "-v", "error", "-i", _folder[name], "-map", "0:v", "-vsync", "passthrough", "-f", "framehash", "-hash", "md5", "-").Expect(0).Output
        .Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(',')[^1].Trim())];

    static int FreePort()
    {
        using System.Net.Sockets.TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
