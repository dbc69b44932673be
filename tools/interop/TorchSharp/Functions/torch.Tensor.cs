using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        data.to(dtype ?? data.dtype, device ?? data.device);

    /// <summary>Here always a copy; the original shares the array's memory.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(
        Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        rawArray switch
        {
            float[] values => tensor(values, dtype, device, requires_grad),
            float[,] values => tensor(values, dtype, device, requires_grad),
            float[,,] values => tensor(values, dtype, device, requires_grad),
            float[,,,] values => tensor(values, dtype, device, requires_grad),
            double[] values => tensor(values, dtype, device, requires_grad),
            double[,] values => tensor(values, dtype, device, requires_grad),
            long[] values => tensor(values, dtype, device, requires_grad),
            int[] values => tensor(values, dtype, device, requires_grad),
            byte[] values => tensor(values, dtype, device, requires_grad),
            byte[,] values => tensor(values, dtype, device, requires_grad),
            byte[,,] values => tensor(values, dtype, device, requires_grad),
            bool[] values => tensor(values, dtype, device, requires_grad),
            _ => throw new NotSupportedException($"The type {rawArray.GetType().FullName} is not supported."),
        };

    static Tensor Copied<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<long> dimensions, ScalarType type, ScalarType? dtype, Device? device, bool requiresGrad)
        where T : unmanaged
    {
        var count = 1L;
        foreach (var size in dimensions)
        {
            count *= size;
        }
        if (count > values.Length)
        {
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {count} vs. {values.Length}");
        }
        device = InitializeDevice(device);
        var made = empty(dimensions, type, CPU);
        MemoryMarshal.AsBytes(values[..(int)count]).CopyTo(made.bytes);
        var target = dtype ?? type;
        if (target != type || device.type != DeviceType.CPU)
        {
            made = made.to(target, device, disposeAfter: true);
        }
        return made.requires_grad_(requiresGrad);
    }

    static Tensor Copied<T>(Array values, ScalarType type, ScalarType? dtype, Device? device, bool requiresGrad) where T : unmanaged
    {
        Span<long> dimensions = stackalloc long[values.Rank];
        for (var i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = values.GetLongLength(i);
        }
        ref var first = ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values));
        return Copied(MemoryMarshal.CreateReadOnlySpan(ref first, values.Length), dimensions, type, dtype, device, requiresGrad);
    }
}
