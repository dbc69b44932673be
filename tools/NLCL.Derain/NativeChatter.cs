using System.Runtime.InteropServices;
using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>
/// Keeps libpng, libtiff, libjpeg and OpenCV from writing to standard error what the exception says in one line. What .NET
/// itself writes goes through a descriptor of its own and is not touched.
/// </summary>
static partial class NativeChatter
{
    const int StandardError = 2;
    const int WriteOnly = 1;
    const int DuplicateForThisProcessAlone = 1030; // F_DUPFD_CLOEXEC

    /// <summary>Until it is disposed; with NLCL_TRACE set everything is shown.</summary>
    public static IDisposable Hush()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable(CommandProgram.TraceVariable) is { Length: > 0 }) { return new Hushed(-1); }
        Console.Error.Flush(); // opens .NET's own descriptor, if nothing was written yet
        int nowhere = Open("/dev/null", WriteOnly);
        int saved = nowhere < 0 ? -1 : Fcntl(StandardError, DuplicateForThisProcessAlone, 3);
        if (saved >= 0) { _ = Dup2(nowhere, StandardError); }
        if (nowhere >= 0) { _ = Close(nowhere); }
        return new Hushed(saved);
    }

    /// <summary>Reads a picture of a folder in that silence.</summary>
    public static Mat ReadHushed(this PictureFolder folder, string file)
    {
        using IDisposable hushed = Hush();
        return folder.Read(file);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Dup2(int from, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    sealed class Hushed(int saved) : IDisposable
    {
        int _saved = saved;

        public void Dispose()
        {
            int descriptor = Interlocked.Exchange(ref _saved, -1);
            if (descriptor < 0) { return; }
            _ = Dup2(descriptor, StandardError);
            _ = Close(descriptor);
        }
    }
}
