using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace NLCL.Runtime.Tests;

/// <summary>What runtime/README.md shows is compiled and runs.</summary>
public sealed class ReadmeTests : IDisposable
{
    readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("photo")]
    [InlineData("frames")]
    [InlineData("rows")]
    public void An_example_is_the_one_that_is_compiled(string name)
    {
        var readme = File.ReadAllText(Checkout.PathOf("runtime", "README.md"));
        var source = File.ReadAllText(Checkout.PathOf("tests", "NLCL.Runtime.Tests", "ReadmeExamples.cs"));
        var compiled = Between(source, $"// example: {name}\n", "        // end of example").Replace("        ", "", StringComparison.Ordinal).Trim();
        var shown = Between(readme, $"<!-- example: {name} -->\n```csharp\n", "```");
        Assert.Equal(compiled.Split('\n').Select(Narrow), shown.Trim().Split('\n').Where(line => !Regex.IsMatch(line, @"^using [\w.]+;$") && line.Length > 0).Select(Narrow));
    }

    /// <summary>Comments may stand in other columns.</summary>
    static string Narrow(string line) => Regex.Replace(line, " +", " ");

    static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal);
        Assert.True(from >= 0, $"'{start}' is not in the text");
        from += start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    [Fact]
    public unsafe void The_examples_run()
    {
        var before = Environment.CurrentDirectory;
        Directory.CreateDirectory(_folder["models"]);
        Directory.CreateDirectory(_folder["tests/data"]);
        _folder.Write("models/nlcl.onnx", TinyOnnx.Network().ToBytes());
        File.Copy(Checkout.PathOf("tests", "data", "rainy.jpg"), _folder["tests/data/rainy.jpg"]);
        _folder.Write("rainy.raw", Noise.Bytes(20_000 * 90 * 3));
        var camera = NativeMemory.AllocZeroed(128 * 48 * 3 / 2);
        try
        {
            Environment.CurrentDirectory = _folder.Path;
            ReadmeExamples.Photo();
            ReadmeExamples.Frames((nint)camera, Noise.Bytes(4 * 64 * 48 * 3 / 2), TestContext.Current.CancellationToken);
            ReadmeExamples.Rows();
            using var clear = PictureFile.Read(_folder["clear.jpg"]);
            Assert.False(clear.Empty());
            Assert.Equal(20_000 * 90 * 3, new FileInfo(_folder["clear.raw"]).Length);
        }
        finally
        {
            Environment.CurrentDirectory = before;
            NativeMemory.Free(camera);
        }
    }
}
