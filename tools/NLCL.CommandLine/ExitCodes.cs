namespace NLCL.CommandLine;

/// <summary>What the commands answer to the shell. The README's table lists the same codes; a test compares them.</summary>
public static class ExitCodes
{
    /// <summary>All that was asked for is done.</summary>
    public const int Success = 0;

    /// <summary>A failure that nobody foresaw: a defect worth reporting.</summary>
    public const int Unexpected = 1;

    /// <summary>The command line is wrong: unknown option, missing or ill-formed value.</summary>
    public const int Usage = 2;

    /// <summary>An input is missing, unreadable, damaged, or of a kind that is not supported.</summary>
    public const int Input = 3;

    /// <summary>The output cannot be written: it exists already, no space, no permission.</summary>
    public const int Output = 4;

    /// <summary>The model file is missing or refused.</summary>
    public const int Model = 5;

    /// <summary>The device asked for is not there or does not work.</summary>
    public const int Device = 6;

    /// <summary>A program or package that is needed is missing; the message has the command that installs it.</summary>
    public const int Missing = 7;

    /// <summary>Of several inputs some failed; the others are done.</summary>
    public const int Partial = 8;

    /// <summary>Training cannot go on: the loss is no longer a number.</summary>
    public const int Diverged = 9;

    /// <summary>Stopped by SIGINT (Ctrl-C): 128 + 2.</summary>
    public const int Interrupted = 130;

    /// <summary>Stopped by SIGTERM: 128 + 15.</summary>
    public const int Terminated = 143;
}
