using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>
/// How much a pipe holds before who writes into it must wait. Linux gives 64 KiB, the seventh part of a small frame, so that both sides wake each other up
/// dozens of times a frame.
/// </summary>
static partial class PipeCapacity
{
    // What a user without privileges may ask for (proc(5), /proc/sys/fs/pipe-max-size).
    const int Bytes = 1 << 20;

    const int SetPipeSize = 1031; // F_SETPIPE_SZ, fcntl(2)

    /// <summary>Makes it larger where that can be done; elsewhere it stays what it is.</summary>
    public static void Enlarge(Stream stream)
    {
        if (OperatingSystem.IsLinux() && stream is PipeStream pipe)
        {
            _ = Control(pipe.SafePipeHandle, SetPipeSize, Bytes);
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(SafeHandle file, int command, int argument);
}
