using System.Reflection;
using System.Runtime.Loader;
using OpenCvSharp;
using TorchSharp;

namespace NLCL.Interop.Tests;

/// <summary>Whether product code that compiles against our bindings must compile against the originals.</summary>
public sealed class OriginalSurfaceTests
{
    const string Originals = "NLCL_ORIGINALS";

    [Theory]
    [InlineData(typeof(torch))]
    [InlineData(typeof(Mat))]
    public void What_is_public_here_is_public_in_the_original(Type known)
    {
        var ours = known.Assembly;
        Assert.SkipUnless(ours.GetCustomAttributes<AssemblyMetadataAttribute>().Any(entry => entry.Key == "Stack"), "this is the original");
        var folder = Environment.GetEnvironmentVariable(Originals);
        Assert.SkipWhen(
            string.IsNullOrEmpty(folder),
            $"no originals: {Originals} must name a folder with TorchSharp.dll and OpenCvSharp.dll of the packages (their lib/net8.0)");

        var original = Load(Path.GetFullPath(folder!), ours.GetName().Name!);
        Assert.NotEqual(ours.ManifestModule.ModuleVersionId, original.ManifestModule.ModuleVersionId);
        string[] foreign = [.. ours.GetExportedTypes().SelectMany(type => Foreign(type, original.GetType(type.FullName!)))];
        Assert.True(foreign.Length == 0, string.Join('\n', foreign));
    }

    static Assembly Load(string folder, string name)
    {
        // A context of its own: this process has an assembly of that name already.
        var context = new AssemblyLoadContext("originals");
        context.Resolving += (_, wanted) =>
        {
            var path = Path.Combine(folder, wanted.Name + ".dll");
            return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        };
        return context.LoadFromAssemblyPath(Path.Combine(folder, name + ".dll"));
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
