using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using NLCL.CommandLine;
using OpenCvSharp;

namespace NLCL.Tools.Tests;

/// <summary>What the README says is true of this checkout.</summary>
public sealed partial class ReadmeTests
{
    static readonly string s_readme = File.ReadAllText(Repository.PathOf("README.md"));

    [Fact]
    public void The_example_is_the_one_that_is_compiled()
    {
        string source = File.ReadAllText(Repository.PathOf("tests", "NLCL.Tools.Tests", "ReadmeExample.cs"));
        string compiled = Between(source, "// example: embed\n", "        // end of example").Replace("        ", "", StringComparison.Ordinal).Trim();
        string shown = Between(s_readme, "<!-- example: embed -->\n```csharp\n", "```");
        Assert.Equal(compiled, string.Join('\n', shown.Split('\n').Where(line => !Regex.IsMatch(line, @"^using [\w.]+;$"))).Trim());
    }

    [Fact]
    public void The_example_runs()
    {
        string before = Environment.CurrentDirectory;
        string result = Repository.PathOf("clear.jpg");
        File.Delete(result);
        try
        {
            Environment.CurrentDirectory = Repository.Root;
            ReadmeExample.Run();
            using Mat clear = Cv2.ImRead(result);
            Assert.False(clear.Empty());
        }
        finally
        {
            File.Delete(result);
            Environment.CurrentDirectory = before;
        }
    }

    [Fact]
    public void The_table_of_exit_codes_is_complete()
    {
        int[] codes = [.. typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (int)field.GetRawConstantValue()!).Order()];
        string table = Between(s_readme, "## Exit codes", "## Limits");
        int[] listed = [.. CodeCell().Matches(table).SelectMany(row => row.Groups[1].Value.Split(',')).Select(code => int.Parse(code, CultureInfo.InvariantCulture)).Order()];
        Assert.Equal(codes, listed);
    }

    [Fact]
    public void The_table_of_speed_is_the_one_that_was_measured()
    {
        string file = Between(s_readme, "<!-- speed: ", " -->");
        string shown = Between(s_readme, $"<!-- speed: {file} -->\n", "<!-- end of speed -->");
        Assert.Contains("| 1920x1080 |", shown);
        Assert.Contains(shown, File.ReadAllText(Repository.PathOf(file)));
    }

    [Fact]
    public void Every_file_that_is_linked_is_there()
    {
        foreach (Match link in Link().Matches(s_readme))
        {
            string target = link.Groups[1].Value;
            if (target.StartsWith("http", StringComparison.Ordinal)) { continue; }
            Assert.True(Path.Exists(Repository.PathOf(target)), $"README links to {target}, which is not there");
        }
    }

    [Fact]
    public void Every_command_that_is_shown_is_known()
    {
        string help = Nlcl.Derain("--help").Expect(ExitCodes.Success).Output;
        foreach (Match shown in Command().Matches(s_readme)) { Assert.Contains($"  {shown.Groups[1].Value} ", help); }
    }

    [Fact]
    public void The_sample_clip_of_the_first_command_is_a_clip_with_sound() =>
        Assert.Equal("video\naudio", Nlcl.Ffprobe("-show_entries", "stream=codec_type", "-of", "csv=p=0", Repository.PathOf("tests", "data", "rainy.mp4")));

    static string Between(string text, string start, string end)
    {
        int from = text.IndexOf(start, StringComparison.Ordinal);
        Assert.True(from >= 0, $"'{start}' is not in the text");
        from += start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"^\| ([\d, ]+) \|", RegexOptions.Multiline)]
    private static partial Regex CodeCell();

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^tools/nlcl (\w+)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
