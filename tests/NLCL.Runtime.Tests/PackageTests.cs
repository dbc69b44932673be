using System.IO.Compression;
using System.Xml.Linq;

namespace NLCL.Runtime.Tests;

/// <summary>The NuGet package as <c>dotnet pack</c> makes it.</summary>
public sealed class PackageTests : IDisposable
{
    readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_package_has_library_documentation_readme_and_symbols_and_no_native_code()
    {
        var project = Checkout.PathOf("runtime", "NLCL.Runtime", "NLCL.Runtime.csproj");
        var (code, output) = await Checkout.RunAsync("pack", project, "-c", Checkout.Configuration, "--no-build", "-o", _folder.Path, "--nologo");
        Assert.True(code == 0, output);
        var names = _folder.Names();
        Assert.Equal(2, names.Length);
        using var package = ZipFile.OpenRead(_folder[Assert.Single(names, name => name.EndsWith(".nupkg", StringComparison.Ordinal))]);
        string[] files = [.. package.Entries.Select(entry => entry.FullName).Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal(["LICENSE", "NLCL.Runtime.nuspec", "README.md", "[Content_Types].xml", "lib/net10.0/NLCL.Runtime.dll", "lib/net10.0/NLCL.Runtime.xml"], files);

        await using var stream = await package.GetEntry("NLCL.Runtime.nuspec")!.OpenAsync(TestContext.Current.CancellationToken);
        var nuspec = await XDocument.LoadAsync(stream, LoadOptions.None, TestContext.Current.CancellationToken);
        string Value(string name) => nuspec.Descendants().First(element => element.Name.LocalName == name).Value;
        Assert.Equal(("NLCL.Runtime", "README.md", "MIT"), (Value("id"), Value("readme"), Value("license")));
        Assert.NotEmpty(Value("description"));
        // Managed parts alone: with a native package here, an application could not choose.
        var needs = nuspec.Descendants().Where(element => element.Name.LocalName == "dependency").ToDictionary(e => e.Attribute("id")!.Value, e => e.Attribute("version")!.Value);
        Assert.Equal(["Microsoft.ML.OnnxRuntime.Managed", "OpenCvSharp4"], needs.Keys.Order(StringComparer.Ordinal));
        Assert.All(needs.Values, version => Assert.Matches(@"^\d+\.\d+\.\d+", version));

        using var symbols = ZipFile.OpenRead(_folder[Assert.Single(names, name => name.EndsWith(".snupkg", StringComparison.Ordinal))]);
        Assert.Contains(symbols.Entries, entry => entry.FullName == "lib/net10.0/NLCL.Runtime.pdb");
    }
}
