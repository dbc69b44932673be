using System.Diagnostics;
using System.Text.Json.Nodes;
using NLCL.CommandLine;

namespace NLCL.Tools.Tests;

/// <summary>The real program on clips: killed, stopped, starved, fed with hostile things.</summary>
public sealed class DerainVideoTests : IDisposable
{
    static readonly string s_program = Repository.Program("NLCL.Derain", "nlcl-derain");

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // tools/deploy/soak does the same 20 times on 600 frames.
    [Fact]
    public void A_job_that_was_killed_thrice_gives_the_frames_of_one_that_was_not()
    {
        Clip("rainy.mp4", 8);
        string[] options = ["--codec", "ffv1", "--segment", "0.5"];
        Nlcl.Derain(["derain", _folder["rainy.mp4"], _folder["whole.mkv"], .. options]).Expect(ExitCodes.Success);
        Random random = new(4);
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            using Process job = Start("derain", _folder["rainy.mp4"], _folder["clear.mkv"], "--resume", "--codec", "ffv1", "--segment", "0.5");
            int segments = Segments().Length + 1;
            Assert.True(SpinWait.SpinUntil(() => Segments().Length >= segments, TimeSpan.FromSeconds(60)), "no segment was finished");
            Thread.Sleep(random.Next(0, 300));
            job.Kill();
            job.WaitForExit();
            Assert.False(File.Exists(_folder["clear.mkv"]));
        }

