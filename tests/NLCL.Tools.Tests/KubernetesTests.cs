using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using NLCL.CommandLine;

namespace NLCL.Tools.Tests;

/// <summary>The Indexed Job as it stands in tools/deploy, its command run once for each index: no cluster, but its very words.</summary>
public sealed partial class KubernetesTests : IDisposable
{
    static readonly string s_job = File.ReadAllText(Repository.PathOf("tools", "deploy", "kubernetes", "derain.yaml"));

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_command_of_each_index_makes_a_shard_and_merge_joins_them()
    {
        int completions = int.Parse(Completions().Match(s_job).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.True(completions > 1);
        // The words of the file, on this machine's program and folder.
        string command = Command().Match(s_job).Groups[1].Value
            .Replace("/nlcl/tools/nlcl", $"dotnet '{Repository.Program("NLCL.Derain", "nlcl-derain")}'", StringComparison.Ordinal)
            .Replace("/data/", _folder.Path + "/", StringComparison.Ordinal);
        Nlcl.Ffmpeg("-f", "lavfi", "-i", "testsrc2=s=64x48:r=4:d=16", "-f", "lavfi", "-i", "sine=d=16", "-c:v", "libx264", "-g", "8", "-c:a", "aac", _folder["rainy.mkv"]);
        for (int index = completions - 1; index >= 0; index--)
        {
            ProcessStartInfo start = new("bash", ["-c", command]) { RedirectStandardError = true };
            start.Environment["JOB_COMPLETION_INDEX"] = index.ToString(CultureInfo.InvariantCulture);
            start.Environment.Remove("NLCL_ROOT");
            using Process pod = Process.Start(start)!;
            string errors = pod.StandardError.ReadToEnd();
            pod.WaitForExit();
            Assert.True(pod.ExitCode == 0, $"index {index}: {errors}");
            Assert.Contains($"shard {index + 1}/{completions}", errors);
        }
        Nlcl.Derain("merge", _folder["rainy.mkv"], _folder["clear.mkv"]).Expect(ExitCodes.Success);
        Nlcl.Derain("derain", _folder["rainy.mkv"], _folder["whole.mkv"]).Expect(ExitCodes.Success);
        Assert.Equal(Frames("whole.mkv"), Frames("clear.mkv"));
        Assert.Equal(["clear.mkv", "rainy.mkv", "whole.mkv"], _folder.Files());
    }

    [Fact]
    public void Exit_codes_that_end_the_job_are_those_where_trying_again_does_not_help()
    {
        int[] ends = [.. NoRetry().Match(s_job).Groups[1].Value.Split(',').Select(code => int.Parse(code, CultureInfo.InvariantCulture))];
        Assert.Equal([ExitCodes.Usage, ExitCodes.Input, ExitCodes.Output, ExitCodes.Model, ExitCodes.Device, ExitCodes.Missing], ends);
        // Restart rules of the container would hide the exit code from the job's.
        Assert.Contains("restartPolicy: Never", s_job);
        Assert.Contains("completionMode: Indexed", s_job);
    }

    string Frames(string name) => Nlcl.Run("ffmpeg", "-v", "error", "-i", _folder[name], "-map", "0:v", "-vsync", "passthrough", "-f", "framemd5", "-").Expect(0).Output;

    [GeneratedRegex(@"^\s+completions: (\d+)$", RegexOptions.Multiline)]
    private static partial Regex Completions();

    [GeneratedRegex(@"^\s+- (exec /nlcl.*)$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"^\s+values: \[(.*)\]$", RegexOptions.Multiline)]
    private static partial Regex NoRetry();
}
