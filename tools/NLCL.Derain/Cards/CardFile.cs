using System.Text;

namespace NLCL.Derain;

/// <summary>A model card whose section "## Measured" is renewed; everything else stays as people or the export wrote it.</summary>
sealed class CardFile
{
    const string Heading = "## Measured";

    readonly string _path;
    readonly string _before;
    readonly string _after;

    CardFile(string path, string before, string after) => (_path, _before, _after) = (path, before, after);

    /// <summary>Reads a card; one that is not there begins with the model's name.</summary>
    public static CardFile Read(string path, string model)
    {
        string[] lines = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n') : [$"# {model}", ""];
        int start = Array.FindIndex(lines, line => line == Heading), end = lines.Length;
        if (start >= 0)
        {
            int next = Array.FindIndex(lines, start + 1, line => line.StartsWith("## ", StringComparison.Ordinal));
            if (next >= 0) { end = next; }
        }
        else
        {
            // Figures come before the long list of options.
            start = Array.FindIndex(lines, line => line.StartsWith("## ", StringComparison.Ordinal));
            if (start < 0) { start = lines.Length; }
            end = start;
        }
        return new(path, string.Join('\n', lines[..start]).TrimEnd('\n'), string.Join('\n', lines[end..]));
    }

    /// <summary>Puts the section in its place, under a temporary name first.</summary>
    /// <param name="section">What follows the heading.</param>
    public void Write(string section)
    {
        string text = $"{_before}\n\n{Heading}\n\n{section.ReplaceLineEndings("\n").Trim('\n')}\n{(_after.Length > 0 ? "\n" + _after + "\n" : "")}";
        string temporary = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_path))!, ".part-" + Path.GetFileName(_path));
        using (FileStream file = new(temporary, FileMode.Create))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, _path, overwrite: true);
    }
}