        int finished = Segments().Length;
        ProgramResult last = Nlcl.Derain(["derain", _folder["rainy.mp4"], _folder["clear.mkv"], "--resume", "--json", .. options]).Expect(ExitCodes.Success);
        Assert.Equal(200, (int?)last.JsonLines()[^1]["done"]);
        Assert.InRange((int)last.JsonLines()[^1]["resumedFrames"]!, (finished - 1) * 12, 200);
        Assert.Equal(Frames("whole.mkv"), Frames("clear.mkv"));
        Assert.Equal(["clear.mkv", "rainy.mp4", "whole.mkv"], _folder.Files());
    }

    [Theory]
    [InlineData("-INT", ExitCodes.Interrupted)]
    [InlineData("-TERM", ExitCodes.Terminated)]
    public async Task A_signal_stops_soon_and_says_how_to_go_on(string signal, int exitCode)
    {
        Clip("rainy.mp4", 20);
        using Process job = Start("derain", _folder["rainy.mp4"], _folder["clear.mkv"], "--segment", "0.2", "--preset", "ultrafast");
        Task<string> said = job.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => Segments().Length >= 2, TimeSpan.FromSeconds(60)), "no segment was finished");
        int[] children = Children(job.Id);
        Nlcl.Run("kill", signal, job.Id.ToString(null, null)).Expect(0);
        Assert.True(job.WaitForExit(TimeSpan.FromSeconds(20)), "still running 20 s after the signal");
        Assert.Equal(exitCode, job.ExitCode);
        string line = (await said).Trim();
        Assert.Contains("--resume", line);
        Assert.DoesNotContain('\n', line);
        Assert.All(children, child => Assert.False(Directory.Exists($"/proc/{child}"), $"ffmpeg {child} is left"));
        Assert.False(File.Exists(_folder["clear.mkv"]));
        Assert.Contains("1 <= I <= N", Nlcl.Derain("derain", _folder["rainy.mp4"], _folder["clear.mkv"], "--shard", "3/2").Expect(ExitCodes.Usage).OneErrorLine());
    }

    [Fact]
    public void Segments_that_are_thrown_away_are_said()
    {
        Clip("rainy.mp4", 1);
        Directory.CreateDirectory(_folder[".clear.mkv.nlcl"]);
        File.WriteAllText(_folder[".clear.mkv.nlcl/segment-00000000.nut"], "hours of work");
        ProgramResult result = Nlcl.Derain("derain", _folder["rainy.mp4"], _folder["clear.mkv"]).Expect(ExitCodes.Success);
        Assert.Contains("--resume", Assert.Single(result.Errors.Split('\n'), line => line.Contains("thrown away", StringComparison.Ordinal)));
        Assert.False(Directory.Exists(_folder[".clear.mkv.nlcl"]));
        result = Nlcl.Derain("derain", _folder["rainy.mp4"], _folder["other.mkv"]).Expect(ExitCodes.Success);
        Assert.DoesNotContain("thrown away", result.Errors);
    }

    [Fact]
    public void A_gif_is_read_as_a_clip_and_not_written()
    {
        Nlcl.Ffmpeg("-f", "lavfi", "-i", "testsrc=s=64x48:r=5:d=1", _folder["rainy.gif"]);
        Nlcl.Derain("derain", _folder["rainy.gif"], _folder["clear.mp4"]).Expect(ExitCodes.Success);
        Assert.Equal(5, Frames("clear.mp4").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Nlcl.Derain("derain", _folder["rainy.gif"], _folder["clear.gif"]).Expect(ExitCodes.Usage).OneErrorLine();
    }

    [Fact]
    public void Shards_are_joined_and_gaps_refused()
    {
        Clip("rainy.mp4", 4);
        string[] options = ["--codec", "ffv1", "--segment", "0.5"];
        Nlcl.Derain(["derain", _folder["rainy.mp4"], _folder["whole.mkv"], .. options]).Expect(ExitCodes.Success);
        Nlcl.Derain("merge", _folder["rainy.mp4"], _folder["clear.mkv"]).Expect(ExitCodes.Output).OneErrorLine();
        Nlcl.Derain(["derain", _folder["rainy.mp4"], _folder["clear.mkv"], "--shard", "2/2", .. options]).Expect(ExitCodes.Success);
        Assert.Contains("1 of 2", Nlcl.Derain("merge", _folder["rainy.mp4"], _folder["clear.mkv"]).Expect(ExitCodes.Output).OneErrorLine());
        Nlcl.Derain(["derain", _folder["rainy.mp4"], _folder["clear.mkv"], "--shard", "1/2", .. options]).Expect(ExitCodes.Success);
        Nlcl.Derain("merge", _folder["rainy.mp4"], _folder["clear.mkv"]).Expect(ExitCodes.Success);
        Assert.Contains("already", Nlcl.Derain("merge", _folder["rainy.mp4"], _folder["clear.mkv"]).Expect(ExitCodes.Success).Errors);
        Assert.Equal(Frames("whole.mkv"), Frames("clear.mkv"));
        Assert.Equal(["clear.mkv", "rainy.mp4", "whole.mkv"], _folder.Files());
    }

    [Fact]
    public void A_folder_is_shared_by_files()
    {
        Directory.CreateDirectory(_folder["in"]);
        for (int index = 0; index < 5; index++)
        {
            using OpenCvSharp.Mat picture = TestPictures.Scene(40, 32, index);
            OpenCvSharp.Cv2.ImWrite(Path.Combine(_folder["in"], $"{index}.png"), picture);
        }
        File.WriteAllText(Path.Combine(_folder["in"], "bad.png"), "no picture");

        Nlcl.Derain("derain", _folder["in"], _folder["out"], "--shard", "1/2").Expect(ExitCodes.Success);
        Assert.Contains("2 of 2", Nlcl.Derain("merge", _folder["in"], _folder["out"]).Expect(ExitCodes.Output).OneErrorLine());
        Assert.Contains("number of shards", Nlcl.Derain("derain", _folder["in"], _folder["out"], "--shard", "1/3").Expect(ExitCodes.Output).OneErrorLine());
        Nlcl.Derain("derain", _folder["in"], _folder["out"], "--shard", "2/2").Expect(ExitCodes.Partial);
        File.Move(Path.Combine(_folder["out"], "3.png"), _folder["3.png"]);
        Nlcl.Derain("merge", _folder["in"], _folder["out"]).Expect(ExitCodes.Output).OneErrorLine();
        ProgramResult again = Nlcl.Derain("derain", _folder["in"], _folder["out"], "--shard", "2/2", "--resume", "--json").Expect(ExitCodes.Partial);
        Assert.Equal(1, (int?)again.JsonLines()[^1]["skipped"]);
        Nlcl.Derain("merge", _folder["in"], _folder["out"]).Expect(ExitCodes.Partial);
        Nlcl.Derain("merge", _folder["in"], _folder["out"]).Expect(ExitCodes.Success);
        Assert.Equal(["0.png", "1.png", "2.png", "3.png", "4.png"], Directory.EnumerateFileSystemEntries(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("yuv420p", "101x57")]
    [InlineData("yuv422p10le", "64x48")]
    public void A_pipe_of_raw_frames_goes_in_and_out(string format, string size)
    {
        // No two frames alike: of a pipe no more than one is read ahead, of a file as many as repeat one another.
        Nlcl.Ffmpeg("-f", "lavfi", "-i", $"testsrc2=s={size}:r=30000/1001,noise=alls=40:allf=t", "-frames:v", "5", "-pix_fmt", format, "-strict", "-1", _folder["in.y4m"]);
        string script = $"dotnet {s_program} derain - - --json < {_folder["in.y4m"]} > {_folder["out.y4m"]}";
        ProgramResult piped = Nlcl.Run("bash", "-c", script).Expect(ExitCodes.Success);
        Assert.Equal(5, (int?)JsonNode.Parse(piped.Errors.Trim().Split('\n')[^1])!["done"]);
        Assert.Equal(new FileInfo(_folder["in.y4m"]).Length, new FileInfo(_folder["out.y4m"]).Length);

        // From the stream to a file, and from a file to the stream: the same frames.
        Nlcl.Run("bash", "-c", $"dotnet {s_program} derain - {_folder["out.mkv"]} --codec ffv1 < {_folder["in.y4m"]}").Expect(ExitCodes.Success);
        Nlcl.Ffmpeg("-i", _folder["in.y4m"], "-c:v", "ffv1", _folder["in.mkv"]);
        Nlcl.Run("bash", "-c", $"dotnet {s_program} derain {_folder["in.mkv"]} - > {_folder["file.y4m"]}").Expect(ExitCodes.Success);
        Assert.Equal(Frames("out.y4m"), Frames("out.mkv"));
        Assert.Equal(Frames("out.y4m"), Frames("file.y4m"));
        Assert.Equal("30000/1001", Nlcl.Ffprobe("-show_entries", "stream=r_frame_rate", "-of", "csv=p=0", _folder["out.mkv"]));
    }

    [Theory]
    [InlineData("C411", "411")]
    [InlineData("C420p12", "420p12")]
    [InlineData("Cmono", "mono")]
    [InlineData("C420jpeg\nFRAME\nxx", "cut off in frame 1")]
    [InlineData("C420jpeg\nFRAMES\nxx", "does not begin where it must")]
    [InlineData("C420jpeg\n", "holds no frame")]
    public void A_stream_that_is_not_processed_says_so(string rest, string expected)
    {
        File.WriteAllText(_folder["in.y4m"], "YUV4MPEG2 W4 H4 F25:1 " + rest + (rest.Contains('\n', StringComparison.Ordinal) ? "" : "\n"));
        Assert.Contains(expected, Nlcl.Run("bash", "-c", $"dotnet {s_program} derain - {_folder["out.mkv"]} < {_folder["in.y4m"]}").Expect(ExitCodes.Input).OneErrorLine());
        Assert.Contains(expected, Nlcl.Run("bash", "-c", $"dotnet {s_program} derain - - < {_folder["in.y4m"]}").Expect(ExitCodes.Input).OneErrorLine());
        Assert.Equal(["in.y4m"], _folder.Files());
    }

    [Fact]
    public void Who_closes_the_pipe_is_told_by_one_line()
    {
        Clip("rainy.mp4", 4);
        ProgramResult result = Nlcl.Run("bash", "-c", $"set -o pipefail; dotnet {s_program} derain {_folder["rainy.mp4"]} - | head -c 100000 > {_folder["head"]}");
        Assert.Equal(ExitCodes.Output, result.ExitCode);
        Assert.Contains("nobody reads it", result.OneErrorLine());
    }

    [Fact]
    public void A_signal_ends_also_a_job_that_waits_for_a_silent_pipe()
    {
        using Process job = Process.Start(new ProcessStartInfo("dotnet", [s_program, "derain", "-", "-", "--json"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        string frame = "FRAME\n" + new string('x', 48);
        job.StandardInput.Write("YUV4MPEG2 W4 H4 F25:1 C444\n" + frame + frame);
        job.StandardInput.Flush();
        byte[] answer = new byte[33 + 48];
        job.StandardOutput.BaseStream.ReadExactly(answer); // it has done the first frame, for which it wants to see the second, and waits for the third
        Nlcl.Run("kill", "-TERM", job.Id.ToString(null, null)).Expect(0);
        Assert.True(job.WaitForExit(TimeSpan.FromSeconds(20)), "still running 20 s after SIGTERM");
        Assert.Equal(ExitCodes.Terminated, job.ExitCode);
    }

    [Fact]
    public void A_camera_that_is_not_there_is_one_line()
    {
        Assert.Contains("shows no picture", Nlcl.Derain("derain", "camera:97", _folder["clear.mkv"]).Expect(ExitCodes.Input).OneErrorLine());
        Assert.Empty(_folder.Files());
        Assert.Contains("a camera goes to a file", Nlcl.Derain("derain", "camera:0", "-").Expect(ExitCodes.Usage).OneErrorLine());
    }

    [Fact]
    public void Without_ffmpeg_the_loss_is_said()
    {
        Clip("rainy.mp4", 1);
        string path = $"PATH={_folder["bin"]}";
        Directory.CreateDirectory(_folder["bin"]);
        string dotnet = Environment.ProcessPath ?? "";
        string runtime = dotnet.EndsWith("dotnet", StringComparison.Ordinal) ? dotnet : "/usr/bin/dotnet";
        ProgramResult result = Nlcl.Run("env", path, runtime, s_program, "derain", _folder["rainy.mp4"], _folder["clear.avi"]).Expect(ExitCodes.Success);
        Assert.Contains("without ffmpeg sound", result.Errors);
        Assert.Contains("constant", result.Errors);
        Assert.Contains("install ffmpeg", Nlcl.Run("env", path, runtime, s_program, "derain", _folder["rainy.mp4"], _folder["again.avi"], "--resume").Expect(ExitCodes.Output).OneErrorLine());
        Assert.Contains("ffmpeg", Nlcl.Run("bash", "-c", $"printf 'YUV4MPEG2 W4 H4\\n' | env {path} {runtime} {s_program} derain - {_folder["x.mkv"]}").Expect(ExitCodes.Missing).OneErrorLine());
        Assert.Equal(["clear.avi", "rainy.mp4"], _folder.Files());
    }

    void Clip(string name, int seconds) => Nlcl.Ffmpeg(
        "-f", "lavfi", "-i", $"testsrc2=size=160x120:rate=25:duration={seconds}", "-f", "lavfi", "-i", $"sine=frequency=440:duration={seconds}",
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest", _folder[name]);

    string[] Segments() => Directory.Exists(_folder[".clear.mkv.nlcl"]) ? Directory.GetFiles(_folder[".clear.mkv.nlcl"], "segment-*") : [];

    string Frames(string name) => Nlcl.Run("ffmpeg", "-v", "error", "-i", _folder[name], "-map", "0:v", "-vsync", "passthrough", "-f", "framehash", "-hash", "md5", "-").Expect(0).Output
        .Split('\n').Where(line => line.Length > 0 && line[0] != '#').Aggregate("", (all, line) => all + line.Split(',')[^1].Trim() + "\n");

    static Process Start(params string[] arguments) => Nlcl.Start("dotnet", [s_program, .. arguments]);

    static int[] Children(int parent) => [.. File.ReadAllText($"/proc/{parent}/task/{parent}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
}
