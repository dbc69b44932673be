using System;
using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>Batch and instance norms: affine parameters and, on demand, running statistics.</summary>
public abstract class NormBase : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    [ComponentName(Name = "weight")]
    Parameter? _weight;

    [ComponentName(Name = "bias")]
    Parameter? _bias;

    [ComponentName(Name = "running_mean")]
    torch.Tensor? _running_mean;

    [ComponentName(Name = "running_var")]
    torch.Tensor? _running_var;

    [ComponentName(Name = "num_batches_tracked")]
    torch.Tensor? _num_batches_tracked;

    private protected NormBase(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats, torch.Device? device, torch.ScalarType? dtype,
        string name)
        : base(name)
    {
        this.num_features = num_features;
        this.eps = eps;
        this.momentum = momentum;
        this.affine = affine;
        this.track_running_stats = track_running_stats;
        if (affine)
        {
            this.Adopt(ref _weight, new(torch.ones(num_features, dtype, device)), nameof(weight), ConditionallyRegisterParameter);
            this.Adopt(ref _bias, new(torch.zeros(num_features, dtype, device)), nameof(bias), ConditionallyRegisterParameter);
        }
        if (track_running_stats)
        {
            running_mean = torch.zeros(num_features, dtype, device);
            running_var = torch.ones(num_features, dtype, device);
            num_batches_tracked = torch.zeros([], torch.ScalarType.Int64, device);
        }
    }

    public long num_features { get; }

    public double eps { get; set; }

    public double? momentum { get; set; }

    public bool affine { get; }

    public bool track_running_stats { get; }

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

    public torch.Tensor? running_mean
    {
        get => _running_mean;
        set => Keep(ref _running_mean, value, nameof(running_mean));
    }

    public torch.Tensor? running_var
    {
        get => _running_var;
        set => Keep(ref _running_var, value, nameof(running_var));
    }

    public torch.Tensor? num_batches_tracked
    {
        get => _num_batches_tracked;
        set => Keep(ref _num_batches_tracked, value, nameof(num_batches_tracked));
    }

    protected abstract void ValidateInputDimensions(torch.Tensor input);

    void Keep(ref torch.Tensor? field, torch.Tensor? value, string name)
    {
        field?.Dispose();
        field = value?.DetachFromDisposeScope();
        ConditionallyRegisterBuffer(name, field);
    }
}

public abstract class BatchNorm : NormBase
{
    private protected BatchNorm(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats, torch.Device? device, torch.ScalarType? dtype,
        string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
    {
    }

    /// <summary>With momentum null the running statistics are the plain mean over all batches so far.</summary>
    public override torch.Tensor forward(torch.Tensor input)
    {
        ValidateInputDimensions(input);
        var factor = momentum ?? 0;
        if (training && track_running_stats)
        {
            num_batches_tracked!.add_(1);
            factor = momentum ?? 1.0 / num_batches_tracked.item<long>();
        }
        return torch.nn.functional.batch_norm(
            input, running_mean, running_var, weight, bias, training || running_mean is null, factor, eps);
    }
}

public abstract class InstanceNorm : NormBase
{
    private protected InstanceNorm(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats, torch.Device? device, torch.ScalarType? dtype,
        string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
    {
    }

    protected abstract long GetNumberOfBatchDimensions();

    public override torch.Tensor forward(torch.Tensor input)
    {
        ValidateInputDimensions(input);
        var featureDim = (int)(input.ndim - GetNumberOfBatchDimensions());
        if (input.size(featureDim) != num_features)
        {
            throw new ArgumentException(
                $"expected input's size at dim={featureDim} to match num_features ({num_features}), but got: {input.size(featureDim)}.");
        }
        if (featureDim > 0)
        {
            return Apply(input);
        }
        using var batch = input.unsqueeze(0);
        return Apply(batch).squeeze_(0);
    }

    torch.Tensor Apply(torch.Tensor input) =>
        torch.nn.functional.instance_norm(
            input, running_mean, running_var, weight, bias, training || !track_running_stats, momentum ?? 0.1, eps);
}
