using TorchSharp;
using TorchSharp.Modules;

namespace NLCL.OnnxExport;

/// <summary>TorchSharp's own modules inside a description: each with its weights and its settings.</summary>
public static class ModuleOperations
{
    /// <summary>As <see cref="IOperations{T}.Conv2d"/>, with the module's stride, padding, dilation and groups.</summary>
    /// <exception cref="ArgumentException">The module differs between height and width, or pads in a way that has no counterpart.</exception>
    public static T Conv2d<T>(this IOperations<T> ops, T x, Conv2d module) =>
        ops.Conv2d(x, module.weight, module.bias, Both(module.stride), Padding(module), Mode(module.padding_mode),
            Both(module.dilation), (int)module.groups);

    /// <summary>As <see cref="IOperations{T}.ConvTranspose2d"/>, with the module's stride, paddings, dilation and groups.</summary>
    /// <exception cref="ArgumentException">The module differs between height and width.</exception>
    public static T ConvTranspose2d<T>(this IOperations<T> ops, T x, ConvTranspose2d module) =>
        ops.ConvTranspose2d(x, module.weight, module.bias, Both(module.stride), Padding(module), Both(module.output_padding),
            Both(module.dilation), (int)module.groups);

    /// <summary>As <see cref="IOperations{T}.Linear"/>.</summary>
    public static T Linear<T>(this IOperations<T> ops, T x, Linear module) => ops.Linear(x, module.weight!, module.bias);

    /// <summary>As <see cref="IOperations{T}.BatchNorm"/>, in the module's mode.</summary>
    /// <exception cref="ArgumentException">The module tracks no running statistics.</exception>
    public static T BatchNorm2d<T>(this IOperations<T> ops, T x, BatchNorm2d module) =>
        ops.BatchNorm(x, module.running_mean ?? throw NoStatistics(), module.running_var ?? throw NoStatistics(),
            module.weight, module.bias, module.training, (double?)module.momentum ?? 0.1, module.eps);

    static ArgumentException NoStatistics() => new("A normalisation without running statistics cannot be described; use InstanceNorm or track them.");

    static int Padding(Convolution module) => module.padding is { } padding
        ? Both(padding)
        : module.padding_type == TorchSharp.Padding.Valid ? 0 : Both([.. module.kernel_size.Select((kernel, axis) => Same(kernel, module.dilation[axis]))]);

    static long Same(long kernel, long dilation) => dilation * (kernel - 1) % 2 == 0
        ? dilation * (kernel - 1) / 2
        : throw new ArgumentException($"'Same' padding of a kernel with side {kernel} is not symmetric; use Pad and no padding.");

    static int Both(long[] values) => values.Distinct().Count() == 1
        ? (int)values[0]
        : throw new ArgumentException($"A setting of ({string.Join(", ", values)}) differs between height and width; describe the operation with its weights.");

    static PaddingMode Mode(PaddingModes mode) => mode switch
    {
        PaddingModes.Zeros or PaddingModes.Constant => PaddingMode.Zeros,
        PaddingModes.Reflect => PaddingMode.Reflect,
        PaddingModes.Replicate => PaddingMode.Replicate,
        _ => throw new ArgumentException($"Padding by {mode} has no counterpart in ONNX."),
    };
}
