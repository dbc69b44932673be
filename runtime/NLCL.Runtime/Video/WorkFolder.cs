using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NLCL.Runtime;

/// <summary>
/// An output file on its way: a hidden folder beside it takes everything until the file is complete and gets its name in
/// one step. The folder goes away with the work, but for finished segments of a job that was stopped.
/// </summary>
sealed class WorkFolder : IDisposable
{
    const int LongestName = 255;

    readonly string _output;
    readonly bool _overwrite;
    readonly ClipShard _shard;
    FileStream? _lock;

    WorkFolder(string output, bool overwrite, ClipShard shard)
    {
        _output = output;
        _overwrite = overwrite;
        _shard = shard;
        Path = PathFor(output);
        // The extension chooses the container.
        TemporaryPath = System.IO.Path.Combine(Path, Own("whole") + System.IO.Path.GetExtension(output));
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The file to write to.</summary>
    public string TemporaryPath { get; }

    /// <summary>Leave finished segments, the plan and the manifests where they are.</summary>
    public bool Keep { get; set; }

    /// <summary>What is common to all shards.</summary>
    public string PlanPath => System.IO.Path.Combine(Path, "plan.json");

    /// <summary>The log of a shard's finished segments.</summary>
    public string ManifestPath(ClipShard shard) => System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $"shard-{shard.Number}-of-{shard.Count}.jsonl"));

    /// <summary>A finished segment.</summary>
    public string SegmentPath(long number) => System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $"segment-{number:00000000}.nut"));

    /// <summary>A new name for a segment that is being written.</summary>
    public string PartPath() => System.IO.Path.Combine(Path, Own("part") + Guid.NewGuid().ToString("N")[..8] + ".nut");

    /// <summary>A further temporary file, removed at the end in any case.</summary>
    public string Companion(string ending) => System.IO.Path.Combine(Path, Own("part") + ending);

    /// <summary>The folder that belongs to an output.</summary>
    public static string PathFor(string output)
    {
        var name = $".{System.IO.Path.GetFileName(output)}.nlcl";
        // The longest names that a folder takes leave no room.
        if (Encoding.UTF8.GetByteCount(name) > LongestName)
        {
            name = $".{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32]}.nlcl";
        }

        return System.IO.Path.Combine(System.IO.Path.GetDirectoryName(output)!, name);
    }

    /// <summary>Checks both names, before any work, and takes the folder.</summary>
    /// <param name="input">An existing file; null when the frames come from elsewhere.</param>
    /// <param name="output">The file to write.</param>
    /// <param name="overwrite">The output may exist.</param>
    /// <param name="shard">Which part of the job is done here.</param>
    /// <exception cref="FileNotFoundException">There is no such input.</exception>
    /// <exception cref="VideoException">The output exists, is the input, has no extension, is being written by another process, or its folder is missing or read-only.</exception>
    public static WorkFolder Create(string? input, string output, bool overwrite, ClipShard shard)
    {
        if (input is not null && !File.Exists(input))
        {
            throw new FileNotFoundException($"{input.ReplaceLineEndings(" ")}: there is no such file", input);
        }

        if (input is not null && RealPath(input) == RealPath(output))
        {
            throw VideoException.Output(output, "input and output are the same file; name another output");
        }

        if (!Directory.Exists(System.IO.Path.GetDirectoryName(output)))
        {
            throw VideoException.Output(output, "its folder cannot be written to: there is no such folder");
        }

        if (Directory.Exists(output))
        {
            throw VideoException.Output(output, "is a folder; name a file in it");
        }

        if (!overwrite && File.Exists(output))
        {
            throw VideoException.Output(output, "exists already; remove it, name another output, or set Overwrite");
        }

        if (!System.IO.Path.HasExtension(output))
        {
            throw VideoException.Output(output, "has no extension; name the container, such as .mp4 or .mkv");
        }

        var folder = new WorkFolder(output, overwrite, shard);
        folder.Take();
        return folder;
    }

    /// <summary>Removes what an earlier run left; for a shard, what the same shard left.</summary>
    /// <param name="ownSegments">Numbers of the segments that belong to this shard.</param>
    public void Clear(IEnumerable<long> ownSegments)
    {
        if (!_shard.IsWhole)
        {
            File.Delete(ManifestPath(_shard));
            foreach (var number in ownSegments)
            {
                File.Delete(SegmentPath(number));
            }

            return;
        }

        RefuseOthers();
        foreach (var file in Directory.EnumerateFiles(Path).Where(file => !IsOwn(file)))
        {
            File.Delete(file);
        }

        Keep = false;
    }

    /// <summary>Throws when another process is at work on a shard here.</summary>
    /// <exception cref="VideoException">It is.</exception>
    public void RefuseOthers()
    {
        foreach (var file in Directory.EnumerateFiles(Path, "lock-*").Where(file => file != _lock!.Name))
        {
            Lock(file).Dispose();
        }
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
            Keep = false;
        }
        catch (IOException e)
        {
            throw VideoException.Output(_output, $"the finished file cannot be given its name: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        try
        {
            var all = _shard.IsWhole && !Keep;
            foreach (var file in Directory.EnumerateFiles(Path).Where(file => all || IsOwn(file)))
            {
                File.Delete(file);
            }

            _lock?.Dispose();
            _lock = null;
            if (Directory.EnumerateFileSystemEntries(Path).All(file => file == PlanPath))
            {
                File.Delete(PlanPath);
                Directory.Delete(Path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk or the folder went away, and with it what was to be removed.
        }
        finally
        {
            _lock?.Dispose();
        }
    }

    // Names of what belongs to this shard alone and never outlives it.
    string Own(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{_shard.Number}-of-{_shard.Count}~");

    bool IsOwn(string file) => System.IO.Path.GetFileName(file).Contains(Own(""), StringComparison.Ordinal);

    void Take()
    {
        try
        {
            // Whatever goes wrong now: what an earlier run finished stays.
            Keep = File.Exists(PlanPath);
            Directory.CreateDirectory(Path);
            _lock = Lock(System.IO.Path.Combine(Path, Own("lock")));
            File.Create(TemporaryPath).Dispose();
        }
        catch (Exception e) when (e is not VideoException && e is IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw VideoException.Output(_output, $"its folder cannot be written to: {e.Message}", e);
        }
    }

    // An advisory lock that ends with the process, however it ends.
    FileStream Lock(string file)
    {
        var exists = File.Exists(file);
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (exists)
        {
            throw VideoException.Output(_output, "another process is at work on it; wait for it, or name another output", e);
        }
    }

    // Follows symbolic links of the file and of every folder above it.
    static string RealPath(string path)
    {
        var parent = System.IO.Path.GetDirectoryName(path);
        if (parent is null)
        {
            return path;
        }

        var here = System.IO.Path.Combine(RealPath(parent), System.IO.Path.GetFileName(path));
        try
        {
            return File.ResolveLinkTarget(here, returnFinalTarget: true) is { } target ? System.IO.Path.GetFullPath(target.FullName) : here;
        }
        catch (IOException)
        {
            // A link that leads nowhere, or in a circle.
            return here;
        }
    }
}
