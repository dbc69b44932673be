using System.Linq;
using System;
using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>What plain and transposed convolutions share: weight, bias and how the input is padded.</summary>
public abstract class Convolution : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    [ComponentName(Name = "weight")]
    protected Parameter? _weight;

    [ComponentName(Name = "bias")]
    protected Parameter? _bias;

    protected long[] _reversed_padding_repeated_twice = [];

    protected Convolution(
        string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type,
        long[] dilation, bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode,
        torch.Device? device = null, torch.ScalarType? dtype = null)
        : base(name)
    {
        if (transposed && padding_mode != PaddingModes.Zeros)
        {
            throw new ArgumentException("Only PaddingModes.Zeros is supported for ConvTransposeND", nameof(padding_mode));
        }
        this.in_channels = in_channels;
        this.out_channels = out_channels;
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.dilation = dilation;
        this.transposed = transposed;
        this.output_padding = output_padding;
        this.groups = groups;
        this.padding_mode = padding_mode;
        this.padding = padding_type is null ? padding ?? new long[kernel_size.Length] : null;
        this.padding_type = padding_type;
        _reversed_padding_repeated_twice = this.padding is { } sizes
            ? [.. sizes.Reverse().SelectMany(size => new[] { size, size })]
            : padding_type == Padding.Same
                ? [.. Enumerable.Range(0, kernel_size.Length).Reverse().Select(dim => dilation[dim] * (kernel_size[dim] - 1))
                    .SelectMany(total => new[] { total / 2, total - total / 2 })]
                : new long[kernel_size.Length * 2];

        long[] shape = transposed ? [in_channels, out_channels / groups, .. kernel_size] : [out_channels, in_channels / groups, .. kernel_size];
        weight = new(torch.empty(shape, dtype, device));
        if (bias)
        {
            this.bias = new(torch.empty(out_channels, dtype, device));
        }
        reset_parameters();
    }

    public long in_channels { get; }

    public long out_channels { get; }

    public bool transposed { get; }

    public Padding? padding_type { get; }

    public long[]? padding { get; }

    public PaddingModes padding_mode { get; set; }

    public long groups { get; set; }

    public long[] kernel_size { get; set; }

    public long[] stride { get; set; }

    public long[] dilation { get; set; }

    public long[] output_padding { get; set; }

    public Parameter weight
    {
        get => _weight!;
        set => this.Adopt(ref _weight, value, nameof(weight), ConditionallyRegisterParameter);
    }

    public Parameter? bias
    {
        get => _bias;
        set => this.Adopt(ref _bias, value, nameof(bias), ConditionallyRegisterParameter);
    }

    public void reset_parameters()
    {
        torch.nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (_bias is not null)
        {
            var (fanIn, _) = torch.nn.init.CalculateFanInAndFanOut(weight);
            var bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
            torch.nn.init.uniform_(_bias, -bound, bound);
        }
    }

    protected bool ValidateShape(torch.Tensor input, long dimensions)
    {
        var shape = input.shape;
        return (shape.Length == dimensions + 2 && shape[1] == in_channels) || (shape.Length == dimensions + 1 && shape[0] == in_channels);
    }
}

static class ParameterOwnership
{
    /// <summary>A module keeps its parameters out of the scope they were made in, and disposes of the one that is replaced.</summary>
    public static void Adopt(
        this torch.nn.Module module, ref Parameter? field, Parameter? value, string name, Action<string, Parameter?> register)
    {
        if (ReferenceEquals(field, value))
        {
            return;
        }
        field?.Dispose();
        field = value;
        value?.DetachFromDisposeScope();
        register(name, value);
    }
}
