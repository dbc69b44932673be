using System;
using System.Collections.Generic;
using System.Linq;

namespace TorchSharp.Interop;

enum ValueKind
{
    None,
    Tensor,
    Integer,
    Real,
    Boolean,
    Integers,
    Reals,
    Tensors,
    OptionalTensors,
    Text,
    Device,
    Generator,
    Default,
    Booleans,
}

/// <summary>One argument or result of an operator as it crosses the boundary; mirrors Value in nlcl_torch.cpp.</summary>
struct NativeValue
{
    public ValueKind Kind;
    public int Count;
    public long Payload;
}

/// <summary>One argument of an operator, in the order of libtorch's schema.</summary>
readonly struct Argument
{
    public readonly ValueKind Kind;
    public readonly int Count;
    public readonly long Payload;
    public readonly object? Reference;

    Argument(ValueKind kind, long payload = 0, object? reference = null, int count = 0)
    {
        Kind = kind;
        Payload = payload;
        Reference = reference;
        Count = count;
    }

    /// <summary>The schema's own default, where something follows.</summary>
    public static Argument Default => new(ValueKind.Default);

    public static Argument None => default;

    public static implicit operator Argument(torch.Tensor? value) =>
        value is null ? default : new(ValueKind.Tensor, value.Handle, value);

    public static implicit operator Argument(long value) => new(ValueKind.Integer, value);

    public static implicit operator Argument(int value) => new(ValueKind.Integer, value);

    public static implicit operator Argument(long? value) => value is { } some ? some : default(Argument);

    public static implicit operator Argument(double value) => new(ValueKind.Real, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Argument(double? value) => value is { } some ? some : default(Argument);

    public static implicit operator Argument(bool value) => new(ValueKind.Boolean, value ? 1 : 0);

    public static implicit operator Argument(long[]? value) =>
        value is null ? default : new(ValueKind.Integers, 0, value, value.Length);

    public static implicit operator Argument(ReadOnlySpan<long> value) => value.ToArray();

    public static implicit operator Argument(double[]? value) =>
        value is null ? default : new(ValueKind.Reals, 0, value, value.Length);

    public static implicit operator Argument(torch.Tensor[] value) => new(ValueKind.Tensors, 0, value, value.Length);

    public static implicit operator Argument(bool[] value) =>
        new(ValueKind.Booleans, 0, value.Select(item => item ? 1L : 0L).ToArray(), value.Length);

    public static implicit operator Argument(string? value) => value is null ? default : new(ValueKind.Text, 0, value);

    public static implicit operator Argument(torch.ScalarType value) => (long)value;

    public static implicit operator Argument(torch.ScalarType? value) => value is { } some ? (long)some : default(Argument);

    public static implicit operator Argument(torch.Device? value) =>
        value is null ? default : new(ValueKind.Device, value.index, null, (int)value.type);

    public static implicit operator Argument(torch.Generator? value) =>
        value is null ? default : new(ValueKind.Generator, value.Handle, value);

    public static implicit operator Argument(Scalar? value) => value switch
    {
        null => default,
        { IsBoolean: true } => value.ToBoolean(),
        { IsReal: true } => value.ToDouble(),
        _ => value.ToInt64(),
    };

    public static Argument Tensors(IEnumerable<torch.Tensor> values) => values as torch.Tensor[] ?? [.. values];

    public static Argument OptionalTensors(torch.Tensor?[] values) => new(ValueKind.OptionalTensors, 0, values, values.Length);
}
