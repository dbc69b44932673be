namespace NLCL.Training;

/// <summary>Writes files that are either there as a whole or not at all.</summary>
static class AtomicFile
{
    // What .NET passes on of Linux' ENOSPC and EDQUOT, and of Windows' ERROR_DISK_FULL.
    const int NoSpace = 28, OverQuota = 122, DiskFull = unchecked((int)0x80070070);

    /// <summary>Writes under a temporary name in the same folder, flushes to the disk, then renames over the target.</summary>
    /// <exception cref="IOException">There is no space, or the file cannot be written; what was there before stays.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        string temporary = $"{full}.{Environment.ProcessId}.partial";
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception failure)
        {
            File.Delete(temporary);
            if (failure is IOException { HResult: NoSpace or OverQuota or DiskFull })
            {
                throw new IOException($"{full}: no space left to write it; make room, then go on. What was there before is untouched.", failure);
            }
            throw;
        }
    }

    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
