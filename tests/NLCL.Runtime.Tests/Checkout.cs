using System.Diagnostics;

namespace NLCL.Runtime.Tests;

/// <summary>The checkout that these tests were built from, and programs started in it.</summary>
static class Checkout
{
    public static string Root { get; } = Find();

    /// <summary>Debug or release, as this test was built.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Name;

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A built program of the checkout.</summary>
    public static string Program(string project) => PathOf("artifacts", "bin", project, Configuration, project + ".dll");

    /// <summary>Starts <c>dotnet</c> with its output redirected.</summary>
    public static Process Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Root };
        // A build server that outlives the command would hold its output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        return Process.Start(start)!;
    }

    /// <summary>Runs <c>dotnet</c> to its end: exit code and all output.</summary>
    public static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Dotnet(arguments);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        output += await error;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }

    static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NLCL.sln")))
        {
            folder = folder.Parent;
        }
        // Published for a machine without the SDK, they lie anywhere.
        return folder?.FullName ?? Environment.GetEnvironmentVariable("NLCL_ROOT")
            ?? throw new DirectoryNotFoundException("NLCL.sln is in no folder above the tests, and NLCL_ROOT does not name the checkout.");
    }
}
