using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NLCL.CommandLine;

/// <summary>
/// Shows how far a job is. On a terminal: one line on standard error, rewritten ten times a second at most, with rate and
/// time left. With JSON: one object per line on standard output, one line a second. Else: a line every ten seconds.
/// </summary>
public sealed class ProgressPrinter : IDisposable
{
    static readonly TimeSpan s_terminalInterval = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan s_jsonInterval = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_logInterval = TimeSpan.FromSeconds(10);

    readonly Lock _lock = new();
    readonly Stopwatch _clock = Stopwatch.StartNew();
    readonly string _job;
    readonly string _unit;
    readonly bool _json;
    readonly TextWriter _jsonTarget;
    readonly bool _terminal;
    readonly TimeSpan _interval;
    TimeSpan _next;
    bool _lineOpen;

    /// <summary>Starts the clock.</summary>
    /// <param name="job">What is done, e.g. "derain clip.mp4".</param>
    /// <param name="unit">What is counted, e.g. "frames".</param>
    /// <param name="json">Whether to write JSON lines.</param>
    /// <param name="outputIsTaken">Standard output carries pictures: JSON goes to standard error.</param>
    public ProgressPrinter(string job, string unit, bool json, bool outputIsTaken = false)
    {
        (_job, _unit, _json) = (job, unit, json);
        _jsonTarget = outputIsTaken ? Console.Error : Console.Out;
        _terminal = !json && !Console.IsErrorRedirected;
        _interval = json ? s_jsonInterval : _terminal ? s_terminalInterval : s_logInterval;
        _next = _terminal ? TimeSpan.Zero : _interval;
    }

    /// <summary>Says how far the job is; prints only when the interval has passed.</summary>
    /// <param name="done">How many units are done.</param>
    /// <param name="total">How many there are; null: not known.</param>
    /// <param name="details">More to say, by name, e.g. losses.</param>
    public void Report(long done, long? total, IReadOnlyDictionary<string, double>? details = null)
    {
        lock (_lock)
        {
            if (_clock.Elapsed < _next) { return; }
            _next = _clock.Elapsed + _interval;
            if (_json) { _jsonTarget.WriteLine(Json("progress", done, total, details).ToJsonString()); }
            else { WriteLine(Text(done, total, details)); }
        }
    }

    /// <summary>Ends the terminal line, and with JSON writes the closing object.</summary>
    /// <param name="done">How many units were done.</param>
    /// <param name="result">What came out, for the JSON reader.</param>
    public void Finish(long done, JsonObject? result = null)
    {
        lock (_lock)
        {
            EndLine();
            if (!_json) { return; }
            JsonObject last = Json("done", done, done, null);
            foreach ((string name, JsonNode? value) in result ?? []) { last[name] = value?.DeepClone(); }
            _jsonTarget.WriteLine(last.ToJsonString());
        }
    }

    /// <summary>Ends the terminal line, so that what is printed next starts on its own.</summary>
    public void Dispose()
    {
        lock (_lock) { EndLine(); }
    }

    JsonObject Json(string kind, long done, long? total, IReadOnlyDictionary<string, double>? details)
    {
        double seconds = _clock.Elapsed.TotalSeconds;
        JsonObject line = new()
        {
            ["event"] = kind,
            ["job"] = _job,
            ["unit"] = _unit,
            ["done"] = done,
            ["total"] = total,
            ["seconds"] = Math.Round(seconds, 3),
            ["rate"] = Math.Round(done / Math.Max(seconds, 1e-9), 3),
        };
        if (SecondsLeft(done, total) is { } left) { line["secondsLeft"] = Math.Round(left, 1); }
        foreach ((string name, double value) in details ?? new Dictionary<string, double>())
        {
            line[name] = double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(JsonSerializer.SerializeToElement(value.ToString("R", null)));
        }
        return line;
    }

    string Text(long done, long? total, IReadOnlyDictionary<string, double>? details)
    {
        double rate = done / Math.Max(_clock.Elapsed.TotalSeconds, 1e-9);
        string share = total is > 0 ? $"{100.0 * done / total.Value,3:0}%  {done}/{total}" : $"{done}";
        string left = SecondsLeft(done, total) is { } seconds ? $"  {FormatDuration(TimeSpan.FromSeconds(seconds))} left" : "";
        string more = details is null ? "" : "  " + string.Join(' ', details.Select(pair => $"{pair.Key} {pair.Value:0.0000}"));
        return $"{_job}  {share} {_unit}  {rate:0.0}/s{left}{more}";
    }

    double? SecondsLeft(long done, long? total) =>
        total is > 0 && done > 0 ? _clock.Elapsed.TotalSeconds / done * Math.Max(total.Value - done, 0) : null;

    void WriteLine(string text)
    {
        if (!_terminal) { Console.Error.WriteLine(text); return; }
        int width = Math.Max(Console.WindowWidth - 1, 20);
        Console.Error.Write("\r\u001b[K" + (text.Length > width ? text[..width] : text));
        _lineOpen = true;
    }

    void EndLine()
    {
        if (_lineOpen) { Console.Error.WriteLine(); }
        _lineOpen = false;
    }

    static string FormatDuration(TimeSpan time) =>
        time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}" : $"{time.Minutes}:{time.Seconds:00}";
}
