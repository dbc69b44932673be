using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;

namespace NLCL.CommandLine;

/// <summary>
/// Runs a command line to its exit code: parse errors, exceptions and signals each become one line and one code.
/// The first SIGINT or SIGTERM cancels the command's token; a second one ends the process at once.
/// </summary>
/// <param name="root">The commands; see <see cref="CreateRoot"/>.</param>
/// <param name="exitCodeOf">Which code an exception of the libraries means; null: not known here.</param>
public sealed class CommandProgram(Command root, Func<Exception, int?> exitCodeOf)
{
    /// <summary>Set to see stack traces: for people who look for a defect.</summary>
    public const string TraceVariable = "NLCL_TRACE";

    /// <summary>
    /// A root named nlcl: users see one program, whichever of the two answers. (The library's own root command takes its
    /// name from the executable.)
    /// </summary>
    /// <param name="description">What the program is for, and how to start.</param>
    public static Command CreateRoot(string description) => new("nlcl", description) { new HelpOption(), new VersionOption() };

    /// <summary>Parses and runs; without any argument it shows the help.</summary>
    /// <param name="arguments">The command line without the program's name.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(string[] arguments)
    {
        OpenCvLog.Silence();
        ParseResult parsed = root.Parse(arguments.Length == 0 ? ["--help"] : arguments);
        if (parsed.Errors.Count > 0)
        {
            string problem = parsed.UnmatchedTokens is [string token, ..] ? $"'{token}' is not understood" : parsed.Errors[0].Message.TrimEnd('.');
            return Fail(ExitCodes.Usage, $"{problem}. See '{CommandPath(parsed)} --help'.");
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
        catch (StoppedException stopped) when (signalled != 0)
        {
            return Fail(signalled, stopped.Message);
        }
        // Ctrl-C reaches child processes too, and how one of them ended may be seen first.
        catch (Exception failure) when (signalled != 0 && (failure is OperationCanceledException || exitCodeOf(failure) is not null))
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

    /// <summary>The names of the commands that were recognised, from the root on.</summary>
    static string CommandPath(ParseResult parsed)
    {
        string path = "";
        for (CommandResult? result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
        {
            path = result.Command.Name + (path.Length > 0 ? " " : "") + path;
        }
        return path;
    }
}
