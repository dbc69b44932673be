using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace NLCL.Derain;

/// <summary>What a process holds at one moment.</summary>
/// <param name="Done">Frames or photos done by then.</param>
/// <param name="Seconds">Since the start.</param>
/// <param name="Bytes">Resident memory.</param>
/// <param name="Handles">Open descriptors.</param>
/// <param name="Threads">Of the operating system.</param>
readonly record struct ProcessSample(long Done, double Seconds, long Bytes, int Handles, int Threads);

/// <summary>Samples this process through a long run and says whether it stays flat. Linux tells in /proc.</summary>
sealed class ProcessWatch(long total)
{
    /// <summary>The first part warms up: code is compiled, pools fill.</summary>
    const double WarmUp = 0.2;

    /// <summary>Short runs cannot tell a megabyte an hour from noise, so so much may be lost in the whole run.</summary>
    const double MostGrowth = 16 << 20;

    const double MostGrowthPerHour = 1 << 20;

    // Child processes come and go with the segments of a clip; one left behind by each would be tens within the shortest soak.
    const int MoreHandles = 8;
    const int MoreThreads = 4;

    const double Mebibyte = 1 << 20;

    readonly Stopwatch _clock = Stopwatch.StartNew();
    readonly long _interval = Math.Max(total / 400, 1);
    readonly List<ProcessSample> _samples = [];
    long _childrenPeak;

    /// <summary>Call after each frame; samples now and then.</summary>
    public void Done(long count)
    {
        if (count % _interval != 0) { return; }
        // The collector waits until there is garbage for a processor's whole cache: on a large server, more than a short run makes. What has survived
        // a collection, as a clip's segment under way does, waits longer still, so all generations.
#pragma warning disable RS0030 // Nothing here waits for a finalizer: this only takes garbage out of what is measured.
        GC.Collect();
#pragma warning restore RS0030
        _samples.Add(new(count, _clock.Elapsed.TotalSeconds, Status("self", "VmRSS"), Directory.GetFiles("/proc/self/fd").Length, (int)Status("self", "Threads")));
        if (_samples.Count % 20 == 1) { _childrenPeak = Math.Max(_childrenPeak, Children().Sum(child => Status(child, "VmHWM"))); }
    }

    public SoakResult Judge(string name, string unit)
    {
        ProcessSample[] measured = [.. _samples.Where(sample => sample.Done >= WarmUp * total)];
        if (measured.Length < 4) { return new(name, [(unit, JsonValue.Create(total))], "too few to judge; run more"); }
        double seconds = measured[^1].Seconds - measured[0].Seconds;
        double perSecond = Slope(measured);
        double growth = perSecond * seconds;
        ProcessSample[] before = measured[..(measured.Length / 2)], after = measured[(measured.Length / 2)..];
        string? problem = growth > MostGrowth && perSecond * 3600 > MostGrowthPerHour ? $"memory grew by {growth / Mebibyte:0.0} MiB in {seconds:0} s"
            : Median(after, sample => sample.Handles) > Median(before, sample => sample.Handles) + MoreHandles ? "handles grew"
            : Median(after, sample => sample.Threads) > Median(before, sample => sample.Threads) + MoreThreads ? "threads grew"
            : null;
        return new(name,
        [
            (unit, JsonValue.Create(total)),
            ("seconds", Number(measured[^1].Seconds, 1)),
            ("rate", Number(Rate(measured), 2)),
            ("rateDriftPercent", Number(100 * ((Rate(after) / Rate(before)) - 1), 1)),
            ("rssMiBAfterWarmUp", Number(measured[0].Bytes / Mebibyte, 1)),
            ("rssMiBAtEnd", Number(measured[^1].Bytes / Mebibyte, 1)),
            ("rssGrowthMiB", Number(growth / Mebibyte, 2)),
            ("rssMiBPerHour", Number(perSecond * 3600 / Mebibyte, 2)),
            ("rssBytesPerUnit", Number(growth / Math.Max(measured[^1].Done - measured[0].Done, 1), 2)),
            ("peakMiB", Number(Status("self", "VmHWM") / Mebibyte, 1)),
            ("peakMiBOfChildren", Number(_childrenPeak / Mebibyte, 1)),
            // Of the first half after warming up, and of the second.
            ("handles", JsonValue.Create($"{Median(before, sample => sample.Handles)} then {Median(after, sample => sample.Handles)}")),
            ("threads", JsonValue.Create($"{Median(before, sample => sample.Threads)} then {Median(after, sample => sample.Threads)}")),
        ], problem);
    }

    /// <summary>A number of /proc/PID/status, kibibytes as bytes; 0 where it is not there.</summary>
    public static long Status(string process, string name)
    {
        try
        {
            foreach (string line in File.ReadLines($"/proc/{process}/status"))
            {
                if (line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] == ':')
                {
                    long value = long.Parse(line.AsSpan(name.Length + 1).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture);
                    return line.EndsWith("kB", StringComparison.Ordinal) ? value << 10 : value;
                }
            }
        }
        catch (IOException)
        {
            // The process has just ended.
        }
        return 0;
    }

    static double Rate(ProcessSample[] samples) => (samples[^1].Done - samples[0].Done) / Math.Max(samples[^1].Seconds - samples[0].Seconds, 1e-9);

    static int Median(ProcessSample[] samples, Func<ProcessSample, int> number) => samples.Select(number).Order().ElementAt(samples.Length / 2);

    /// <summary>Least squares of memory over time, in bytes a second.</summary>
    static double Slope(ProcessSample[] samples)
    {
        double meanTime = samples.Average(sample => sample.Seconds), meanBytes = samples.Average(sample => (double)sample.Bytes);
        double variance = samples.Sum(sample => Math.Pow(sample.Seconds - meanTime, 2));
        return variance == 0 ? 0 : samples.Sum(sample => (sample.Seconds - meanTime) * (sample.Bytes - meanBytes)) / variance;
    }

    static IEnumerable<string> Children()
    {
        string self = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return Directory.GetDirectories("/proc").Select(folder => Path.GetFileName(folder)!).Where(name => char.IsAsciiDigit(name[0]) && Status(name, "PPid").ToString(CultureInfo.InvariantCulture) == self);
    }

    static JsonValue Number(double value, int digits) => JsonValue.Create(Math.Round(value, digits));
}
