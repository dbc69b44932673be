using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NLCL.Runtime;

/// <summary>Tells pipes from files. Opening a pipe as a file waits for whoever writes into it, and nothing but its coming ends that.</summary>
static partial class PipeCheck
{
    // Linux' numbers.
    const int ReadOnly = 0, NonBlocking = 0x800, CloseOnExec = 0x80000;

    /// <summary>It is something that is read once and in order. What cannot be opened is none: opening it as a file will say why.</summary>
    public static bool IsPipe(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        using var handle = new SafeFileHandle(Open(path, ReadOnly | NonBlocking | CloseOnExec), ownsHandle: true);
        if (handle.IsInvalid)
        {
            return false;
        }

        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        return !stream.CanSeek;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
