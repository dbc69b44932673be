using NLCL.CommandLine;

namespace NLCL.Tools.Tests;

/// <summary>Nothing reports to anyone: what ONNX Runtime would write to send later is never there.</summary>
public sealed class TelemetryTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public TelemetryTests() => TestPictures.WritePairs(_folder.Path, 4, 64, 48);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("doctor")]
    [InlineData("derain", "rainy/0.png", "clear.png")]
    [InlineData("benchmark", "--sizes", "64x48", "--rounds", "1", "--clip-rounds", "0")]
    public void Deraining_leaves_nothing_in_the_users_home(params string[] arguments) => LeavesNothing("NLCL.Derain", "nlcl-derain", arguments);

    [Fact]
    public void Training_and_export_leave_nothing_in_the_users_home()
    {
        LeavesNothing("NLCL.Train", "nlcl-train", "train", "--preset", "smoke", "--rainy", "rainy", "--clean", "clean", "--output", "run");
        LeavesNothing("NLCL.Train", "nlcl-train", "export", "run", "--output", "mine.onnx", "--variant", "fp32", "--variant", "int8", "--calibrate", "rainy");
    }

    // An environment of its own: ONNX Runtime keeps still where it sees that it is being tested.
    void LeavesNothing(string project, string program, params string[] arguments)
    {
        string home = _folder["home"];
        Directory.CreateDirectory(home);
        string[] kept = [.. new[] { "PATH", "DOTNET_ROOT", "LD_LIBRARY_PATH" }.Where(name => Environment.GetEnvironmentVariable(name) is not null)
            .Select(name => $"{name}={Environment.GetEnvironmentVariable(name)}")];
        Nlcl.Run("env", ["-i", "-C", _folder.Path, .. kept, $"HOME={home}", "OMP_NUM_THREADS=1", "dotnet", Repository.Program(project, program), .. arguments]).Expect(ExitCodes.Success);
        Assert.DoesNotContain(Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories), path => path.Contains("onnxruntime.db", StringComparison.Ordinal) || path.EndsWith("deviceid", StringComparison.Ordinal));
    }
}
