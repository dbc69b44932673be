using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace NLCL.Interop.Tests;

/// <summary>What only holds of our own binding; beside the original TorchSharp these tests have nothing to check.</summary>
public sealed partial class TorchSurfaceTests
{
    static Assembly Library => typeof(torch).Assembly;

    internal static bool IsOurs => Library.GetType("TorchSharp.Interop.NativeMethods") is not null;

    [Fact]
    public void The_public_surface_is_the_written_one()
    {
        Assert.SkipUnless(IsOurs, "the original TorchSharp");
        var file = Path.Combine(Root(), "tests", "NLCL.Interop.Tests", "TorchSharp.PublicSurface.txt");
        var found = Library.GetExportedTypes().SelectMany(Lines).Order(StringComparer.Ordinal).ToArray();
        var written = File.Exists(file) ? File.ReadAllLines(file) : [];
        if (!found.SequenceEqual(written))
        {
            var fresh = Path.Combine(AppContext.BaseDirectory, "TorchSharp.PublicSurface.txt");
            File.WriteAllLines(fresh, found);
            Assert.Fail($"The surface grew or shrank; if that is meant, copy {fresh} over {file}. "
                + $"New: {string.Join("; ", found.Except(written).Take(5))}. Gone: {string.Join("; ", written.Except(found).Take(5))}.");
        }
    }

    [Fact]
    public void Every_native_handle_is_given_back()
    {
        Assert.SkipUnless(IsOurs, "the original TorchSharp");
        Settle();
        var before = LiveHandles();
        for (var i = 0; i < 3; i++)
        {
            using var scope = torch.NewDisposeScope();
            using var module = torch.nn.Conv2d(3, 4, 3);
            using var optimizer = torch.optim.Adam(module.parameters());
            var parts = module.call(torch.randn(1, 3, 8, 8)).chunk(2, 1);
            (parts[0] * parts[1].detach()).sort(1).Values.sum().backward();
            optimizer.step();
            Assert.Throws<ExternalException>(() => parts[0].view(7));
            Assert.True(LiveHandles() > before);
        }
        Assert.Equal(before, LiveHandles());
    }

    [Fact]
    public void Forgotten_tensors_are_freed_with_their_wrappers()
    {
        Assert.SkipUnless(IsOurs, "the original TorchSharp");
        var before = LiveHandles();
        Forget();
        Settle();
        Assert.True(LiveHandles() <= before, $"{LiveHandles() - before} handles are left");

        static void Forget()
        {
            for (var i = 0; i < 20; i++)
            {
                _ = torch.zeros(2);
            }
        }
    }

    static void Settle()
    {
#pragma warning disable RS0030 // Finalizers are what is tested, or must not run in between.
        GC.Collect();
#pragma warning restore RS0030
        GC.WaitForPendingFinalizers();
    }

    static IEnumerable<string> Lines(Type type)
    {
        const BindingFlags Flags = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        yield return $"{Name(type)} : {Name(type.BaseType)}";
        foreach (var field in type.GetFields(Flags).Where(field => !field.IsSpecialName))
        {
            yield return $"{Name(type)}.{field.Name} {Name(field.FieldType)}";
        }
        foreach (var method in type.GetMethods(Flags).Where(method => method.GetBaseDefinition().DeclaringType != typeof(object)))
        {
            yield return $"{Name(type)}.{method.Name}({Parameters(method)}) {Name(method.ReturnType)}";
        }
        foreach (var constructor in type.GetConstructors())
        {
            yield return $"{Name(type)}.new({Parameters(constructor)})";
        }
    }

    static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : "")}"));

    static string Name(Type? type)
    {
        if (type is null)
        {
            return "";
        }
        if (type.IsArray || type.IsByRef)
        {
            return Name(type.GetElementType()) + (type.IsArray ? "[]" : "&");
        }
        var arguments = type.IsGenericType ? $"<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : "";
        var name = type.Name.Split('`')[0] + arguments;
        return type.IsGenericParameter || type.DeclaringType is null ? name : $"{type.DeclaringType.Name.Split('`')[0]}.{name}";
    }

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NLCL.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("NLCL.sln lies in no folder above the tests.");
        }
        return folder.FullName;
    }

    [LibraryImport("nlcl_torch", EntryPoint = "nlcl_live_handles")]
    private static partial long LiveHandles();
}
