using TorchSharp;
using TorchSharp.Modules;

namespace NLCL.OnnxExport;

/// <summary>TorchSharp's own modules inside a description: each with its weights and its settings.</summary>
public static class ModuleOperations
{
    /// <summary>As <see cref="IOperations{T}.Conv2d"/>, with the module's stride, padding, dilation and groups.</summary>
    public static T Conv2d<T>(this IOperations<T> ops, T x, Conv2d module) =>
        ops.Conv2d(x, module.weight, module.bias, Of(module.stride), Padding(module), Mode(module.padding_mode),
            Of(module.dilation), (int)module.groups);

    /// <summary>As <see cref="IOperations{T}.ConvTranspose2d"/>, with the module's stride, paddings, dilation and groups.</summary>
    public static T ConvTranspose2d<T>(this IOperations<T> ops, T x, ConvTranspose2d module) =>
        ops.ConvTranspose2d(x, module.weight, module.bias, Of(module.stride), Padding(module), Of(module.output_padding),
            Of(module.dilation), (int)module.groups);

    /// <summary>As <see cref="IOperations{T}.Linear"/>.</summary>
    public static T Linear<T>(this IOperations<T> ops, T x, Linear module) => ops.Linear(x, module.weight!, module.bias);

    /// <summary>As <see cref="IOperations{T}.BatchNorm"/>, in the module's mode.</summary>
    /// <exception cref="ArgumentException">The module tracks no running statistics.</exception>
    public static T BatchNorm2d<T>(this IOperations<T> ops, T x, BatchNorm2d module) =>
        ops.BatchNorm(x, module.running_mean ?? throw NoStatistics(), module.running_var ?? throw NoStatistics(),
            module.weight, module.bias, module.training, (double?)module.momentum ?? 0.1, module.eps);

    static ArgumentException NoStatistics() => new("A normalisation without running statistics cannot be described; use InstanceNorm or track them.");

    static Border Padding(Convolution module)
    {
        if (module.padding is { } padding)
        {
            return Of(padding);
        }
        return module.padding_type == TorchSharp.Padding.Valid ? 0
            : new Border(Before(module, 1), After(module, 1), Before(module, 0), After(module, 0));
    }

    /// <summary>What 'same' puts before an axis: the smaller half where the kernel's reach is odd.</summary>
    static int Before(Convolution module, int axis) => (int)(module.dilation[axis] * (module.kernel_size[axis] - 1) / 2);

    static int After(Convolution module, int axis) => (int)(module.dilation[axis] * (module.kernel_size[axis] - 1)) - Before(module, axis);

    static Sides Of(long[] values) => new((int)values[0], (int)values[^1]);

    static PaddingMode Mode(PaddingModes mode) => mode switch
    {
        PaddingModes.Zeros or PaddingModes.Constant => PaddingMode.Zeros,
        PaddingModes.Reflect => PaddingMode.Reflect,
        PaddingModes.Replicate => PaddingMode.Replicate,
        PaddingModes.Circular => PaddingMode.Circular,
        _ => throw new ArgumentException($"Padding by {mode} has no counterpart in ONNX."),
    };
}
