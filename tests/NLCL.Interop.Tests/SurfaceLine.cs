using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace NLCL.Interop.Tests;

/// <summary>
/// One thing that calling code can see of a type, in words: accessibility, types, names and defaults of arguments, constraints, values of
/// constants, whether it is obsolete. Inherited members belong to the type. Marks say what may be null: ! not, ? may, ~ not stated.
/// </summary>
sealed record SurfaceLine(string Name, string Text, string Marks)
{
    const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    static readonly NullabilityInfoContext s_nullability = new();

    /// <summary>Where either has no marks, or the original does not state whether something may be null, anything is right.</summary>
    public bool Fits(SurfaceLine original) =>
        Text == original.Text && Marks.Zip(original.Marks).All(pair => pair.First == pair.Second || pair.Second == '~');

    public static IEnumerable<SurfaceLine> Of(Type type)
    {
        yield return new("", $"{Obsolete(type)}{Kind(type)}{Generics(type.GetGenericArguments())}", "");
        for (var above = type.BaseType; above is not null; above = above.BaseType)
        {
            yield return new("base", $"base {Called(above)}", "");
        }
        foreach (var contract in type.GetInterfaces().Where(contract => contract.IsVisible))
        {
            yield return new("interface", $"interface {Called(contract)}", "");
        }
        foreach (var line in type.GetMembers(All).Where(member => member.DeclaringType!.Assembly == type.Assembly).SelectMany(Of))
        {
            yield return line;
        }
    }

    static IEnumerable<SurfaceLine> Of(MemberInfo member) => member switch
    {
        FieldInfo { IsSpecialName: false } field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly =>
            [Line(field, $"{(field.IsPublic ? "public" : "protected")}{(field.IsStatic ? " static" : "")}{(field.IsInitOnly ? " readonly" : "")} {Called(field.FieldType)}{(field.IsLiteral ? $" = {Value(field.GetRawConstantValue())}" : "")}", () => s_nullability.Create(field))],
        PropertyInfo property => new[] { property.GetMethod, property.SetMethod }.Where(IsSeen).Select(accessor => Line(
            property, $"{Access(accessor!)} {Called(property.PropertyType)} [{Parameters(property.GetIndexParameters())}] {Accessor(property, accessor!)}", () => s_nullability.Create(property))),
        MethodInfo method when method.GetBaseDefinition().DeclaringType == typeof(object) => [],
        MethodInfo method when IsSeen(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            [Line(method, $"{Access(method)} {Called(method.ReturnType)}{Generics(method.GetGenericArguments())}({Parameters(method.GetParameters())}){(method.IsDefined(typeof(ExtensionAttribute)) ? " extension" : "")}", [() => s_nullability.Create(method.ReturnParameter), .. States(method)])],
        ConstructorInfo { IsStatic: false } constructor when IsSeen(constructor) =>
            [Line(constructor, $"{Access(constructor)} new({Parameters(constructor.GetParameters())})", States(constructor))],
        _ => [],
    };

    static SurfaceLine Line(MemberInfo member, string text, params Func<NullabilityInfo>[] states) =>
        // What a type argument may be is stated where the generic type is written, not where its members are.
        new(member.Name, $"{Obsolete(member)}{member.Name}: {text}", member.DeclaringType!.IsConstructedGenericType ? "" : string.Concat(states.Select(state => Mark(state()))));

    static Func<NullabilityInfo>[] States(MethodBase method) => [.. method.GetParameters().Select<ParameterInfo, Func<NullabilityInfo>>(parameter => () => s_nullability.Create(parameter))];

    static string Mark(NullabilityInfo state)
    {
        var own = state.ReadState switch { NullabilityState.Nullable => "?", NullabilityState.NotNull => "!", _ => "~" };
        return own + (state.ElementType is null ? "" : Mark(state.ElementType)) + string.Concat(state.GenericTypeArguments.Select(Mark));
    }

    static bool IsSeen(MethodBase? method) => method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    static string Access(MethodBase method) =>
        (method.IsPublic ? "public" : "protected") + (method.IsStatic ? " static" : "") + (method.IsAbstract ? " abstract" : method.IsVirtual && !method.IsFinal ? " virtual" : "");

    static string Accessor(PropertyInfo property, MethodInfo accessor) =>
        accessor == property.GetMethod ? "get" : accessor.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? "init" : "set";

    static string Obsolete(MemberInfo member) => member.IsDefined(typeof(ObsoleteAttribute)) ? "[Obsolete] " : "";

    static string Kind(Type type) =>
        (type.IsEnum ? $"enum {type.GetEnumUnderlyingType().Name}" : type.IsValueType ? "struct" : type.IsInterface ? "interface" : "class")
        + (type.IsAbstract ? " abstract" : "") + (type.IsSealed ? " sealed" : "") + (type.IsByRefLike ? " ref" : "") + (type.IsDefined(typeof(IsReadOnlyAttribute)) ? " readonly" : "");

    /// <summary>Operators are not called with names.</summary>
    static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(parameter =>
        $"{(parameter.IsOut ? "out " : parameter.IsIn ? "in " : "")}{(parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")}{Called(parameter.ParameterType)}"
        + $"{(parameter.Member.Name.StartsWith("op_", StringComparison.Ordinal) ? "" : $" {parameter.Name}")}{(parameter.HasDefaultValue ? $" = {Value(parameter.RawDefaultValue)}" : "")}"));

    static string Value(object? value) => Convert.ToString(value ?? "null", CultureInfo.InvariantCulture)!;

    static string Generics(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(argument => argument.IsGenericParameter ? $"{argument.Name}: {argument.GenericParameterAttributes} {string.Join('&', argument.GetGenericParameterConstraints().Select(Called).Order(StringComparer.Ordinal))}" : Called(argument)))}>";

    static string Called(Type type)
    {
        if (type.HasElementType)
        {
            return Called(type.GetElementType()!) + (type.IsByRef ? "&" : type.IsPointer ? "*" : $"[{new string(',', type.GetArrayRank() - 1)}]");
        }
        var arguments = type.IsGenericType ? $"<{string.Join(", ", type.GetGenericArguments().Select(Called))}>" : "";
        return type.IsGenericParameter ? type.Name : $"{(type.DeclaringType is { } outer ? Called(outer) : type.Namespace)}.{type.Name.Split('`')[0]}{arguments}";
    }
}
