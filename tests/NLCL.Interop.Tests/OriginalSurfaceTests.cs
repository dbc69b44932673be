using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using System.Xml.Linq;
using OpenCvSharp;
using TorchSharp;

namespace NLCL.Interop.Tests;

/// <summary>Whether product code that compiles against our bindings must compile against the originals.</summary>
public sealed class OriginalSurfaceTests
{
    static readonly Lazy<Task<(string Output, XElement? Packages)>> s_restored = new(RestoreAsync);

    [Theory]
    [InlineData(typeof(torch))]
    [InlineData(typeof(Mat))]
    public async Task What_is_public_here_is_public_in_the_original(Type known)
    {
        var ours = known.Assembly;
        Assert.SkipUnless(ours.GetCustomAttributes<AssemblyMetadataAttribute>().Any(entry => entry.Key == "Stack"), "this is the original");
        var (output, packages) = await s_restored.Value;
        Assert.SkipWhen(packages is null, $"this machine's feed does not serve the originals:\n{output}");

        var original = Load([.. packages!.Descendants()
            .Where(property => property.Name.LocalName.StartsWith("Pkg", StringComparison.Ordinal))
            .Select(property => Path.Combine(property.Value, "lib", "net8.0"))], ours.GetName().Name!);
        Assert.NotEqual(ours.ManifestModule.ModuleVersionId, original.ManifestModule.ModuleVersionId);
        string[] foreign = [.. ours.GetExportedTypes().SelectMany(type => Foreign(type, original.GetType(type.FullName!)))];
        Assert.True(foreign.Length == 0, string.Join('\n', foreign));
    }

    /// <summary>The question that tools/setup/prepare asks the feed, and where the packages lie then.</summary>
    static async Task<(string Output, XElement? Packages)> RestoreAsync()
    {
        var root = TorchSurfaceTests.Root();
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["restore", Path.Combine(root, "tools", "setup", "probe"), "-p:Stack=nuget", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (output, process.ExitCode == 0 ? XElement.Load(Path.Combine(root, "artifacts", "obj", "Probe", "Probe.csproj.nuget.g.props")) : null);
    }

    static Assembly Load(string[] folders, string name)
    {
        // A context of its own: this process has an assembly of that name already.
        var context = new AssemblyLoadContext("originals");
        context.Resolving += (_, wanted) => Find(wanted.Name!);
        return Find(name) ?? throw new FileNotFoundException($"{name}.dll is in none of {string.Join(", ", folders)}");

        Assembly? Find(string wanted) => folders.Select(folder => Path.Combine(folder, wanted + ".dll")).FirstOrDefault(File.Exists) is { } path ? context.LoadFromAssemblyPath(path) : null;
    }

    /// <summary>Our lines of the type that the original does not have, each with what it has under that name.</summary>
    static IEnumerable<string> Foreign(Type ours, Type? original)
    {
        if (original is null || !original.IsVisible)
        {
            return [$"{ours.FullName}: no such type"];
        }
        var written = SurfaceLine.Of(original).ToLookup(line => line.Name);
        return SurfaceLine.Of(ours).Where(line => !written[line.Name].Any(line.Fits)).Select(line =>
            $"{ours.FullName}: {line.Text} {line.Marks}{string.Concat(written[line.Name].Select(other => $"\n    original: {other.Text} {other.Marks}"))}");
    }
}
