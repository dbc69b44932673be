using System.Diagnostics;

namespace NLCL.Training;

/// <summary>Adds up where the time of a training goes. Used from one thread.</summary>
sealed class PartClock
{
    readonly Dictionary<string, long> _ticks = new(StringComparer.Ordinal);

    /// <summary>Measures until the result is disposed.</summary>
    public Part Measure(string name) => new(this, name);

    /// <summary>Milliseconds of each part, divided by a number of iterations.</summary>
    public IReadOnlyDictionary<string, double> PerIteration(long iterations) => _ticks.ToDictionary(
        pair => pair.Key,
        pair => Math.Round(Stopwatch.GetElapsedTime(0, pair.Value).TotalMilliseconds / Math.Max(iterations, 1), 3));

    public readonly struct Part(PartClock clock, string name) : IDisposable
    {
        readonly long _start = Stopwatch.GetTimestamp();

        public void Dispose()
        {
            long ticks = Stopwatch.GetTimestamp() - _start;
            clock._ticks[name] = clock._ticks.GetValueOrDefault(name) + ticks;
        }
    }
}
