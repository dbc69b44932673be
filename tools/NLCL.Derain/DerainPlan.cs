using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>One thing to derain.</summary>
sealed record DerainItem(string Input, string Output, bool IsVideo)
{
    /// <summary>Stands for standard input or output.</summary>
    public const string Standard = "-";

    /// <summary>The frames come from standard input.</summary>
    public bool FromStream => Input == Standard;

    /// <summary>The frames go to standard output.</summary>
    public bool ToStream => Output == Standard;

    /// <summary>The frames come from a camera or the network.</summary>
    public bool FromCamera => VideoDerainer.IsCamera(Input);

    /// <summary>The frames lie in a file, where they can be looked at before.</summary>
    public bool FromClip => IsVideo && !FromCamera && !FromStream;

    /// <summary>What is shown of the input: of an address not the password.</summary>
    public string Shown => FromCamera && Input.LastIndexOf('@') is var at and >= 0 ? Input[(at + 1)..] : Input;
}

/// <summary>What INPUT and OUTPUT of the command line mean, checked before anything is opened.</summary>
/// <param name="Items">What to derain, in the order of names.</param>
/// <param name="IsBatch">A folder or pattern was named: go on past bad files.</param>
/// <param name="Output">OUTPUT as it was given.</param>
/// <param name="Overwrite">Existing outputs may be replaced.</param>
/// <param name="Resume">Existing outputs of a batch are done already.</param>
sealed record DerainPlan(IReadOnlyList<DerainItem> Items, bool IsBatch, string Output, bool Overwrite, bool Resume)
{
    /// <summary>Reads the two arguments.</summary>
    /// <exception cref="CommandException">Nothing to do, an unknown kind of file, or an output that is in the way.</exception>
    public static DerainPlan Make(string input, string output, bool overwrite, bool resume)
    {
        if (input == DerainItem.Standard || VideoDerainer.IsCamera(input)) { return One(new(input, output, IsVideo: true), overwrite, resume); }
        bool isPattern = !File.Exists(input) && input.AsSpan().ContainsAny('*', '?');
        if (isPattern || Directory.Exists(input)) { return MakeBatch(input, output, overwrite, resume); }
        if (!File.Exists(input)) { throw new CommandException(ExitCodes.Input, $"input '{input}' is not there; name a file, a folder, or a quoted pattern."); }

        bool isVideo = MediaKinds.IsOnlyRead(input) || (IsVideo(input) ?? throw UnknownKind(input));
        if (Directory.Exists(output)) { output = Path.Combine(output, Path.GetFileName(input)); }
        return One(new(input, output, isVideo), overwrite, resume);
    }

    static DerainPlan One(DerainItem item, bool overwrite, bool resume)
    {
        if (item.FromCamera && item.ToStream) { throw new CommandException(ExitCodes.Usage, "a camera goes to a file; name one, such as clear.mkv."); }
        if (!item.ToStream || !item.IsVideo)
        {
            if (IsVideo(item.Output) is not { } outputIsVideo || outputIsVideo != item.IsVideo)
            {
                throw new CommandException(ExitCodes.Usage, $"output '{item.Output}' does not fit: a {(item.IsVideo ? "video" : "photo")} goes to one of {string.Join(' ', item.IsVideo ? MediaKinds.Video : MediaKinds.Pictures)}.");
            }
            Check(item, overwrite);
        }
        return new([item], IsBatch: false, item.Output, overwrite, resume);
    }

    static DerainPlan MakeBatch(string input, string output, bool overwrite, bool resume)
    {
        bool isFolder = Directory.Exists(input);
        string folder = isFolder ? input : Path.GetDirectoryName(input) is { Length: > 0 } parent ? parent : ".";
        string pattern = isFolder ? "*" : Path.GetFileName(input);
        if (!Directory.Exists(folder)) { throw new CommandException(ExitCodes.Input, $"folder '{folder}' is not there."); }
        if (File.Exists(output)) { throw new CommandException(ExitCodes.Usage, $"output '{output}' is a file; several inputs need a folder."); }
        if (Path.GetFullPath(folder).TrimEnd('/') == Path.GetFullPath(output).TrimEnd('/'))
        {
            throw new CommandException(ExitCodes.Usage, $"output folder '{output}' is the input folder; choose another one.");
        }
        DerainItem[] items = [.. Directory.EnumerateFiles(folder, pattern)
            .Where(file => IsVideo(file) is not null)
            .Order(StringComparer.Ordinal)
            .Select(file => new DerainItem(file, Path.Combine(output, Path.GetFileName(file)), IsVideo(file)!.Value))];
        if (items.Length == 0)
        {
            throw new CommandException(ExitCodes.Input, $"'{input}' holds no photo or video ({string.Join(' ', MediaKinds.Pictures.Concat(MediaKinds.Video))}).");
        }
        Directory.CreateDirectory(output);
        return new(items, IsBatch: true, output, overwrite, resume);
    }

    /// <summary>Refuses an output that is the input, or that is in the way.</summary>
    /// <exception cref="CommandException">It is.</exception>
    public static void Check(DerainItem item, bool overwrite)
    {
        if (RealPath(item.Input) == RealPath(item.Output))
        {
            throw new CommandException(ExitCodes.Usage, $"output '{item.Output}' is the input; NLCL never writes over what it reads.");
        }
        if (File.Exists(item.Output) && !overwrite)
        {
            throw new CommandException(ExitCodes.Output, $"output '{item.Output}' exists; choose another name, or add --overwrite.");
        }
        if (Path.GetDirectoryName(Path.GetFullPath(item.Output)) is { } folder && !Directory.Exists(folder))
        {
            throw new CommandException(ExitCodes.Output, $"output folder '{folder}' is not there; create it first.");
        }
    }

    /// <summary>Behind symbolic links of the file and of every folder above it.</summary>
    static string RealPath(string path)
    {
        path = Path.GetFullPath(path);
        if (Path.GetDirectoryName(path) is not { } parent) { return path; }
        string here = Path.Combine(RealPath(parent), Path.GetFileName(path));
        try { return File.ResolveLinkTarget(here, returnFinalTarget: true)?.FullName ?? here; }
        catch (IOException) { return here; } // a link that leads nowhere, or in a circle
    }

    static bool? IsVideo(string file) => MediaKinds.Of(file) switch
    {
        MediaKind.Video => true,
        MediaKind.Picture => false,
        _ => null,
    };

    static CommandException UnknownKind(string file) => new(
        ExitCodes.Input, $"'{file}' is of no known kind; photos: {string.Join(' ', MediaKinds.Pictures)}; video: {string.Join(' ', MediaKinds.Video.Concat(MediaKinds.OnlyRead))}.");
}
