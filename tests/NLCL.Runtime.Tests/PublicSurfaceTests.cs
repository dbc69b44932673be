using System.Reflection;
using System.Text;

namespace NLCL.Runtime.Tests;

/// <summary>The public surface as a text under review, and what the library may lean on.</summary>
public class PublicSurfaceTests
{
    [Fact]
    public void The_surface_is_the_one_that_was_reviewed()
    {
        var actual = Surface();
        var path = Path.Combine(Checkout.Root, "tests", "NLCL.Runtime.Tests", "PublicSurface.txt");
        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (actual != expected)
        {
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "PublicSurface.txt"), actual);
        }
        Assert.True(actual == expected, $"Review the difference: diff {path} {AppContext.BaseDirectory}PublicSurface.txt");
    }

    [Fact]
    public void Neither_torch_nor_the_console_nor_a_command_line_is_needed()
    {
        var names = typeof(Derainer).Assembly.GetReferencedAssemblies().Select(a => a.Name!).ToArray();
        Assert.All(names, name => Assert.True(
            name is "Microsoft.ML.OnnxRuntime" or "OpenCvSharp" || (name.StartsWith("System.", StringComparison.Ordinal) && name is not ("System.Console" or "System.CommandLine")),
            name));
    }

    static string Surface()
    {
        var text = new StringBuilder();
        foreach (var type in typeof(Derainer).Assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(type.FullName).Append('\n');
            var members = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(m => m is not MethodInfo { IsSpecialName: true } && !IsOfRecord(m))
                .Select(m => Describe(m))
                .Order(StringComparer.Ordinal);
            foreach (var member in members)
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }
        return text.ToString();
    }

    /// <summary>What the compiler writes for every record.</summary>
    static bool IsOfRecord(MemberInfo member) =>
        member.Name is "Equals" or "GetHashCode" or "<Clone>$" or "Deconstruct" or "ToString" or "value__";

    static string Describe(MemberInfo member) => member switch
    {
        PropertyInfo p => $"{Name(p.PropertyType)} {p.Name} {{{(p.CanRead ? " get;" : "")}{(p.SetMethod is { } set ? IsInit(set) ? " init;" : " set;" : "")} }}",
        FieldInfo { IsLiteral: true } f => $"{f.Name} = {f.GetRawConstantValue()}",
        FieldInfo f => $"{Name(f.FieldType)} {f.Name}",
        MethodInfo m => $"{Name(m.ReturnType)} {m.Name}({Parameters(m)})",
        ConstructorInfo c => $"new({Parameters(c)})",
        _ => member.ToString()!,
    };

    static bool IsInit(MethodInfo set) =>
        set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));

    static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? " = " + (p.DefaultValue ?? "default") : "")}"));

    static string Name(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
