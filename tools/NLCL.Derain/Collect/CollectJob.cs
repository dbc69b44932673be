using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>Goes through the sources; what is done already is passed over, what fails is reported.</summary>
sealed class CollectJob(string output, CollectRules rules, Derainer derainer)
{
    /// <returns>The exit code.</returns>
    public int Run(IReadOnlyList<string> inputs, CancellationToken cancellation)
    {
        (FileInfo File, string Name)[] sources = [.. inputs.SelectMany(Find).DistinctBy(source => source.File.FullName)];
        if (sources.Length == 0) { throw new CommandException(ExitCodes.Input, $"nothing to collect from: no picture or video in {string.Join(", ", inputs.Select(input => $"'{input}'"))}."); }
        Directory.CreateDirectory(output);
        CollectManifest manifest = CollectManifest.Open(output, rules, derainer.Contract.Name);
        using ProgressPrinter progress = new($"collect {output}", "sources", json: false);
        SourceTally all = new();
        int failed = 0, known = 0, done = 0;
        foreach ((FileInfo file, string wanted) in sources)
        {
            cancellation.ThrowIfCancellationRequested();
            if (manifest.Has(file)) { known++; }
            else
            {
                manifest.Drop(file);
                string name = manifest.NameFor(file, wanted);
                try
                {
                    CollectSource collected = new(file, name, output, rules, derainer, [.. manifest.Hashes]);
                    collected.Run(cancellation);
                    manifest.Add(file, name, collected.Lines, collected.Summary());
                    all.Add(collected.Tally);
                }
                catch (Exception failure) when (failure is PictureFileException or CommandException { ExitCode: ExitCodes.Input })
                {
                    failed++;
                    ConsoleText.WriteWarning(failure.Message);
                }
            }
            progress.Report(++done, sources.Length);
        }
        progress.Finish(done);
        Console.WriteLine($"{output}: {all.Text()} from {sources.Length - known - failed} sources{(known > 0 ? $"; {known} were done before" : "")}{(failed > 0 ? $"; {failed} could not be read" : "")}");
        return failed == 0 ? ExitCodes.Success : failed == sources.Length ? ExitCodes.Input : ExitCodes.Partial;
    }

    /// <summary>The files of an input, folders with all that is below them, each with a name that says where it lay.</summary>
    IEnumerable<(FileInfo File, string Name)> Find(string input)
    {
        if (File.Exists(input))
        {
            return MediaKinds.Of(input) != MediaKind.Unknown
                ? [(new FileInfo(input), NameOf(Path.GetFileName(input)))]
                : throw new CommandException(ExitCodes.Usage, $"'{input}' is neither a picture nor a video by its name.");
        }
        if (!Directory.Exists(input)) { throw new CommandException(ExitCodes.Input, $"'{input}' is not there; name clips, pictures or folders of them."); }
        string own = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)) + Path.DirectorySeparatorChar;
        return Directory.EnumerateFiles(input, "*", SearchOption.AllDirectories)
            .Where(file => MediaKinds.Of(file) != MediaKind.Unknown && Path.GetFileName(file)[0] != '.' && !Path.GetFullPath(file).StartsWith(own, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => (new FileInfo(file), NameOf(Path.GetRelativePath(input, file))));
    }

    static string NameOf(string path) => path.Replace(Path.DirectorySeparatorChar, '_').Replace('.', '_');
}
