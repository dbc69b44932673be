using System.IO.Enumeration;
using OpenCvSharp;

namespace NLCL.Runtime;

/// <summary>Which part of each picture file counts.</summary>
public enum PictureHalf
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>The left half of two pictures side by side.</summary>
    Left,

    /// <summary>The right half of two pictures side by side.</summary>
    Right,
}

/// <summary>The picture files of one folder in natural order, or one half of each where pairs stand side by side.</summary>
public sealed record PictureFolder
{
    /// <summary>The folder.</summary>
    public required string Path { get; init; }

    /// <summary>Which file names count; <c>*</c> and <c>?</c> as in a shell.</summary>
    public string Pattern { get; init; } = "*";

    /// <summary>Which part of each file counts.</summary>
    public PictureHalf Half { get; init; } = PictureHalf.Whole;

    /// <summary>What a file's header may claim.</summary>
    public PictureLimits Limits { get; init; } = new();

    /// <summary>Reads <c>DIR</c>, <c>DIR:left</c>, <c>DIR:right</c>, and <c>DIR/*.jpg</c> in place of <c>DIR</c>.</summary>
    public static PictureFolder Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var (path, half) = text switch
        {
            _ when text.EndsWith(":left", StringComparison.OrdinalIgnoreCase) => (text[..^5], PictureHalf.Left),
            _ when text.EndsWith(":right", StringComparison.OrdinalIgnoreCase) => (text[..^6], PictureHalf.Right),
            _ => (text, PictureHalf.Whole),
        };
        ArgumentException.ThrowIfNullOrEmpty(path, nameof(text));
        var name = System.IO.Path.GetFileName(path);
        if (name.AsSpan().IndexOfAny('*', '?') < 0 || Directory.Exists(path))
        {
            return new PictureFolder { Path = path, Half = half };
        }
        var folder = System.IO.Path.GetDirectoryName(path);
        return new PictureFolder { Path = string.IsNullOrEmpty(folder) ? "." : folder, Pattern = name, Half = half };
    }

    /// <summary>Paths of the picture files, <c>2.png</c> before <c>10.png</c>. Hidden files and subfolders do not count.</summary>
    /// <exception cref="PictureFileException">The folder is missing or cannot be read.</exception>
    public IReadOnlyList<string> Files()
    {
        try
        {
            return [.. Directory.EnumerateFiles(Path)
                .Where(file => PictureFile.FormatOf(file) is not null && Matches(System.IO.Path.GetFileName(file)))
                .Order(NaturalOrder.Instance)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PictureFileException(Path, "a folder of pictures", e.Message.TrimEnd('.'), "Check the path and its permissions.", e);
        }
    }

    /// <summary>Reads one of <see cref="Files"/>, its half where one is asked for; the caller owns the result.</summary>
    /// <remarks>Halves are equally wide; of an odd width the middle column belongs to neither.</remarks>
    /// <exception cref="PictureFileException">The file cannot be read, or is too narrow for halves.</exception>
    public Mat Read(string file)
    {
        var picture = PictureFile.Read(file, Limits);
        if (Half == PictureHalf.Whole)
        {
            return picture;
        }
        using (picture)
        {
            var width = picture.Cols / 2;
            if (width == 0)
            {
                throw new PictureFileException(file, "two pictures side by side", "a single column", "Leave out :left or :right.");
            }
            using var half = picture.SubMat(new Rect(Half == PictureHalf.Left ? 0 : picture.Cols - width, 0, width, picture.Rows));
            return half.Clone();
        }
    }

    bool Matches(string name) => name[0] != '.' && FileSystemName.MatchesSimpleExpression(Pattern, name, ignoreCase: false);
}
