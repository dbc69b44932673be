using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>
/// A terminal sends Ctrl-C, and a service manager its SIGTERM, to children too. An encoder that ends by itself then takes the end of a recording
/// with it, and a decoder that does looks like a broken file: who ends them is the program that started them. They also end when it does, with the pipes.
/// </summary>
static unsafe partial class TerminalSignals
{
    // Linux' numbers.
    const int Interrupt = 2, Terminate = 15, Block = 0, SetMask = 2;

    // More than any C library's set of signals takes.
    const int SetBytes = 128;

    /// <summary>Starts a child to which neither signal gets: it inherits the mask of the thread that starts it.</summary>
    public static void Withhold(Action start)
    {
        if (!OperatingSystem.IsLinux())
        {
            start();
            return;
        }

        byte* withheld = stackalloc byte[SetBytes], before = stackalloc byte[SetBytes];
        _ = Clear(withheld);
        _ = Add(withheld, Interrupt);
        _ = Add(withheld, Terminate);
        var changed = SetThreadMask(Block, withheld, before) == 0;
        try
        {
            start();
        }
        finally
        {
            if (changed)
            {
                _ = SetThreadMask(SetMask, before, null);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    private static partial int Clear(byte* set);

    [LibraryImport("libc", EntryPoint = "sigaddset")]
    private static partial int Add(byte* set, int signal);

    [LibraryImport("libc", EntryPoint = "pthread_sigmask")]
    private static partial int SetThreadMask(int how, byte* set, byte* before);
}
