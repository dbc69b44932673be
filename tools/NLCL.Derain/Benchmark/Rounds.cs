using System.Diagnostics;
using System.Globalization;

namespace NLCL.Derain;

/// <summary>Who takes part, and with what.</summary>
/// <param name="Name">Who.</param>
/// <param name="Run">Does the work once.</param>
/// <param name="IsPeer">Another engine that does the same work as NLCL's whole.</param>
/// <param name="Frames">That it does the work on; times are given for one.</param>
sealed record Contestant(string Name, Action Run, bool IsPeer = false, int Frames = 1);

/// <summary>The median times of one contestant.</summary>
/// <param name="Name">Who.</param>
/// <param name="Seconds">On the clock.</param>
/// <param name="CpuSeconds">Of all cores, child processes included.</param>
/// <param name="IsPeer">Another engine that does the same work as NLCL's whole.</param>
readonly record struct Lap(string Name, double Seconds, double CpuSeconds, bool IsPeer);

/// <summary>Contestants in turn, round after round, so that a noisy machine is equally noisy to all.</summary>
static class Rounds
{
    /// <summary>Medians over the rounds, in the contestants' order.</summary>
    public static IReadOnlyList<Lap> Run(IReadOnlyList<Contestant> contestants, int rounds, bool warmUp, CancellationToken cancellation)
    {
        double[][] seconds = [.. contestants.Select(_ => new double[rounds])];
        double[][] cpuSeconds = [.. contestants.Select(_ => new double[rounds])];
        for (int round = warmUp ? -1 : 0; round < rounds; round++)
        {
            for (int index = 0; index < contestants.Count; index++)
            {
                cancellation.ThrowIfCancellationRequested();
                double cpu = CpuTime();
                long start = Stopwatch.GetTimestamp();
                contestants[index].Run();
                if (round < 0) { continue; }
                seconds[index][round] = Stopwatch.GetElapsedTime(start).TotalSeconds / contestants[index].Frames;
                cpuSeconds[index][round] = (CpuTime() - cpu) / contestants[index].Frames;
            }
        }
        return [.. contestants.Select((contestant, index) => new Lap(contestant.Name, Median(seconds[index]), Median(cpuSeconds[index]), contestant.IsPeer))];
    }

    static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    /// <summary>Of this process and the children that have ended (proc(5), /proc/PID/stat, fields 16 and 17, in hundredths).</summary>
    static double CpuTime()
    {
        double own = Environment.CpuUsage.TotalTime.TotalSeconds;
        if (!OperatingSystem.IsLinux()) { return own; }
        string line = File.ReadAllText("/proc/self/stat");
        // Behind the program's name, which stands in brackets and may hold blanks, comes field 3.
        string[] fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return own + ((long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / 100.0);
    }
}
