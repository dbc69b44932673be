using System.Diagnostics;
using System.Globalization;
using System.Text;
using NLCL.CommandLine;

namespace NLCL.Tools.Tests;

/// <summary>The real program, killed without warning.</summary>
public sealed class TrainingResumeTests : IDisposable
{
    const int Iterations = 200;

    readonly TemporaryFolder _folder = new();

    public TrainingResumeTests() => TestPictures.WritePairs(_folder.Path, 3, 80, 72);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_killed_at_any_step_and_resumed_ends_in_the_same_bytes()
    {
        Nlcl.Train(Arguments("whole")).Expect(ExitCodes.Success);
        Random random = new(Environment.TickCount); // a new moment in every run of the test; the message names it
        int[] moments = [random.Next(1, 15), random.Next(60, 120)];
        KillAfter(moments[0], Arguments("parts"));
        // Killed before its first checkpoint, a run begins again.
        KillAfter(moments[1], "train", "--resume", "--threads", "1", "--output", _folder["parts"]);

        Nlcl.Train("train", "--resume", "--threads", "1", "--output", _folder["parts"]).Expect(ExitCodes.Success);

        foreach (string file in new[] { "checkpoint.safetensors", "best.safetensors", "metrics.csv", "validation.csv", "strips/0000200.png" })
        {
            Assert.True(
                File.ReadAllBytes(Path.Combine(_folder["whole"], file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(_folder["parts"], file))),
                $"{file} differs after kills at {string.Join(", ", moments)}");
        }
        // A second kill may leave the name of a file that was being written; nothing reads it, and no resume is misled by it.
        Assert.InRange(Directory.GetFiles(_folder["parts"], "*.partial").Length, 0, 2);
    }

    /// <summary>Kills the program once its table has a row for the iteration.</summary>
    void KillAfter(int iteration, params string[] arguments)
    {
        using Process process = Nlcl.Start("dotnet", [Repository.Program("NLCL.Train", "nlcl-train"), .. arguments]);
        process.OutputDataReceived += (_, _) => { };
        StringBuilder errors = new();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!process.HasExited && LastIteration() < iteration) { Thread.Sleep(5); }
        Assert.False(process.HasExited, $"the program ended before iteration {iteration} could be seen\n{errors}");
        process.Kill(); // SIGKILL
        process.WaitForExit();
    }

    int LastIteration()
    {
        string table = Path.Combine(_folder["parts"], "metrics.csv");
        try
        {
            return File.ReadLines(table).LastOrDefault() is { } row && int.TryParse(row.Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int iteration) ? iteration : 0;
        }
        catch (FileNotFoundException) { return 0; } // not yet, or a run that begins again has just put it away
        catch (DirectoryNotFoundException) { return 0; }
    }

    string[] Arguments(string run) =>
    [
        "train", "--preset", "smoke", "--threads", "1", "--rainy", _folder["rainy"], "--clean", _folder["clean"],
        "--dev-rainy", _folder["rainy"], "--dev-clean", _folder["clean"], "--output", _folder[run], "--set", $"iterations={Iterations}",
        "--set", "checkpointEvery=7", "--set", "validateEvery=31", "--set", "stripEvery=50",
    ];
}
