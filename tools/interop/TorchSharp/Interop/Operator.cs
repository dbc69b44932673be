using System;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;

namespace TorchSharp.Interop;

/// <summary>
/// Calls libtorch's operators by their schema's name ("conv2d", "add.Tensor") through its dispatcher, so autograd, devices and
/// every libtorch version's own kernels apply. Arguments come in the schema's order; missing trailing ones take its defaults.
/// </summary>
static unsafe class Operator
{
    const int StackElements = 128;

    static readonly ConcurrentDictionary<string, nint> s_operators = new(StringComparer.Ordinal);

    /// <summary>Calls an operator with one tensor as result.</summary>
    public static torch.Tensor Call(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = Invoke(name, arguments);
        return new(Single(name, results));
    }

    /// <summary>Calls an operator that changes <paramref name="target"/>, its first argument, and returns that very object.</summary>
    public static torch.Tensor Change(torch.Tensor target, string name, params ReadOnlySpan<Argument> arguments)
    {
        foreach (var result in Invoke(name, arguments))
        {
            if (result.Kind == ValueKind.Tensor && result.Payload != 0)
            {
                NativeMethods.nlcl_release((nint)result.Payload);
            }
        }
        return target;
    }

    /// <summary>Calls an operator with several tensors, or a list of them, as result.</summary>
    public static torch.Tensor[] CallMany(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = Invoke(name, arguments);
        var tensors = new torch.Tensor[results.Length];
        for (var i = 0; i < tensors.Length; i++)
        {
            tensors[i] = new((nint)results[i].Payload);
        }
        return tensors;
    }

    /// <summary>Calls an operator with two tensors as result.</summary>
    public static (torch.Tensor First, torch.Tensor Second) CallTwo(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = Invoke(name, arguments);
        return (new((nint)results[0].Payload), new((nint)results[1].Payload));
    }

    /// <summary>Calls an operator with three tensors as result.</summary>
    public static (torch.Tensor First, torch.Tensor Second, torch.Tensor Third) CallThree(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = Invoke(name, arguments);
        return (new((nint)results[0].Payload), new((nint)results[1].Payload), new((nint)results[2].Payload));
    }

    /// <summary>Calls an operator that answers yes or no.</summary>
    public static bool Ask(string name, params ReadOnlySpan<Argument> arguments) => Invoke(name, arguments)[0].Payload != 0;

    /// <summary>Calls an operator that returns one number.</summary>
    public static Scalar Number(string name, params ReadOnlySpan<Argument> arguments)
    {
        var result = Invoke(name, arguments)[0];
        return result.Kind switch
        {
            ValueKind.Boolean => result.Payload != 0,
            ValueKind.Real => BitConverter.Int64BitsToDouble(result.Payload),
            _ => result.Payload,
        };
    }

    static nint Single(string name, ReadOnlySpan<NativeValue> results) =>
        results.Length == 1 && results[0].Kind == ValueKind.Tensor
            ? (nint)results[0].Payload
            : throw new InvalidOperationException($"aten::{name} did not return one tensor.");

    /// <summary>The results lie in native memory of this thread until its next call.</summary>
    static ReadOnlySpan<NativeValue> Invoke(string name, ReadOnlySpan<Argument> arguments)
    {
        var op = s_operators.TryGetValue(name, out var known) ? known : Find(name);

        var elements = 0;
        foreach (ref readonly var argument in arguments)
        {
            elements += argument.Reference is string text ? Encoding.UTF8.GetMaxByteCount(text.Length) / sizeof(long) + 1 : argument.Count;
        }

        var values = stackalloc NativeValue[arguments.Length];
        var onStack = stackalloc long[StackElements];
        var onHeap = elements > StackElements ? new long[elements] : null;
        fixed (long* pinned = onHeap)
        {
            Marshal(arguments, values, onHeap is null ? onStack : pinned);
            NativeMethods.Check(NativeMethods.nlcl_call(op, values, arguments.Length, out var results, out var count));
            foreach (ref readonly var argument in arguments)
            {
                GC.KeepAlive(argument.Reference);
            }
            return new(results, count);
        }
    }

    static void Marshal(ReadOnlySpan<Argument> arguments, NativeValue* values, long* buffer)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            ref readonly var argument = ref arguments[i];
            values[i] = new() { Kind = argument.Kind, Count = argument.Count, Payload = argument.Payload };
            switch (argument.Reference)
            {
                case long[] numbers:
                    numbers.CopyTo(new Span<long>(buffer, numbers.Length));
                    break;
                case double[] numbers:
                    numbers.CopyTo(new Span<double>(buffer, numbers.Length));
                    break;
                case torch.Tensor?[] tensors:
                    for (var item = 0; item < tensors.Length; item++)
                    {
                        buffer[item] = tensors[item] is { } tensor ? tensor.Handle : 0;
                    }
                    break;
                case string text:
                    values[i].Count = Encoding.UTF8.GetBytes(text, new Span<byte>(buffer, Encoding.UTF8.GetMaxByteCount(text.Length)));
                    values[i].Payload = (long)buffer;
                    buffer += Encoding.UTF8.GetMaxByteCount(text.Length) / sizeof(long) + 1;
                    continue;
                default:
                    continue;
            }
            values[i].Payload = (long)buffer;
            buffer += argument.Count;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static nint Find(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var (stem, overload) = dot < 0 ? (name, "") : (name[..dot], name[(dot + 1)..]);
        NativeMethods.Check(NativeMethods.nlcl_operator("aten::" + stem, overload, out var op));
        return s_operators.GetOrAdd(name, op);
    }
}
