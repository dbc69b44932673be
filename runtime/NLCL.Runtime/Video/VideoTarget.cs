namespace NLCL.Runtime;

/// <summary>An output file on its way: written under a temporary name in its folder, renamed when complete, else removed.</summary>
sealed class VideoTarget : IDisposable
{
    readonly string _output;
    readonly bool _overwrite;
    readonly List<string> _companions = [];
    bool _published;

    VideoTarget(string output, bool overwrite)
    {
        _output = output;
        _overwrite = overwrite;
        // Short, so that the longest name that a folder takes can be an output; the extension chooses the container.
        TemporaryPath = Path.Combine(Path.GetDirectoryName(output)!, ".nlcl-" + Guid.NewGuid().ToString("N")[..8] + Path.GetExtension(output));
    }

    /// <summary>The file to write to.</summary>
    public string TemporaryPath { get; }

    /// <summary>Checks both names, before any work.</summary>
    /// <exception cref="FileNotFoundException">There is no such input.</exception>
    /// <exception cref="VideoException">The output exists, is the input, has no extension, or its folder is missing or read-only.</exception>
    public static VideoTarget Create(string input, string output, bool overwrite)
    {
        if (!File.Exists(input))
        {
            throw new FileNotFoundException($"{input.ReplaceLineEndings(" ")}: there is no such file", input);
        }

        if (RealPath(input) == RealPath(output))
        {
            throw new VideoException(output, "input and output are the same file; name another output");
        }

        if (Directory.Exists(output))
        {
            throw new VideoException(output, "is a folder; name a file in it");
        }

        if (!overwrite && File.Exists(output))
        {
            throw new VideoException(output, "exists already; remove it, name another output, or set Overwrite");
        }

        if (!Path.HasExtension(output))
        {
            throw new VideoException(output, "has no extension; name the container, such as .mp4 or .mkv");
        }

        var target = new VideoTarget(output, overwrite);
        try
        {
            File.Create(target.TemporaryPath).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            target.Dispose();
            throw new VideoException(output, $"its folder cannot be written to: {e.Message}", e);
        }

        return target;
    }

    /// <summary>A further temporary file, removed at the end in any case.</summary>
    public string Companion(string ending)
    {
        _companions.Add(TemporaryPath + ending);
        return _companions[^1];
    }

    /// <summary>Brings the file to the disk and gives it its name.</summary>
    public void Publish()
    {
        try
        {
            using (var file = new FileStream(TemporaryPath, FileMode.Open, FileAccess.ReadWrite))
            {
                file.Flush(flushToDisk: true);
            }

            File.Move(TemporaryPath, _output, _overwrite);
            _published = true;
        }
        catch (IOException e)
        {
            throw new VideoException(_output, $"the finished file cannot be given its name: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        foreach (var path in _published ? _companions : [TemporaryPath, .. _companions])
        {
            // Deleting what is not there is allowed, but not in a folder that is not there.
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
    }

    // Follows symbolic links of the file and of every folder above it.
    static string RealPath(string path)
    {
        var parent = Path.GetDirectoryName(path);
        if (parent is null)
        {
            return path;
        }

        var here = Path.Combine(RealPath(parent), Path.GetFileName(path));
        try
        {
            return File.ResolveLinkTarget(here, returnFinalTarget: true) is { } target ? Path.GetFullPath(target.FullName) : here;
        }
        catch (IOException)
        {
            // A link that leads nowhere, or in a circle.
            return here;
        }
    }
}
