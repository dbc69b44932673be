using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;

namespace NLCL.CommandLine;

/// <summary>
/// Runs a command line to its exit code: parse errors, exceptions and signals each become one line and one code.
/// The first SIGINT or SIGTERM cancels the command's token; a second one ends the process at once.
/// </summary>
/// <param name="root">The commands.</param>
/// <param name="exitCodeOf">Which code an exception of the libraries means; null: not known here.</param>
public sealed class CommandProgram(RootCommand root, Func<Exception, int?> exitCodeOf)
{
    /// <summary>Set to see stack traces: for people who look for a defect.</summary>
    public const string TraceVariable = "NLCL_TRACE";

    /// <summary>Parses and runs.</summary>
    /// <param name="arguments">The command line without the program's name.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(string[] arguments)
    {
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            return Fail(ExitCodes.Usage, $"{parsed.Errors[0].Message.TrimEnd('.')}. See '{CommandPath(parsed)} --help'.");
        }

        using CancellationTokenSource stop = new();
        int signalled = 0;
        using PosixSignalRegistration interrupt = OnSignal(PosixSignal.SIGINT, ExitCodes.Interrupted);
        using PosixSignalRegistration terminate = OnSignal(PosixSignal.SIGTERM, ExitCodes.Terminated);
        try
        {
            InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            int code = await parsed.InvokeAsync(configuration, stop.Token);
            return signalled != 0 && code != ExitCodes.Success ? signalled : code;
        }
        catch (OperationCanceledException) when (signalled != 0)
        {
            return Fail(signalled, "stopped; nothing half-written was left behind.");
        }
        catch (CommandException failure)
        {
            return Fail(failure.ExitCode, failure.Message, failure.InnerException);
        }
#pragma warning disable CA1031 // The last frame of the program: whatever comes becomes one line and a code.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return exitCodeOf(failure) is { } code
                ? Fail(code, failure.Message, failure)
                : Fail(ExitCodes.Unexpected, $"unexpected {failure.GetType().Name}: {failure.Message} (set {TraceVariable}=1 for details)", failure);
        }

        PosixSignalRegistration OnSignal(PosixSignal signal, int code) => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            if (Interlocked.Exchange(ref signalled, code) != 0) { Environment.Exit(code); }
            stop.Cancel();
        });
    }

    static int Fail(int code, string message, Exception? cause = null)
    {
        ConsoleText.WriteError(message);
        if (cause is not null && Environment.GetEnvironmentVariable(TraceVariable) is { Length: > 0 }) { Console.Error.WriteLine(cause); }
        return code;
    }

    /// <summary>"nlcl" and the names of the commands that were recognised.</summary>
    static string CommandPath(ParseResult parsed)
    {
        string path = "";
        for (CommandResult? result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
        {
            path = (result.Command is RootCommand ? "nlcl" : " " + result.Command.Name) + path;
        }
        return path;
    }
}
