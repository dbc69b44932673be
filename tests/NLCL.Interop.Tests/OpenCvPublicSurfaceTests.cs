using System.Reflection;
using OpenCvSharp;

namespace NLCL.Tests;

/// <summary>
/// Everything public in our binding must exist in the original too, so what is public is written down and growth is seen.
/// NLCL_UPDATE_SURFACE=1 writes the file anew.
/// </summary>
public sealed class OpenCvPublicSurfaceTests
{
    const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_public_surface_is_the_one_written_down()
    {
        Assert.SkipUnless(OpenCvPictures.BindingIsOurs, OpenCvPictures.NotOurs);
        var path = Path.Combine(Repository(), "tests", "NLCL.Interop.Tests", "OpenCvSharp.PublicSurface.txt");
        string[] found = [.. typeof(Mat).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(Describe)];
        if (Environment.GetEnvironmentVariable("NLCL_UPDATE_SURFACE") == "1") { File.WriteAllLines(path, found); }

        var pinned = File.ReadAllLines(path);
        var grown = found.Except(pinned).Select(line => "+ " + line);
        var gone = pinned.Except(found).Select(line => "- " + line);
        Assert.Empty(string.Join('\n', grown.Concat(gone)));
    }

    static IEnumerable<string> Describe(Type type)
    {
        if (type.IsEnum)
        {
            return [$"enum {type.FullName}: {string.Join(", ", Enum.GetNames(type).Select(name => $"{name}={Convert.ToInt32(Enum.Parse(type, name))}"))}"];
        }

        var members = type.GetMembers(Declared)
            .Where(member => !member.Name.Contains('<'))
            .Select(member => member switch
            {
                // Equality and printing of records come from the compiler.
                MethodInfo { Name: "Equals" or "GetHashCode" or "ToString" or "PrintMembers" or "Deconstruct" or "op_Equality" or "op_Inequality" } => null,
                MethodInfo { IsSpecialName: true } accessor when !accessor.Name.StartsWith("op_", StringComparison.Ordinal) => null,
                MethodInfo method when Seen(method) => $"{Static(method.IsStatic)}{Name(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})",
                ConstructorInfo constructor when Seen(constructor) && !constructor.IsStatic => $"new({Parameters(constructor)})",
                PropertyInfo property when property.GetAccessors().Length > 0 => $"{Static(property.GetAccessors()[0].IsStatic)}{Name(property.PropertyType)} {property.Name} {{ {(property.GetGetMethod() is null ? "" : "get; ")}{(property.GetSetMethod() is null ? "" : "set; ")}}}{Index(property)}",
                FieldInfo field when field.IsPublic => $"{Static(field.IsStatic)}{Name(field.FieldType)} {field.Name}",
                _ => null,
            })
            .OfType<string>()
            .Order(StringComparer.Ordinal);
        return members.Select(member => $"{type.FullName}: {member}").Prepend($"type {type.FullName} : {(type.BaseType is null ? "" : Name(type.BaseType))}");
    }

    static bool Seen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    static string Static(bool isStatic) => isStatic ? "static " : "";

    static string Generic(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    static string Index(PropertyInfo property) => property.GetIndexParameters() is { Length: > 0 } all ? $"[{string.Join(", ", all.Select(Parameter))}]" : "";

    static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    static string Parameter(ParameterInfo parameter)
    {
        var text = $"{(parameter.IsOut ? "out " : "")}{Name(parameter.ParameterType)} {parameter.Name}";
        return parameter.HasDefaultValue ? $"{text} = {parameter.DefaultValue ?? "default"}" : text;
    }

    static string Name(Type type)
    {
        if (type.IsByRef) { return "ref " + Name(type.GetElementType()!); }
        if (type.IsArray) { return Name(type.GetElementType()!) + "[]"; }
        if (Nullable.GetUnderlyingType(type) is { } inner) { return Name(inner) + "?"; }
        return type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;
    }

    static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NLCL.sln"))) { folder = folder.Parent; }
        return folder?.FullName ?? throw new InvalidOperationException("the tests do not lie below NLCL.sln");
    }
}
