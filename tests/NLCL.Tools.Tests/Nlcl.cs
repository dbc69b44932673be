using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;

namespace NLCL.Tools.Tests;

/// <summary>What a program that was run to its end said.</summary>
sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Standard output as JSON, one object a line.</summary>
    public JsonObject[] JsonLines() => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];

    /// <summary>Fails with all that the program said, when it ended otherwise.</summary>
    public ProgramResult Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, expected {exitCode}\n--- output\n{Output}\n--- errors\n{Errors}");
        return this;
    }

    /// <summary>The one line that a failure may say.</summary>
    public string OneErrorLine()
    {
        string[] lines = Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length == 1, "expected one line, got:\n" + Errors);
        Assert.StartsWith("nlcl: ", lines[0]);
        return lines[0];
    }
}

/// <summary>Runs the real programs.</summary>
static class Nlcl
{
    static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    /// <summary>Where the big packages of this build come from.</summary>
    public static string? Stack { get; } = typeof(Nlcl).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "Stack").Value;

    public static ProgramResult Derain(params string[] arguments) => Run("dotnet", [Repository.Program("NLCL.Derain", "nlcl-derain"), .. arguments]);

    public static ProgramResult Train(params string[] arguments) => Run("dotnet", [Repository.Program("NLCL.Train", "nlcl-train"), .. arguments]);

    public static ProgramResult Ffmpeg(params string[] arguments) => Run("ffmpeg", ["-hide_banner", "-loglevel", "error", "-nostdin", "-y", .. arguments]).Expect(0);

    public static string Ffprobe(params string[] arguments) => Run("ffprobe", ["-loglevel", "error", .. arguments]).Expect(0).Output.Trim();

    public static ProgramResult Run(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        StringBuilder errors = new();
        process.ErrorDataReceived += (_, line) => { if (line.Data is not null) { errors.AppendLine(line.Data); } };
        process.BeginErrorReadLine();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {s_limit}.");
        }
        process.WaitForExit(); // the readers too
        return new(process.ExitCode, output.GetAwaiter().GetResult(), errors.ToString());
    }

    public static Process Start(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment.Remove("NLCL_ROOT"); // the programs must find the models on their own, too
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}
