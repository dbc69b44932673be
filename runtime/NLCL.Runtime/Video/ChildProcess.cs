using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>A child process with piped streams: arguments as a list and never through a shell, its last words kept.</summary>
sealed class ChildProcess : IDisposable
{
    const int KeptLines = 40;

    readonly Process _process;
    readonly Func<string, string?> _listen;
    readonly Queue<string> _errors = new();
    readonly Lock _gate = new();
    long _errorCount;
    string? _firstError;

    ChildProcess(Process process, Func<string, string?>? listen)
    {
        _process = process;
        _listen = listen ?? (line => line);
    }

    /// <summary>The child's standard input.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>The child's standard output.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Completes when the child has ended and its last words are in.</summary>
    public Task Exited { get; private set; } = Task.CompletedTask;

    /// <summary>Exit status, valid after <see cref="Exited"/>; 128 + signal when killed.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Lines that the child wrote to standard error.</summary>
    public long ErrorCount => Interlocked.Read(ref _errorCount);

    /// <summary>The first line that the child wrote to standard error.</summary>
    public string? FirstError
    {
        get
        {
            lock (_gate)
            {
                return _firstError;
            }
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Each as the program sees it.</param>
    /// <param name="listen">Sees each line of standard error first, and gives back what of it is an error; null: nothing.</param>
    /// <exception cref="FileNotFoundException">There is no such program, or it may not be run.</exception>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, Func<string, string?>? listen = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = new Process { StartInfo = start };
        var child = new ChildProcess(process, listen);
        process.ErrorDataReceived += (_, line) => child.Remember(line.Data);
        try
        {
            TerminalSignals.Withhold(() => process.Start());
        }
        catch (ExternalException e)
        {
            process.Dispose();
            throw new FileNotFoundException($"{program} cannot be started: {e.Message}", program, e);
        }

        PipeCapacity.Enlarge(child.Input);
        PipeCapacity.Enlarge(child.Output);
        process.BeginErrorReadLine();
        child.Exited = process.WaitForExitAsync();
        return child;
    }

    /// <summary>Runs a program to its end and returns its standard output; what it said on standard error comes line by line.</summary>
    public static string Read(string program, IEnumerable<string> arguments, out int exitCode, out IReadOnlyList<string> errors, CancellationToken cancellationToken)
    {
        using var child = Start(program, arguments);
        child.Input.Close();
        using var stop = cancellationToken.Register(child.Kill);
        var text = child._process.StandardOutput.ReadToEnd();
        child.Exited.Wait(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        exitCode = child.ExitCode;
        errors = [.. child._errors];
        return text;
    }

    /// <summary>The last line of standard error that says something, without ffmpeg's "[name @ address]"; null if there is none.</summary>
    public string? LastError
    {
        get
        {
            lock (_gate)
            {
                return _errors.LastOrDefault();
            }
        }
    }

    /// <summary>How the child ended, in words: its last error, or its exit status.</summary>
    public string Ending =>
        LastError ?? FirstError ?? (_process.HasExited && ExitCode > 128
            ? string.Create(CultureInfo.InvariantCulture, $"killed by signal {ExitCode - 128}")
            : string.Create(CultureInfo.InvariantCulture, $"exit status {ExitCode}"));

    /// <summary>Ends the child at once, if it still runs.</summary>
    public void Kill()
    {
        try
        {
            // To find the children of a program, .NET reads /proc of every process of the machine, also where the program has ended and has none.
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or ExternalException or AggregateException)
        {
            // It has ended by itself, or was disposed of before.
        }
    }

    /// <summary>Ends the child and waits until the system has forgotten it, so that no zombie and no open file remains.</summary>
    public void Dispose()
    {
        Kill();
        Exited.Wait();
        _process.Dispose();
    }

    void Remember(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        if (_listen(WithoutPrefix(line.Trim())) is not { } text)
        {
            return;
        }

        Interlocked.Increment(ref _errorCount);
        lock (_gate)
        {
            _firstError ??= text;
            if (Array.Exists(s_generic, generic => text.StartsWith(generic, StringComparison.Ordinal)))
            {
                return;
            }

            _errors.Enqueue(text);
            if (_errors.Count > KeptLines)
            {
                _errors.Dequeue();
            }
        }
    }

    // What ffmpeg says after every failure, whatever the reason was: it would hide the line that tells it.
    static readonly string[] s_generic =
        ["Conversion failed", "Last message repeated", "Error closing file", "Terminating thread", "Task finished with error", "Error initializing output stream", "Error while opening encoder", "Could not open encoder"];

    static string WithoutPrefix(string line)
    {
        while (line.StartsWith('[') && line.IndexOf("] ", StringComparison.Ordinal) is var end and > 0 && line.AsSpan(0, end).Contains(" @ ", StringComparison.Ordinal))
        {
            line = line[(end + 2)..];
        }

        return line;
    }
}
